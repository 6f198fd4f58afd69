namespace Supermachine.Conformance;

/// <summary>Tests that install the simulated framework: a process has one, so they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OneFramework
{
    public const string Name = "one framework";
}

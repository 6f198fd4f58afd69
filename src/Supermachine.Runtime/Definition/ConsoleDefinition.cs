namespace Supermachine.Runtime;

/// <summary>The <c>[console]</c> table.</summary>
public sealed record ConsoleDefinition
{
    internal ConsoleDefinition(string? kind, SourceTable table) => (Kind, Table) = (kind, table);

    /// <summary>The kind of console; null when the definition leaves it to the program that runs the machine.</summary>
    public string? Kind { get; }

    internal SourceTable Table { get; }
}

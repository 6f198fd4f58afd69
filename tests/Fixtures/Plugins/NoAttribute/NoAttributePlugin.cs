using Supermachine;

namespace Fixture;

/// <summary>Would be a plugin if its assembly said so.</summary>
public sealed class NoAttributePlugin : ISupermachinePlugin
{
    public void Configure(IPluginBuilder plugin) => plugin.AddDevice<NullOptions>("fixture-no-attribute", (_, _, _) => new NullDevice(() => "none"));
}

using Fixture;
using Supermachine;

[assembly: SupermachinePlugin(typeof(RivalKindPlugin))]
[assembly: ProvidesKind(PartKind.Device, "fixture-v1")]

namespace Fixture;

public sealed class RivalKindPlugin : ISupermachinePlugin
{
    public void Configure(IPluginBuilder plugin) => plugin.AddDevice<NullOptions>("fixture-v1", (_, _, _) => new NullDevice(() => "rival"));
}

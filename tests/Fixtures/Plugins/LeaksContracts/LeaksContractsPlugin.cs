using Fixture;
using Supermachine;

[assembly: SupermachinePlugin(typeof(LeaksContractsPlugin))]
[assembly: ProvidesKind(PartKind.Device, "fixture-leaks")]

namespace Fixture;

public sealed class LeaksContractsPlugin : ISupermachinePlugin
{
    public void Configure(IPluginBuilder plugin) => plugin.AddDevice<NullOptions>("fixture-leaks", (_, _, _) => new NullDevice(() => "leaks"));
}

using Fixture;
using Supermachine;

[assembly: SupermachinePlugin(typeof(UnregisteredKindPlugin))]
[assembly: ProvidesKind(PartKind.Device, "fixture-announced")]

namespace Fixture;

public sealed class UnregisteredKindPlugin : ISupermachinePlugin
{
    public void Configure(IPluginBuilder plugin) => plugin.AddDevice<NullOptions>("fixture-registered", (_, _, _) => new NullDevice(() => "unregistered"));
}

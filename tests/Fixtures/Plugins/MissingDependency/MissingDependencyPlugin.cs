using Fixture;
using Supermachine;

[assembly: SupermachinePlugin(typeof(MissingDependencyPlugin))]
[assembly: ProvidesKind(PartKind.Device, "fixture-missing-dependency")]

namespace Fixture;

public sealed class MissingDependencyPlugin : ISupermachinePlugin
{
    public void Configure(IPluginBuilder plugin) => plugin.AddDevice<NullOptions>("fixture-missing-dependency", (_, _, _) => new NullDevice(Absent.Text));
}

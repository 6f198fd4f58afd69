using Fixture;
using Supermachine;

[assembly: SupermachinePlugin(typeof(UsesV1Plugin))]
[assembly: ProvidesKind(PartKind.Device, "fixture-v1", Summary = "Uses version 1 of a private library")]

namespace Fixture;

public sealed class UsesV1Plugin : ISupermachinePlugin
{
    public void Configure(IPluginBuilder plugin) => plugin.AddDevice<NullOptions>("fixture-v1", (_, _, _) => new NullDevice(Library.InVersion1));
}

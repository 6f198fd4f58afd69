using Fixture;
using Supermachine;

[assembly: SupermachinePlugin(typeof(UsesV2Plugin))]
[assembly: ProvidesKind(PartKind.Device, "fixture-v2", Summary = "Uses version 2 of a private library")]

namespace Fixture;

public sealed class UsesV2Plugin : ISupermachinePlugin
{
    public void Configure(IPluginBuilder plugin) => plugin.AddDevice<NullOptions>("fixture-v2", (_, _, _) => new NullDevice(Library.InVersion2));
}

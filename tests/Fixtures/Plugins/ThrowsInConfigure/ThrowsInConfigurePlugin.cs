using Fixture;
using Supermachine;

[assembly: SupermachinePlugin(typeof(ThrowsInConfigurePlugin))]
[assembly: ProvidesKind(PartKind.Device, "fixture-throws")]

namespace Fixture;

public sealed class ThrowsInConfigurePlugin : ISupermachinePlugin
{
    public void Configure(IPluginBuilder plugin) => throw new InvalidOperationException("the moon is in the wrong phase");
}

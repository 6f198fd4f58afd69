using Fixture;
using Supermachine;

[assembly: SupermachinePlugin(typeof(OtherMajorPlugin))]
[assembly: ProvidesKind(PartKind.Device, "fixture-other-major")]

namespace Fixture;

public sealed class OtherMajorPlugin : ISupermachinePlugin
{
    /// <summary>Must never run: leaves a trace that the test looks for.</summary>
    static OtherMajorPlugin() => AppContext.SetData("Fixture.OtherMajor.Ran", true);

    public void Configure(IPluginBuilder plugin) => plugin.AddDevice<NullOptions>("fixture-other-major", (_, _, _) => new NullDevice(() => "tomorrow"));
}

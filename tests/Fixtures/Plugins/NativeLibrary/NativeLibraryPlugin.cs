using System.Runtime.InteropServices;
using Fixture;
using Supermachine;

[assembly: SupermachinePlugin(typeof(NativeLibraryPlugin))]
[assembly: ProvidesKind(PartKind.Device, "fixture-native")]

namespace Fixture;

public sealed partial class NativeLibraryPlugin : ISupermachinePlugin
{
    public void Configure(IPluginBuilder plugin) => plugin.AddDevice<NullOptions>("fixture-native", (_, _, _) =>
    {
        int process = GetProcess();
        return new NullDevice(() => $"process {process}");
    });

    // SAFETY: takes nothing and returns an int. The library is one of the framework's own, which the test copies under a name that
    // only this plugin's folder has.
    [LibraryImport("fixturenative", EntryPoint = "SystemNative_GetPid")]
    private static partial int GetProcess();
}

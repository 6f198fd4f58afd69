using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.Extensions.Logging.Abstractions;
using Supermachine.Testing;

namespace Supermachine.Runtime.Tests;

/// <summary>Fixture plugins, each with one thing right or wrong.</summary>
public sealed class PluginLoadingTests : IDisposable
{
    private readonly TestRuntime runtime = new([]);
    private readonly PluginHost host = new(NullLoggerFactory.Instance, TimeProvider.System);

    public void Dispose() => runtime.Dispose();

    [Fact]
    public void Two_versions_of_one_private_library_live_side_by_side()
    {
        Assert.Equal("library 1", Create("UsesV1", "fixture-v1").ToString());
        Assert.Equal("library 2", Create("UsesV2", "fixture-v2").ToString());
    }

    [Fact]
    public void Contracts_leaked_into_the_folder_are_not_the_ones_that_are_used()
    {
        IMmioDevice device = Create("LeaksContracts", "fixture-leaks");

        Assert.Equal("leaks", device.ToString());
        Assert.NotEqual(AssemblyLoadContext.GetLoadContext(typeof(IMmioDevice).Assembly), AssemblyLoadContext.GetLoadContext(device.GetType().Assembly));
    }

    [Fact]
    public void A_native_library_in_the_folder_is_found()
    {
        string folder = runtime.Install("NativeLibrary");
        string extension = OperatingSystem.IsMacOS() ? "dylib" : "so";
        File.Copy(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), $"libSystem.Native.{extension}"), Path.Combine(folder, $"libfixturenative.{extension}"));

        Assert.Equal($"process {Environment.ProcessId}", Create(folder, "fixture-native").ToString());
    }

    [Theory]
    [InlineData("ThrowsInConfigure", "SM0205", "failed in Configure: InvalidOperationException: the moon is in the wrong phase")]
    [InlineData("OtherMajor", "SM0203", "was built against version 9.0 of the contracts; this runtime has version 0.1")]
    [InlineData("NoAttribute", "SM0209", "is not a plugin: the assembly has no [assembly: SupermachinePlugin(typeof(...))] attribute")]
    [InlineData("MissingDependency", "SM0204", "needs the assembly \"Fixture.AbsentLibrary 1.2.3.0\" (for Fixture.MissingDependency.dll), which is neither in its folder nor part of .NET")]
    [InlineData("UnregisteredKind", "SM0206", "announces the device kind \"fixture-announced\" but does not register it")]
    public void A_plugin_that_cannot_be_used_says_why(string fixture, string code, string message)
    {
        PluginInfo plugin = PluginCatalog.Scan(TestRuntime.Fixture(fixture)).Plugins.Single();

        PluginException refusal = Assert.Throws<PluginException>(() => host.Load(plugin));

        Assert.Equal(code, refusal.Code);
        Assert.Equal($"plugin \"{plugin.Name}\" ({plugin.Path}) {message}", refusal.Message);
    }

    [Fact]
    public void Code_built_against_other_contracts_never_runs()
    {
        PluginInfo plugin = PluginCatalog.Scan(TestRuntime.Fixture("OtherMajor")).Plugins.Single();

        Assert.Throws<PluginException>(() => host.Load(plugin));

        Assert.Null(AppContext.GetData("Fixture.OtherMajor.Ran"));
        Assert.DoesNotContain(AssemblyLoadContext.All.SelectMany(c => c.Assemblies), a => a.GetName().Name == plugin.Name);
    }

    [Fact]
    public void A_plugin_sees_nothing_of_the_host_but_what_is_shared()
    {
        using PluginLoader loader = PluginLoader.CreateFromAssemblyFile(Path.Combine(TestRuntime.Fixture("UsesV1"), "Fixture.UsesV1.dll"), isUnloadable: true, PluginHost.SharedTypes);

        Assert.Same(typeof(IEngine).Assembly, loader.LoadAssembly("Supermachine.Abstractions"));
        Assert.Same(typeof(Microsoft.Extensions.Primitives.StringSegment).Assembly, loader.LoadAssembly("Microsoft.Extensions.Primitives"));
        FileLoadException missing = Assert.Throws<FileLoadException>(() => loader.LoadAssembly("Supermachine.Runtime"));
        Assert.Contains("plugin \"Fixture.UsesV1\" needs the assembly \"Supermachine.Runtime", missing.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Shared_assemblies_and_private_ones_can_be_chosen()
    {
        string path = Path.Combine(TestRuntime.Fixture("LeaksContracts"), "Fixture.LeaksContracts.dll");
        AssemblyName contracts = typeof(IEngine).Assembly.GetName();
        using PluginLoader shared = PluginLoader.CreateFromAssemblyFile(path, true, [], config => config.PreferSharedTypes = true);
        using PluginLoader own = PluginLoader.CreateFromAssemblyFile(path, true, [typeof(IEngine)], config => config.PrivateAssemblies.Add(contracts));

        Assert.Same(typeof(IEngine).Assembly, shared.LoadAssembly(contracts));
        Assert.NotSame(typeof(IEngine).Assembly, own.LoadAssembly(contracts));
    }

    [Fact]
    public void An_unloadable_plugin_goes_when_nothing_uses_it()
    {
        WeakReference context = LoadAndForget();
        for (int i = 0; i < 20 && context.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(context.IsAlive);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference LoadAndForget()
    {
        using PluginLoader loader = PluginLoader.CreateFromAssemblyFile(Path.Combine(TestRuntime.Fixture("UsesV2"), "Fixture.UsesV2.dll"), true, PluginHost.SharedTypes);
        Assert.Equal("Fixture.UsesV2", loader.LoadDefaultAssembly().GetName().Name);
        return new WeakReference(loader.LoadContext);
    }

    private IMmioDevice Create(string fixture, string kind)
    {
        string folder = Path.IsPathRooted(fixture) ? fixture : TestRuntime.Fixture(fixture);
        LoadedPlugin plugin = host.Load(PluginCatalog.Scan(folder).Plugins.Single());
        KindRegistration registration = plugin.Kind(PartKind.Device, kind);
        return (IMmioDevice)registration.Create(Activator.CreateInstance(registration.OptionsType)!, new FakeDeviceContext(), plugin.Services);
    }
}

using System.Reflection;
using System.Reflection.Emit;

namespace Supermachine.Runtime.Tests;

/// <summary>What is known of plugins without loading them.</summary>
public sealed class PluginCatalogTests
{
    [Fact]
    public void Name_version_and_kinds_come_from_metadata_and_nothing_is_loaded()
    {
        PluginInfo plugin = Assert.Single(PluginCatalog.Scan(TestRuntime.Fixture("UsesV1")).Plugins);

        Assert.Equal("Fixture.UsesV1", plugin.Name);
        Assert.Equal("1.2.3", plugin.Version);
        Assert.Equal("Fixture.UsesV1Plugin", plugin.EntryType);
        Assert.Equal(typeof(IEngine).Assembly.GetName().Version, plugin.ContractsVersion);
        Assert.Equal(new PluginKind(PartKind.Device, "fixture-v1", "Uses version 1 of a private library"), Assert.Single(plugin.Kinds));
        Assert.Empty(plugin.Problems);
    }

    [Fact]
    public void Every_sort_of_kind_is_read() =>
        Assert.Equal(
            [(PartKind.Device, "fixture-fails"), (PartKind.Device, "fixture-sample"), (PartKind.EgressPolicy, "fixture-policy"), (PartKind.Endpoint, "fixture-door"), (PartKind.Middleware, "fixture-stage")],
            PluginCatalog.Scan(TestRuntime.Fixture("Sample")).Plugins.Single().Kinds.Select(k => (k.Part, k.Kind)).OrderBy(k => k.Kind.Length == 0).ThenBy(k => k.Part.ToString(), StringComparer.Ordinal).ThenBy(k => k.Kind, StringComparer.Ordinal));

    [Fact]
    public void A_folder_of_folders_an_own_folder_and_a_file_all_hold_plugins()
    {
        string all = Path.GetDirectoryName(TestRuntime.Fixture("UsesV1"))!;
        string file = Path.Combine(TestRuntime.Fixture("UsesV2"), "Fixture.UsesV2.dll");

        Assert.Contains(PluginCatalog.Scan(all).Plugins, p => p.Name == "Fixture.UsesV1");
        Assert.Equal(["Fixture.UsesV1", "Fixture.UsesV2"], PluginCatalog.Scan(TestRuntime.Fixture("UsesV1"), file).Plugins.Select(p => p.Name));
        Assert.Empty(PluginCatalog.Scan("/no/such/folder").Plugins);
    }

    [Theory]
    [InlineData("NoAttribute", "SM0209", "is not a plugin: the assembly has no [assembly: SupermachinePlugin(typeof(...))] attribute")]
    [InlineData("OtherMajor", "SM0203", "was built against version 9.0 of the contracts; this runtime has version 0.1")]
    [InlineData("LeaksContracts", "SM0210", "carries its own Supermachine.Abstractions.dll, which is not used; reference the contracts with Private=\"false\" and ExcludeAssets=\"runtime\"")]
    public void Problems_that_metadata_shows_are_listed(string fixture, string code, string message)
    {
        PluginProblem problem = Assert.Single(PluginCatalog.Scan(TestRuntime.Fixture(fixture)).Plugins.Single().Problems);

        Assert.Equal((code, message), (problem.Code, problem.Message));
    }

    [Fact]
    public void An_attribute_without_its_text_is_no_attribute()
    {
        using TestRuntime runtime = new([]);
        string file = Path.Combine(runtime.Folder, "Nameless.dll");
        PersistedAssemblyBuilder assembly = new(new AssemblyName("Nameless") { Version = new Version(4, 5, 6, 7) }, typeof(object).Assembly);
        assembly.DefineDynamicModule("Nameless");
        assembly.SetCustomAttribute(new CustomAttributeBuilder(typeof(SupermachinePluginAttribute).GetConstructors().Single(), [null]));
        assembly.SetCustomAttribute(new CustomAttributeBuilder(typeof(AssemblyInformationalVersionAttribute).GetConstructors().Single(), [null]));
        assembly.Save(file);

        PluginInfo plugin = Assert.Single(PluginCatalog.Scan(file).Plugins);

        Assert.Equal(("4.5.6.7", null), (plugin.Version, plugin.EntryType));
        Assert.Equal("SM0209", Assert.Single(plugin.Problems).Code);
    }

    [Fact]
    public void Two_plugins_for_one_kind_are_both_told()
    {
        PluginCatalog catalog = PluginCatalog.Scan(TestRuntime.Fixture("UsesV1"), TestRuntime.Fixture("RivalKind"));

        Assert.All(catalog.Plugins, p => Assert.Equal("SM0202", Assert.Single(p.Problems).Code));
        Assert.Equal(2, catalog.Providers(PartKind.Device, "fixture-v1").Count);
    }

    [Fact]
    public void The_same_plugin_found_again_is_hidden_by_the_first()
    {
        using TestRuntime runtime = new(["UsesV1"]);
        PluginCatalog catalog = PluginCatalog.Scan(TestRuntime.Fixture("UsesV1"), Path.Combine(runtime.Folder, "plugins"));

        Assert.Equal(TestRuntime.Fixture("UsesV1"), Path.GetDirectoryName(Assert.Single(catalog.Providers(PartKind.Device, "fixture-v1")).Path));
        Assert.Equal("SM0213", Assert.Single(catalog.Plugins[1].Problems).Code);
    }
}

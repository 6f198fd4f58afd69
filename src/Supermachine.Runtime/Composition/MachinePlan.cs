namespace Supermachine.Runtime;

/// <summary>A definition with everything it names found and bound: what is left is to build it.</summary>
internal sealed class MachinePlan(MachineDefinition definition, PluginCatalog catalog) : IAsyncDisposable, IDisposable
{
    public MachineDefinition Definition { get; } = definition;

    public PluginCatalog Catalog { get; } = catalog;

    public DiagnosticBag Diagnostics { get; } = new(definition.Diagnostics);

    /// <summary>The engine; null when this host does not have it.</summary>
    public EngineRegistration? Engine { get; set; }

    /// <summary>The console with its options; null when its kind is unknown.</summary>
    public (IConsoleFactory Factory, object Options)? Console { get; set; }

    /// <summary>The parts whose kind was found, in file order.</summary>
    public List<PlannedPart> Parts { get; } = [];

    /// <summary>The devices among the parts.</summary>
    public IReadOnlyList<PlannedPart> Devices => Parts.FindAll(p => p.Definition.Sort is PartKind.Device);

    /// <summary>The plugins that the parts need.</summary>
    public Dictionary<PluginInfo, LoadedPlugin> Plugins { get; } = [];

    public void Dispose()
    {
        foreach (LoadedPlugin plugin in Plugins.Values) plugin.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LoadedPlugin plugin in Plugins.Values) await plugin.DisposeAsync().ConfigureAwait(false);
    }
}

/// <summary>A part with its kind and its bound options.</summary>
internal sealed record PlannedPart(PartDefinition Definition, LoadedPlugin Plugin, KindRegistration Kind, object Options);

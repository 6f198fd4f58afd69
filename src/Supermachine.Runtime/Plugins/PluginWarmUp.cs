namespace Supermachine.Runtime;

/// <summary>
/// Finds the installed plugins and makes a load context, to no purpose but that the code has been used once: who starts a machine can
/// have that done on another thread meanwhile. No plugin is loaded.
/// </summary>
public static class PluginWarmUp
{
    /// <summary>Does it. Any thread; a second time does no harm.</summary>
    public static void Run()
    {
        PluginCatalog catalog = PluginCatalog.Scan(PluginCatalog.InstalledFolder);
        if (catalog.Plugins is [var plugin, ..]) PluginLoader.CreateFromAssemblyFile(plugin.Path, PluginHost.SharedTypes).Dispose();
    }
}

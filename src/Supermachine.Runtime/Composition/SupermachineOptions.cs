namespace Supermachine.Runtime;

/// <summary>How the runtime is embedded.</summary>
public sealed class SupermachineOptions
{
    /// <summary>The folder of the plugins that are installed with the program: a folder for each of them.</summary>
    public string InstalledPlugins { get; set; } = PluginCatalog.InstalledFolder;
}

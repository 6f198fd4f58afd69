namespace Supermachine;

/// <summary>
/// The entry of a plugin assembly, named by <see cref="SupermachinePluginAttribute"/>. The runtime creates one instance per
/// machine that uses one of its kinds, in the plugin's own load context.
/// </summary>
public interface ISupermachinePlugin
{
    /// <summary>Registers the kinds. They must be the ones that the assembly's <see cref="ProvidesKindAttribute"/>s announce.</summary>
    void Configure(IPluginBuilder plugin);
}

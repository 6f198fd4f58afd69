using Supermachine;
using Supermachine.Plugins.VirtioBlk;

[assembly: SupermachinePlugin(typeof(VirtioBlkPlugin))]
[assembly: ProvidesKind(PartKind.Device, VirtioBlkPlugin.Kind, Summary = "A disk from a host file: read-only, read-write or overlay")]

namespace Supermachine.Plugins.VirtioBlk;

/// <summary>Provides the device kind <c>virtio-blk</c>.</summary>
public sealed class VirtioBlkPlugin : ISupermachinePlugin
{
    /// <summary>The kind's name in machine files.</summary>
    public const string Kind = "virtio-blk";

    /// <inheritdoc/>
    public void Configure(IPluginBuilder plugin) =>
        plugin.AddDevice<VirtioBlkOptions>(Kind, (options, context, _) => new VirtioBlk(options, DiskFactory.Open(options, context.Logger), context));
}

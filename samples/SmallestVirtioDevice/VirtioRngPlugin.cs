using Supermachine;

[assembly: SupermachinePlugin(typeof(Samples.VirtioRngPlugin))]
[assembly: ProvidesKind(PartKind.Device, "virtio-rng", Summary = "Gives the guest randomness of the host")]

namespace Samples;

public sealed class VirtioRngPlugin : ISupermachinePlugin
{
    public void Configure(IPluginBuilder plugin) =>
        plugin.AddDevice<VirtioRngOptions>("virtio-rng", (_, context, _) => new VirtioRng(context));
}

/// <summary>This kind has no options: any key besides id and kind is an error.</summary>
public sealed class VirtioRngOptions;

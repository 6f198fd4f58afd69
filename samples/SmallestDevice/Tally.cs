using System.ComponentModel.DataAnnotations;
using Supermachine;

[assembly: SupermachinePlugin(typeof(Samples.TallyPlugin))]
[assembly: ProvidesKind(PartKind.Device, "tally", Summary = "Adds up what is written to it, and interrupts at a limit")]

namespace Samples;

public sealed class TallyPlugin : ISupermachinePlugin
{
    public void Configure(IPluginBuilder plugin) =>
        plugin.AddDevice<TallyOptions>("tally", (options, context, _) => new Tally(options.Limit, context.Interrupt("limit")));
}

public sealed class TallyOptions
{
    [Range(1, 1000)] public uint Limit { get; set; } = 10;
}

public sealed class Tally(uint limit, IInterruptLine line) : IMmioDevice, IMachinePart
{
    private uint sum;

    public MmioWindow Window => new(0x1000);
    public MmioResult Read(uint offset, AccessWidth width, out ulong value)
    {
        value = sum;
        return offset == 0 ? MmioResult.Ok : MmioResult.NoSuchRegister;
    }
    public MmioResult Write(uint offset, AccessWidth width, ulong value)
    {
        if (offset != 0) return MmioResult.NoSuchRegister;
        Set(unchecked(sum + (uint)value));
        return MmioResult.Ok;
    }
    public void Reset() => Set(0);

    private void Set(uint value) => line.SetLevel((sum = value) >= limit);
}

using Supermachine;

namespace Fixture;

/// <summary>A device without a register. Says something about its plugin when asked for its text.</summary>
internal sealed class NullDevice(Func<string> text) : IMmioDevice
{
    public MmioWindow Window => new(0x200);

    public MmioResult Read(uint offset, AccessWidth width, out ulong value)
    {
        value = 0;
        return MmioResult.NoSuchRegister;
    }

    public MmioResult Write(uint offset, AccessWidth width, ulong value) => MmioResult.NoSuchRegister;

    public override string ToString() => text();
}

/// <summary>The options of a device that has none.</summary>
internal sealed class NullOptions;

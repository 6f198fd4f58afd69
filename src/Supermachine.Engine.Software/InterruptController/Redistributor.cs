namespace Supermachine.Engine.Software;

/// <summary>
/// One vCPU's GICR: the RD frame and the SGI frame, 64 KiB each (IHI 0069 12.9 to 12.11). Without LPIs. Not thread-safe: the GIC
/// holds its lock around every call.
/// </summary>
internal sealed class Redistributor(int vcpu)
{
    public const ulong FrameSize = 0x1_0000;
    public const ulong Size = 2 * FrameSize;

    private const uint ProcessorSleep = 1 << 1;
    private const uint ChildrenAsleep = 1 << 2;

    public InterruptBank Private { get; } = new(0, 32);

    /// <summary>
    /// GICR_WAKER.ProcessorSleep. Interrupts reach a vCPU that sleeps all the same: waking is the only thing that the bit is for,
    /// and nobody powers our redistributors down.
    /// </summary>
    public bool IsAsleep { get; set; } = true;

    /// <summary>GICR_TYPER.Last: no redistributor follows that anybody has.</summary>
    public bool IsLast { get; set; }

    /// <summary>GICR_TYPER: affinity 0.0.0.n, processor number, Last.</summary>
    private ulong TYPER => (ulong)vcpu << 32 | (ulong)vcpu << 8 | (IsLast ? 1ul << 4 : 0);

    public void Reset()
    {
        IsAsleep = true;
        Private.Reset();
    }

    public ulong Read(ulong offset, int width)
    {
        if (offset >= FrameSize) return ReadSgiFrame(offset - FrameSize, width);
        if (offset is 0x08 or 0x0C) return ReadTyper(offset, width);
        if (width != 4) return 0;
        return offset switch
        {
            0x0004 => IdentificationRegisters.IIDR,
            0x0014 => IsAsleep ? ProcessorSleep | ChildrenAsleep : 0,
            >= IdentificationRegisters.Start => IdentificationRegisters.Read(offset),
            _ => 0, // GICR_CTLR too: no LPIs to enable, and no write is ever pending (RWP, UWP)
        };
    }

    public void Write(ulong offset, int width, ulong value)
    {
        if (offset == 0x14 && width == 4) IsAsleep = (value & ProcessorSleep) != 0;
        if (offset is >= FrameSize + InterruptBankRegisters.Start and < FrameSize + InterruptBankRegisters.End)
            InterruptBankRegisters.Write(Private, offset - FrameSize, width, value);
    }

    private ulong ReadSgiFrame(ulong offset, int width)
    {
        if (offset is >= InterruptBankRegisters.Start and < InterruptBankRegisters.End) return InterruptBankRegisters.Read(Private, offset, width);
        return offset >= IdentificationRegisters.Start && width == 4 ? IdentificationRegisters.Read(offset) : 0;
    }

    private ulong ReadTyper(ulong offset, int width) => width switch
    {
        8 when offset == 0x08 => TYPER,
        4 => (uint)(TYPER >> (int)(offset % 8 * 8)),
        _ => 0,
    };
}

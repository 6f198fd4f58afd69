namespace Supermachine.Engine.Software;

/// <summary>
/// GICD (IHI 0069 12.8) with one Security state (GICD_CTLR.DS) and affinity routing always on. LPIs, message-based SPIs and the
/// extended SPI range are not announced. Not thread-safe: the GIC holds its lock around every call.
/// </summary>
internal sealed class Distributor
{
    public const int FirstSpi = 32;
    public const int SpiCount = InterruptBank.FirstSpecial - FirstSpi;
    public const uint EnableGrp0 = 1 << 0;
    public const uint EnableGrp1 = 1 << 1;

    private const uint ARE = 1 << 4;
    private const uint DS = 1 << 6;
    private const ulong IRM = 1ul << 31;
    private const ulong IrouterMask = 0xFF_80FF_FFFF;
    private const ulong IrouterStart = 0x6000 + 8 * FirstSpi;
    private const ulong IrouterEnd = IrouterStart + 8 * SpiCount;

    private readonly ulong[] _irouter = new ulong[SpiCount];

    public InterruptBank Spis { get; } = new(FirstSpi, SpiCount);

    /// <summary>The writable bits of GICD_CTLR: EnableGrp0 and EnableGrp1.</summary>
    public uint Enables { get; set; }

    /// <summary>GICD_IROUTER by SPI, from INTID 32.</summary>
    public Span<ulong> Routes => _irouter;

    public void Reset()
    {
        Enables = 0;
        Array.Clear(_irouter);
        Spis.Reset();
    }

    /// <summary>Whether an SPI may go to a vCPU: to the one with the affinity of its route, or to any (1 of N) if GICD_IROUTER.Interrupt_Routing_Mode says so.</summary>
    public bool Reaches(int intid, int vcpu)
    {
        ulong route = _irouter[intid - FirstSpi];
        return (route & IRM) != 0 || route == (ulong)vcpu; // vCPU n has affinity 0.0.0.n
    }

    public ulong Read(ulong offset, int width)
    {
        if (offset is >= IrouterStart and < IrouterEnd) return ReadRoute(offset - IrouterStart, width);
        if (offset is >= InterruptBankRegisters.Start and < InterruptBankRegisters.End) return InterruptBankRegisters.Read(Spis, offset, width);
        if (width != 4) return 0;
        return offset switch
        {
            0x0000 => Enables | ARE | DS, // GICD_CTLR; RWP is 0: every write has taken effect
            0x0004 => TYPER,
            0x0008 => IdentificationRegisters.IIDR,
            >= IdentificationRegisters.Start and < 0x1_0000 => IdentificationRegisters.Read(offset),
            _ => 0,
        };
    }

    public void Write(ulong offset, int width, ulong value)
    {
        if (offset is >= IrouterStart and < IrouterEnd) WriteRoute(offset - IrouterStart, width, value);
        else if (offset is >= InterruptBankRegisters.Start and < InterruptBankRegisters.End) InterruptBankRegisters.Write(Spis, offset, width, value);
        else if (offset == 0 && width == 4) Enables = (uint)value & (EnableGrp0 | EnableGrp1);
    }

    /// <summary>Whether a saved GICD_IROUTER has only bits that the register keeps.</summary>
    public static bool IsRoute(ulong value) => (value & ~IrouterMask) == 0;

    /// <summary>GICD_TYPER: ITLinesNumber 31, 10 bits of INTID, Aff3 is valid, 1 of N supported.</summary>
    private const uint TYPER = 31 | 9u << 19 | 1u << 24;

    private ulong ReadRoute(ulong offset, int width) => width switch
    {
        8 => _irouter[offset / 8],
        4 => (uint)(_irouter[offset / 8] >> (int)(offset % 8 * 8)),
        _ => 0,
    };

    private void WriteRoute(ulong offset, int width, ulong value)
    {
        ref ulong route = ref _irouter[offset / 8];
        if (width == 8) route = value & IrouterMask;
        else if (width == 4 && offset % 8 == 0) route = (route & 0xFFFF_FFFF_0000_0000 | (uint)value) & IrouterMask;
        else if (width == 4) route = ((uint)route | value << 32) & IrouterMask;
    }
}

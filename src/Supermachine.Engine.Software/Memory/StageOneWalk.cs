namespace Supermachine.Engine.Software;

/// <summary>
/// Stage 1 translation of the EL1&amp;0 regime (ARM ARM D8.2, AArch64.TranslationTableWalk of its pseudocode) for Armv8.0: no
/// hardware management of the access flag, no PAN, no hierarchical disable. A pure function of registers and tables.
/// </summary>
internal static class StageOneWalk
{
    /// <summary>ID_AA64MMFR0_EL1.PARange is 2: 40 bits of physical address.</summary>
    public const int PhysicalAddressBits = 40;

    private const int MinInputSize = 25;
    private const int MaxInputSize = 48;
    private const ulong OutputMask = 0x0000_FFFF_FFFF_FFFF;

    /// <summary>Translates an address. Permissions are reported, not checked; a fault of the walk itself is the same for every access.</summary>
    /// <param name="registers">The translation registers.</param>
    /// <param name="va">Any 64-bit address.</param>
    /// <param name="memory">Where tables are read from.</param>
    public static WalkResult Translate<TReader>(in TranslationRegisters registers, ulong va, TReader memory)
        where TReader : struct, IDescriptorReader
    {
        bool high = (va >> 55 & 1) != 0;
        var half = new TranslationHalf(registers, high);
        if (!registers.IsEnabled) return Identity(va, half);
        if (half.IsDisabled || half.InputSize is < MinInputSize or > MaxInputSize || !half.Contains(va))
            return WalkResult.Faulted(WalkFault.Translation, 0);

        int stride = half.GranuleBits - 3;
        int level = 4 - (half.InputSize - half.GranuleBits + stride - 1) / stride;
        int outputSize = half.OutputSize;
        ulong table = half.Base & OutputMask;
        if (table >> outputSize != 0) return WalkResult.Faulted(WalkFault.AddressSize, 0);
        int tableBits = 3 + half.InputSize - ((3 - level) * stride + half.GranuleBits);
        table &= ~0ul << tableBits;

        var inherited = new TableAttributes();
        for (int top = half.InputSize; ; level++)
        {
            int low = (3 - level) * stride + half.GranuleBits;
            ulong index = (va & ~(~0ul << top)) >> low;
            if (!memory.TryRead(table + index * 8, out ulong descriptor)) return WalkResult.Faulted(WalkFault.ExternalAbort, level) with { PhysicalAddress = table + index * 8 };
            if (!half.IsValid(descriptor, level)) return WalkResult.Faulted(WalkFault.Translation, level);
            if ((descriptor & OutputMask & ~0ul << half.GranuleBits) >> outputSize != 0) return WalkResult.Faulted(WalkFault.AddressSize, level);
            if (level == 3 || (descriptor & 2) == 0) return Leaf(registers, va, descriptor, level, low, inherited);
            inherited = inherited.Under(descriptor);
            table = descriptor & OutputMask & ~0ul << half.GranuleBits;
            top = low;
        }
    }

    /// <summary>The MMU is off: the address is the physical address, and all is allowed (ARM ARM D8.2.10).</summary>
    private static WalkResult Identity(ulong va, in TranslationHalf half)
    {
        ulong address = half.TopByteIgnored ? va & 0x00FF_FFFF_FFFF_FFFF : va;
        if (address >> PhysicalAddressBits != 0) return WalkResult.Faulted(WalkFault.AddressSize, 0);
        return new WalkResult
        {
            PhysicalAddress = address,
            PageBits = 12,
            Permissions = Permissions.All,
            Attribute = WalkResult.NoAttribute,
            Shareability = 2,
        };
    }

    private static WalkResult Leaf(in TranslationRegisters registers, ulong va, ulong descriptor, int level, int pageBits, TableAttributes inherited)
    {
        const ulong AF = 1 << 10, NG = 1 << 11;
        if ((descriptor & AF) == 0) return WalkResult.Faulted(WalkFault.AccessFlag, level);
        ulong page = ~0ul << pageBits;
        return new WalkResult
        {
            PhysicalAddress = descriptor & OutputMask & page | va & ~page,
            PageBits = (byte)pageBits,
            Level = (byte)level,
            Permissions = inherited.Apply(descriptor, registers.WXN),
            IsPrivate = (descriptor & NG) != 0,
            Attribute = (byte)(descriptor >> 2 & 7),
            Shareability = (byte)(descriptor >> 8 & 3),
        };
    }
}

/// <summary>What TCR_EL1 and a TTBR say of one half of the virtual address space, selected by bit 55.</summary>
internal readonly struct TranslationHalf
{
    private readonly ulong _tcr;
    private readonly bool _high;

    public TranslationHalf(in TranslationRegisters registers, bool high)
    {
        _tcr = registers.TCR;
        _high = high;
        Base = high ? registers.TTBR1 : registers.TTBR0;
        InputSize = 64 - (int)(_tcr >> (high ? 16 : 0) & 63);
        // TG0: 0 4K, 1 64K, 2 16K. TG1: 1 16K, 2 4K, 3 64K. The reserved values are taken as 4K.
        GranuleBits = high
            ? (_tcr >> 30 & 3) switch { 1 => 14, 3 => 16, _ => 12 }
            : (_tcr >> 14 & 3) switch { 1 => 16, 2 => 14, _ => 12 };
    }

    /// <summary>TTBRn_EL1.</summary>
    public ulong Base { get; }

    /// <summary>64 less TnSZ.</summary>
    public int InputSize { get; }

    public int GranuleBits { get; }

    /// <summary>EPDn: a walk from this register is a translation fault.</summary>
    public bool IsDisabled => (_tcr >> (_high ? 23 : 7) & 1) != 0;

    /// <summary>TBIn: bits [63:56] of an address do not take part.</summary>
    public bool TopByteIgnored => (_tcr >> (_high ? 38 : 37) & 1) != 0;

    /// <summary>TCR_EL1.IPS, limited by what is implemented.</summary>
    public int OutputSize => Math.Min(StageOneWalk.PhysicalAddressBits, (_tcr >> 32 & 7) switch { 0 => 32, 1 => 36, 2 => 40, 3 => 42, 4 => 44, _ => 48 });

    /// <summary>Whether the bits above the input size all are what the half asks for: zeros for TTBR0, ones for TTBR1.</summary>
    public bool Contains(ulong va)
    {
        int above = 64 - InputSize - (TopByteIgnored ? 8 : 0);
        ulong ones = ~(~0ul << above);
        return (va >> InputSize & ones) == (_high ? ones : 0);
    }

    /// <summary>
    /// Whether bits [1:0] are a descriptor that the level can have: tables above level 3, pages at level 3, blocks at levels 1
    /// (4K) and 2. A level-1 block of the larger granules would need a 52-bit address space.
    /// </summary>
    public bool IsValid(ulong descriptor, int level)
    {
        if ((descriptor & 1) == 0) return false;
        if ((descriptor & 2) != 0) return true;
        return level == 2 || (level == 1 && GranuleBits == 12);
    }
}

/// <summary>APTable, UXNTable and PXNTable, gathered on the way down (ARM ARM D8.4.5).</summary>
internal readonly record struct TableAttributes(ulong Bits)
{
    private const ulong AP1 = 1ul << 6, AP2 = 1ul << 7, PXN = 1ul << 53, UXN = 1ul << 54;

    /// <summary>Bits 59 to 62 of a table descriptor: PXNTable, UXNTable (XNTable), APTable[0] and [1].</summary>
    public TableAttributes Under(ulong table) => new(Bits | table >> 59 & 15);

    /// <summary>The permissions of a leaf under these tables (ARM ARM D8.4.1).</summary>
    public Permissions Apply(ulong leaf, bool wxn)
    {
        bool el0 = (leaf & AP1) != 0 && (Bits & 4) == 0;
        bool writable = (leaf & AP2) == 0 && (Bits & 8) == 0;
        bool pxn = (leaf & PXN) != 0 || (Bits & 1) != 0;
        bool uxn = (leaf & UXN) != 0 || (Bits & 2) != 0;
        Permissions allowed = Permissions.El1Read;
        if (writable) allowed |= Permissions.El1Write;
        if (el0) allowed |= Permissions.El0Read;
        if (el0 && writable) allowed |= Permissions.El0Write;
        // What EL0 can write EL1 never executes; WXN takes execution from all that is writable.
        if (!pxn && !(writable && (wxn || el0))) allowed |= Permissions.El1Execute;
        if (!uxn && !(el0 && writable && wxn)) allowed |= Permissions.El0Execute;
        return allowed;
    }
}

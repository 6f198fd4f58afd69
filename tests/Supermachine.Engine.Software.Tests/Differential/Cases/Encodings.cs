namespace Supermachine.Engine.Software.Differential;

/// <summary>Classes of instructions by their bits (ARM ARM C4.1), apart from the decode table, which is under test.</summary>
internal static class Encodings
{
    /// <summary>op0 of C4.1: x1x0.</summary>
    public static bool IsLoadStore(uint instruction) => instruction.Field(25, 4) is 4 or 6 or 12 or 14;

    /// <summary>op0 of C4.1: x111.</summary>
    public static bool IsFloatingPointOrAdvSimd(uint instruction) => instruction.Field(25, 3) == 7;

    /// <summary>Load register (literal).</summary>
    public static bool IsLiteral(uint instruction) => (instruction & 0x3B00_0000) == 0x1800_0000;

    /// <summary>BR, BLR, RET.</summary>
    public static bool IsBranchToRegister(uint instruction) => (instruction & 0xFE00_0000) == 0xD600_0000;

    /// <summary>Load/store register (register offset).</summary>
    public static bool IsRegisterOffset(uint instruction) => (instruction & 0x3B20_0C00) == 0x3820_0800;

    /// <summary>Load/store register (unsigned immediate).</summary>
    public static bool IsUnsignedImmediate(uint instruction) => (instruction & 0x3B00_0000) == 0x3900_0000;

    /// <summary>Load/store exclusive, ordered, and compare and swap.</summary>
    public static bool IsExclusiveOrOrdered(uint instruction) => (instruction & 0x3F00_0000) == 0x0800_0000;

    /// <summary>Load/store exclusive of one register or two, CASP left out.</summary>
    public static bool IsExclusive(uint instruction) => (instruction & 0x3F80_0000) == 0x0800_0000 && !IsCompareAndSwap(instruction);

    public static bool IsStoreExclusive(uint instruction) => IsExclusive(instruction) && !instruction.Bit(22);

    public static bool IsCompareAndSwap(uint instruction) =>
        IsExclusiveOrOrdered(instruction) && instruction.Bit(21) && (instruction.Bit(23) || !instruction.Bit(31)) && instruction.Field(10, 5) == 31;

    /// <summary>Atomic memory operations.</summary>
    public static bool IsAtomic(uint instruction) => (instruction & 0x3F20_0C00) == 0x3820_0000;

    /// <summary>LDP and LDNP of V registers.</summary>
    public static bool IsLoadPairOfVectors(uint instruction) => (instruction & 0x3E40_0000) == 0x2C40_0000;

    /// <summary>LD1 to LD4 and ST1 to ST4.</summary>
    public static bool IsStructure(uint instruction) => (instruction & 0xBE00_0000) == 0x0C00_0000;

    /// <summary>FEAT_LSE, which Armv8.0 lacks.</summary>
    public static bool IsLargeSystemExtension(uint instruction) => IsCompareAndSwap(instruction) || IsAtomic(instruction);

    public static bool MustBeAligned(uint instruction) => IsExclusiveOrOrdered(instruction) || IsAtomic(instruction);

    /// <summary>The offset of the unsigned immediate form, which goes beyond the window; those of others are small.</summary>
    public static ulong UnsignedOffset(uint instruction)
    {
        if (!IsUnsignedImmediate(instruction)) return 0;
        uint scale = instruction.Field(30, 2);
        if (instruction.Bit(26) && instruction.Bit(23)) scale = 4;
        return (ulong)instruction.Field(10, 12) << (int)scale;
    }

    /// <summary>ADR, ADRP, BL, BLR: they make addresses of the code page.</summary>
    public static bool TakesCodeAddress(uint instruction) =>
        (instruction & 0x1F00_0000) == 0x1000_0000 || (instruction & 0xFC00_0000) == 0x9400_0000 || (instruction & 0xFFE0_0000) == 0xD620_0000;

    /// <summary>Everything but what needs EL1, traps on purpose, or asks the host for something: exceptions, hints, system registers.</summary>
    public static bool IsComparableInUserMode(uint instruction) => (instruction & 0xFE00_0000) != 0xD400_0000;

    /// <summary>The main group of C4.1, as a file's name.</summary>
    public static string Group(uint instruction) => instruction.Field(25, 4) switch
    {
        8 or 9 => "DataProcessingImmediate",
        10 or 11 => "Branches",
        5 or 13 => "DataProcessingRegister",
        7 or 15 => "FloatingPointAndAdvSimd",
        _ => "LoadsAndStores",
    };
}

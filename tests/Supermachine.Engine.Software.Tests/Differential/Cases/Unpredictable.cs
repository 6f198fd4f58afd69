namespace Supermachine.Engine.Software.Differential;

/// <summary>Encodings whose behaviour the architecture leaves open (CONSTRAINED UNPREDICTABLE, ARM ARM K1), where two right CPUs may differ.</summary>
internal static class Unpredictable
{
    /// <summary>Sets or clears the bits that should be one or zero: those of operands that the instruction does not have.</summary>
    public static uint Settle(uint instruction)
    {
        const uint Rs = 31 << 16, Rt2 = 31 << 10, Ra = 31 << 10, Rm = 31 << 16;
        if (Encodings.IsExclusiveOrOrdered(instruction) && !Encodings.IsCompareAndSwap(instruction))
        {
            bool ordered = instruction.Bit(23), load = instruction.Bit(22), pair = instruction.Bit(21);
            if (ordered || load) instruction |= Rs;
            if (!pair) instruction |= Rt2;
        }

        if ((instruction & 0x7F60_0000) == 0x1B40_0000) instruction |= Ra; // SMULH, UMULH
        if ((instruction & 0xFF20_FC0F) == 0x1E20_2008) instruction &= ~Rm; // FCMP with zero
        return instruction;
    }

    public static bool Is(uint instruction)
    {
        uint t = instruction.Field(0, 5), n = instruction.Field(5, 5), t2 = instruction.Field(10, 5), s = instruction.Field(16, 5);
        bool vector = instruction.Bit(26), load = instruction.Bit(22);
        if (Encodings.IsExclusive(instruction))
        {
            if (load) return instruction.Bit(21) && t == t2;
            return s == t || (s == n && n != 31) || (instruction.Bit(21) && s == t2);
        }

        if (IsPair(instruction)) return (load && t == t2) || (WritesBackPair(instruction) && !vector && n != 31 && (n == t || n == t2));
        return WritesBackSingle(instruction) && !vector && n == t && n != 31;
    }

    /// <summary>Load/store pair, all indexes.</summary>
    private static bool IsPair(uint instruction) => (instruction & 0x3A00_0000) == 0x2800_0000;

    private static bool WritesBackPair(uint instruction) => instruction.Bit(23);

    /// <summary>Load/store register, immediate post-indexed and pre-indexed.</summary>
    private static bool WritesBackSingle(uint instruction) => (instruction & 0x3B20_0400) == 0x3800_0400;
}

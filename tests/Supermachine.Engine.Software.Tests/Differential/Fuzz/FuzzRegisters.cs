namespace Supermachine.Engine.Software.Differential;

/// <summary>Draws instructions of a row for a sequence: they leave registers that have a role alone, and access memory through those.</summary>
internal static class FuzzRegisters
{
    private const uint Sp = 31;
    private const int Attempts = 256;

    /// <summary>An instruction of the row, or a NOP where none was found that may be used.</summary>
    public static uint Draw(Row row, FuzzRoles roles, ref Xorshift random)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (new RowCases(row, random.Next(), (uint)random.Next()).Next() is not { } drawn) continue;
            uint instruction = drawn.Code[^1];
            if (!RowCases.IsAllocated(instruction) && !random.OneIn(16)) continue;
            if ((row.Traits & RowTraits.Memory) != 0) instruction = Aim(instruction, roles, ref random);
            if (WritesReserved(instruction, roles) || (IsStackArithmetic(instruction) && !random.OneIn(8))) continue;
            if (DecodeTable.Find(instruction) == row && !Unpredictable.Is(instruction)) return instruction;
        }

        return A64.Nop;
    }

    /// <summary>
    /// Whether it may write a register that has a role, other than by write-back. It asks too much of some, whose field is no register.
    /// </summary>
    public static bool WritesReserved(uint instruction, FuzzRoles roles)
    {
        if (IsBranch(instruction) || IsCompare(instruction)) return false;
        if (roles.Has(instruction.Field(0, 5))) return true;
        if (!Encodings.IsLoadStore(instruction) || instruction.Bit(26)) return false;
        if (Encodings.IsExclusiveOrOrdered(instruction) || Encodings.IsAtomic(instruction))
            return roles.Has(instruction.Field(16, 5)) || roles.Has(instruction.Field(10, 5)) || Next(instruction, 0) || Next(instruction, 16);
        return (instruction & 0x3A00_0000) == 0x2800_0000 && roles.Has(instruction.Field(10, 5));

        // CASP has pairs.
        bool Next(uint word, int field) => word.Field(field, 5) < 31 && roles.Has(word.Field(field, 5) + 1);
    }

    /// <summary>Has an access go where something is, mostly.</summary>
    private static uint Aim(uint instruction, FuzzRoles roles, ref Xorshift random)
    {
        uint n = random.OneIn(5) ? Sp : roles.Base(random.Below(FuzzRoles.BaseCount));
        if (Encodings.MustBeAligned(instruction) && !random.OneIn(12)) n = random.OneIn(6) ? Sp : roles.Constant;
        instruction = instruction & ~0x3E0u | n << 5;
        if (Encodings.IsUnsignedImmediate(instruction)) return instruction & ~(random.OneIn(4) ? 0x3E_0000u : 0x3F_8000u);
        if (Encodings.IsRegisterOffset(instruction))
        {
            const uint Uxtw = 2;
            uint m = instruction.Field(13, 3) == Uxtw || random.OneIn(2) ? roles.Index : roles.SignedIndex;
            return instruction & ~0x1F_0000u | m << 16;
        }

        // LD1 to ST4, post-indexed by a register.
        if ((instruction & 0xBE80_0000) == 0x0C80_0000 && instruction.Field(16, 5) != 31) return instruction & ~0x1F_0000u | roles.SignedIndex << 16;
        return instruction;
    }

    private static bool IsBranch(uint instruction) => instruction.Field(26, 3) == 5;

    /// <summary>FCMP, FCCMP, CCMN and CCMP, which have something else where others have Rd.</summary>
    private static bool IsCompare(uint instruction) =>
        (instruction & 0xFF20_FC00) == 0x1E20_2000 || (instruction & 0xFF20_0C00) == 0x1E20_0400 || (instruction & 0x3FE0_0000) == 0x3A40_0000;

    /// <summary>ADD, SUB, AND, ORR and EOR without flags, of which a destination of 31 is SP.</summary>
    private static bool IsStackArithmetic(uint instruction)
    {
        bool arithmetic = (instruction & 0x3F80_0000) == 0x1100_0000 || (instruction & 0x3FE0_0000) == 0x0B20_0000;
        bool logical = (instruction & 0x1F80_0000) == 0x1200_0000 && instruction.Field(29, 2) != 3;
        return instruction.Field(0, 5) == Sp && (arithmetic || logical);
    }
}

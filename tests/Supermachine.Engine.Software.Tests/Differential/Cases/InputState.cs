namespace Supermachine.Engine.Software.Differential;

/// <summary>
/// The input state of a case, from its instructions and a seed. Recorded vectors rely on every number drawn here: a change means
/// recording anew. It knows instructions by the ARM ARM's encodings (C4.1), not by the decode table.
/// </summary>
internal static class InputState
{
    private const uint CumulativeFlags = 0x0800_009F;
    private const uint AHP = 1 << 26, DN = 1 << 25, FZ = 1 << 24, IXC = 1 << 4;

    public static void Fill(ReadOnlySpan<uint> code, uint seed, MachineState state)
    {
        var random = new Xorshift(seed);
        for (int i = 0; i <= MachineState.SP; i++) state[i] = Values.Integer(ref random);
        for (int i = 0; i < 64; i++) state[MachineState.V0 + i] = Values.Vector(ref random);
        if (random.OneIn(4)) DeriveVectors(state, ref random);
        state[MachineState.PC] = CaseLayout.Start;
        state[MachineState.NZCV] = random.Next() & 0xF000_0000;
        state[MachineState.FPCR] = random.Next() & (3 << 22 | DN | FZ) | (random.OneIn(8) ? AHP : 0u);
        state[MachineState.FPSR] = random.OneIn(4) ? random.Next() & CumulativeFlags : 0;
        bool arithmetic = false;
        foreach (uint instruction in code)
        {
            Prepare(instruction, state, ref random);
            arithmetic |= Encodings.IsFloatingPointOrAdvSimd(instruction);
        }

        if (arithmetic) PrepareArithmetic(state, ref random);
    }

    // Equal, opposite and neighbouring operands, which comparisons and subtractions care about.
    private static void DeriveVectors(MachineState state, ref Xorshift random)
    {
        for (int i = 2; i < 64; i++)
        {
            ulong other = state[MachineState.V0 + i - 2];
            state[MachineState.V0 + i] = random.Below(4) switch
            {
                0 => other,
                1 => other ^ 0x8000_0000_8000_0000,
                2 => other + random.Below(3) - 1,
                _ => state[MachineState.V0 + i],
            };
        }
    }

    // An engine may use the host's arithmetic where rounding is to nearest and IXC is up, or the result exact: random modes and
    // random bits would seldom show whether it is right to.
    private static void PrepareArithmetic(MachineState state, ref Xorshift random)
    {
        if (random.OneIn(3)) state[MachineState.FPCR] &= AHP | DN;
        if (random.OneIn(2)) state[MachineState.FPSR] |= IXC;
        uint kind = random.Below(2 * Values.ArithmeticKinds);
        if (kind >= Values.ArithmeticKinds) return;
        for (int i = 0; i < 64; i++)
            if (!random.OneIn(16)) state[MachineState.V0 + i] = Values.Arithmetic(kind, ref random);
    }

    private static void Prepare(uint instruction, MachineState state, ref Xorshift random)
    {
        if (Encodings.IsBranchToRegister(instruction))
        {
            int n = (int)instruction.Field(5, 5);
            if (n != 31) state[n] = Target(ref random);
        }
        else if (Encodings.IsLoadStore(instruction) && !Encodings.IsLiteral(instruction))
        {
            PrepareAccess(instruction, state, ref random);
        }
    }

    /// <summary>Another instruction of the code page mostly; with a tag, misaligned, or elsewhere sometimes.</summary>
    private static ulong Target(ref Xorshift random) => random.Below(10) switch
    {
        0 => CaseLayout.Window + 4 * random.Below(16),
        1 => random.Next() & ~3UL,
        2 => CaseLayout.Code + random.Below(0x400),
        3 => (CaseLayout.Code + 4 * random.Below(0x100)) | random.Next() << 56,
        _ => CaseLayout.Code + 4 * (CaseLayout.CaseOffset / 4 + 1 + random.Below(0x1FE)),
    };

    private static void PrepareAccess(uint instruction, MachineState state, ref Xorshift random)
    {
        int n = (int)instruction.Field(5, 5), m = (int)instruction.Field(16, 5);
        if (Encodings.IsRegisterOffset(instruction) && m != 31)
        {
            // The extended forms must not see the upper half.
            state[m] = (ulong)(long)((int)random.Below(129) - 64);
            if (instruction.Field(13, 3) == 2) state[m] = random.Below(129);
            if (!instruction.Bit(13)) state[m] = (uint)state[m] | random.Next() << 32;
        }

        state[n] = Pointer(instruction, ref random);
        if (Encodings.IsCompareAndSwap(instruction) && random.OneIn(2)) Expect(instruction, state, ref random);
    }

    private static ulong Pointer(uint instruction, ref Xorshift random)
    {
        uint place = Encodings.MustBeAligned(instruction)
            ? !Encodings.IsStoreExclusive(instruction) && random.OneIn(12) ? random.Below(CaseLayout.WindowSize) : 16 * random.Below(CaseLayout.WindowSize / 16)
            : random.Below(16) switch
            {
                0 => random.Below(40) - 20,
                1 => CaseLayout.WindowSize - random.Below(64),
                <= 5 => CaseLayout.PageSize - random.Below(48),
                <= 8 => 8 * random.Below(CaseLayout.WindowSize / 8),
                _ => 0x400 + random.Below(CaseLayout.WindowSize - 0x800),
            };
        return CaseLayout.Window + (ulong)(int)place - Encodings.UnsignedOffset(instruction);
    }

    /// <summary>Makes a compare-and-swap find what it compares with.</summary>
    private static void Expect(uint instruction, MachineState state, ref Xorshift random)
    {
        ulong at = state[(int)instruction.Field(5, 5)] - CaseLayout.Window;
        int s = (int)instruction.Field(16, 5);
        if (s >= 30 || at + 16 > CaseLayout.WindowSize || at % 8 != 0 || s == (int)instruction.Field(5, 5)) return;
        ulong low = CaseLayout.Pristine[at / 8], high = CaseLayout.Pristine[at / 8 + 1];
        if (instruction.Bit(23)) // CAS: only the access's bytes are compared
        {
            int bits = 8 << (int)instruction.Field(30, 2);
            state[s] = bits == 64 ? low : low & (1UL << bits) - 1 | random.Next() << bits;
        }
        else if ((int)instruction.Field(5, 5) != s + 1)
        {
            (state[s], state[s + 1]) = instruction.Bit(30) ? (low, high) : (low, low >> 32);
        }
    }
}

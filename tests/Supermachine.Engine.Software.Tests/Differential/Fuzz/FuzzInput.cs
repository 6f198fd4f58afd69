namespace Supermachine.Engine.Software.Differential;

/// <summary>The input state of a sequence, from its seed: any values, and pointers in the registers that have a role.</summary>
internal static class FuzzInput
{
    private const uint MostTurns = 8;

    /// <summary>At EL0. The signature is that of <see cref="InputState.Fill"/>.</summary>
    public static void FillUser(ReadOnlySpan<uint> code, uint seed, MachineState state) => Fill(FuzzMode.User, seed, state);

    public static void Fill(FuzzMode mode, uint seed, MachineState state)
    {
        InputState.Fill([], seed, state);
        var random = new Xorshift(seed ^ 0x494E_5055ul << 32);
        FuzzRoles roles = new(seed);
        state[(int)roles.Base(0)] = CaseLayout.Window + 0x400 + random.Below(0x1800);
        state[(int)roles.Base(1)] = CaseLayout.Window + CaseLayout.PageSize - random.Below(64);
        state[(int)roles.Base(2)] = CaseLayout.Window + 8 * (0x80 + random.Below(0x300));
        state[(int)roles.Base(3)] = Border(mode, ref random);
        state[(int)roles.Constant] = CaseLayout.Window + 64 * (8 + random.Below(0x70));
        state[(int)roles.Index] = random.Below(0x81);
        state[(int)roles.SignedIndex] = (ulong)(long)((int)random.Below(0x81) - 0x40);
        state[(int)roles.Counter] = 1 + random.Below(MostTurns);
        state[MachineState.SP] = CaseLayout.Window + 16 * (0x40 + random.Below(0x180));
        state[MachineState.PC] = (mode == FuzzMode.User ? FuzzLayout.Code : FuzzLayout.PrivilegedCode) + Offset(ref random);
        if (mode == FuzzMode.Kernel) state[MachineState.NZCV] |= MachineState.EL1h;
    }

    /// <summary>Somewhere in the first page, or so that the sequence goes on into the second.</summary>
    private static uint Offset(ref Xorshift random) => random.OneIn(2) ? CaseLayout.PageSize - 4 * random.Below(48) : 4 * random.Below(0x380);

    private static ulong Border(FuzzMode mode, ref Xorshift random) => random.Below(8) switch
    {
        0 => CaseLayout.Window + random.Below(64) - 16,
        1 => CaseLayout.Window + CaseLayout.WindowSize - random.Below(64),
        2 or 3 => FuzzLayout.Fenced + CaseLayout.PageSize - random.Below(64),
        4 => FuzzLayout.Fenced + random.Below(CaseLayout.WindowSize),
        5 when mode == FuzzMode.Kernel => FuzzLayout.Privileged + 0x400 + random.Below(0x1800),
        _ => (CaseLayout.Window + 0x400 + random.Below(0x1800)) | random.Next() << 56,
    };
}

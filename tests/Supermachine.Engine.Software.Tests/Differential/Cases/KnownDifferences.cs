namespace Supermachine.Engine.Software.Differential;

/// <summary>What qemu-aarch64 7.2 does otherwise than the architecture says, or than Armv8.0 has it: docs/reference/differential-test.md says why of each.</summary>
internal static class KnownDifferences
{
    /// <summary>Encodings left out: LDAPR and LD64B to ST64BV, which the CPU "max" has and ours, rightly, has not.</summary>
    public static bool Covers(uint instruction) => Encodings.IsAtomic(instruction) && !RowCases.IsAllocated(instruction);

    /// <summary>
    /// Sequences left out: with CASP of X30 and XZR, because QEMU writes SP while memory is shared, and with exclusives of more than one
    /// size, of which the architecture does not say whether they fit together (ARM ARM B2.9.3); with LSE, which takes the CPU "max", and
    /// an UNDEFINED encoding, which that CPU may have.
    /// </summary>
    public static bool Covers(ReadOnlySpan<uint> sequence)
    {
        uint? size = null;
        bool onMax = false, hasUndefined = false;
        foreach (uint instruction in sequence)
        {
            onMax |= Encodings.IsLargeSystemExtension(instruction);
            hasUndefined |= !RowCases.IsAllocated(instruction);
            if (onMax && hasUndefined) return true;
            if ((instruction & 0xBFA0_7C00) == 0x0820_7C00 && instruction.Field(16, 5) == 30) return true;
            if (!Encodings.IsExclusive(instruction)) continue;
            uint own = instruction.Field(30, 2) << 1 | instruction.Field(21, 1);
            if (size is { } other && other != own) return true;
            size = own;
        }

        return false;
    }

    /// <summary>
    /// Results left out: a store-exclusive without a reservation that does not fault; pairs and structures of V registers of which
    /// a part is loaded or stored when another part faults.
    /// </summary>
    public static bool Explain(TestCase one, CaseResult ours, ulong start = CaseLayout.Start)
    {
        if (ours.Outcome is not (CaseOutcome.Abort or CaseOutcome.Alignment)) return false;
        ulong at = (ours.State[MachineState.PC] - start) / 4;
        if (at >= (ulong)one.Code.Length) return false;
        uint instruction = one.Code[(int)at];
        return Encodings.IsStoreExclusive(instruction) || Encodings.IsLoadPairOfVectors(instruction) || Encodings.IsStructure(instruction);
    }
}

using Supermachine.Engine.Software.Differential;

namespace Supermachine.Engine.Software.Recorder;

/// <summary>What qemu-aarch64 7.2 does otherwise than the architecture says, or than Armv8.0 has it: docs/reference/differential-test.md says why of each.</summary>
internal static class KnownDifferences
{
    /// <summary>Encodings left out: LDAPR and LD64B to ST64BV, which the CPU "max" has and ours, rightly, has not.</summary>
    public static bool Covers(uint instruction) => Encodings.IsAtomic(instruction) && !RowCases.IsAllocated(instruction);

    /// <summary>
    /// Results left out: a store-exclusive without a reservation that does not fault; pairs and structures of V registers of which
    /// a part is loaded or stored when another part faults.
    /// </summary>
    public static bool Explain(TestCase one, CaseResult ours)
    {
        if (ours.Outcome is not (CaseOutcome.Abort or CaseOutcome.Alignment)) return false;
        ulong at = (ours.State[MachineState.PC] - CaseLayout.Start) / 4;
        if (at >= (ulong)one.Code.Length) return false;
        uint instruction = one.Code[(int)at];
        return Encodings.IsStoreExclusive(instruction) || Encodings.IsLoadPairOfVectors(instruction) || Encodings.IsStructure(instruction);
    }
}

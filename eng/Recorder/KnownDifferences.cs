using Supermachine.Engine.Software.Differential;

namespace Supermachine.Engine.Software.Recorder;

/// <summary>What qemu-aarch64 7.2 does otherwise than the architecture says, or than Armv8.0 has it: docs/reference/differential-test.md says why of each.</summary>
internal static class KnownDifferences
{
    /// <summary>Encodings left out: LDAPR and LD64B to ST64BV, which the CPU "max" has and ours, rightly, has not.</summary>
    public static bool Covers(uint instruction) => Encodings.IsAtomic(instruction) && !RowCases.IsAllocated(instruction);

    /// <summary>
    /// Results left out: a store-exclusive without a reservation that does not fault, and a pair of V registers of which the first
    /// is loaded when the second faults.
    /// </summary>
    public static bool Explain(TestCase one, CaseResult ours)
    {
        if (ours.Outcome is not (CaseOutcome.Abort or CaseOutcome.Alignment)) return false;
        ulong at = (ours.State[MachineState.PC] - CaseLayout.Start) / 4;
        if (at >= (ulong)one.Code.Length) return false;
        return Encodings.IsStoreExclusive(one.Code[(int)at]) || Encodings.IsLoadPairOfVectors(one.Code[(int)at]);
    }
}

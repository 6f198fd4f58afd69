using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>What of a <see cref="Cpu"/> an instruction can change: set back, and compared.</summary>
internal static unsafe class CpuComparison
{
    private static readonly string[] SystemNames = [.. typeof(SystemState).GetFields().Select(field => field.Name)];

    /// <summary>Sets a CPU back to a copy of it. The TLB of its level is the caller's business.</summary>
    public static void Restore(Cpu* cpu, Cpu* copy)
    {
        NativeMemory.Copy(copy, cpu, (nuint)((byte*)&copy->Tlb - (byte*)copy)); // the registers, the flags, the PC
        (cpu->SignalMask, cpu->Aborted, cpu->MaintenancePosted) = (copy->SignalMask, copy->Aborted, copy->MaintenancePosted);
        (cpu->El, cpu->SpSel, cpu->FpEnabled, cpu->Daif, cpu->IllegalState) = (copy->El, copy->SpSel, copy->FpEnabled, copy->Daif, copy->IllegalState);
        (cpu->ExclusiveAddress, cpu->ExclusiveLow, cpu->ExclusiveHigh, cpu->ExclusiveSize) = (copy->ExclusiveAddress, copy->ExclusiveLow, copy->ExclusiveHigh, copy->ExclusiveSize);
        (cpu->Fpcr, cpu->Fpsr) = (copy->Fpcr, copy->Fpsr);
        cpu->Sys = copy->Sys;
    }

    public static bool AreEqual(Cpu* one, Cpu* two) =>
        Registers(one).SequenceEqual(Registers(two)) && Vectors(one).SequenceEqual(Vectors(two)) && System(one).SequenceEqual(System(two))
        && one->Pc == two->Pc && ProcessState.Get(one) == ProcessState.Get(two) && one->Fpcr == two->Fpcr && one->Fpsr == two->Fpsr
        && one->ExclusiveAddress == two->ExclusiveAddress && (one->ExclusiveAddress == Cpu.NoReservation || Reservation(one) == Reservation(two))
        && Derived(one) == Derived(two);

    /// <summary>The registers that differ: before, the one, the other.</summary>
    public static List<string> Differences(Cpu* before, Cpu* one, Cpu* two)
    {
        List<string> found = [];
        for (int i = 0; i <= Cpu.SP; i++) Add(i == Cpu.SP ? "SP" : $"X{i}", before->X[i], one->X[i], two->X[i]);
        for (int i = 0; i < 64; i++) Add($"V{i / 2}.D[{i & 1}]", before->V0[i], one->V0[i], two->V0[i]);
        Add("PC", before->Pc, one->Pc, two->Pc);
        Add("PSTATE", ProcessState.Get(before), ProcessState.Get(one), ProcessState.Get(two));
        Add("FPCR", before->Fpcr, one->Fpcr, two->Fpcr);
        Add("FPSR", before->Fpsr, one->Fpsr, two->Fpsr);
        Add("exclusive monitor", before->ExclusiveAddress, one->ExclusiveAddress, two->ExclusiveAddress);
        Add("exclusive size", (ulong)before->ExclusiveSize, (ulong)one->ExclusiveSize, (ulong)two->ExclusiveSize);
        Add("exclusive value", before->ExclusiveLow, one->ExclusiveLow, two->ExclusiveLow);
        Add("signals let through", (ulong)before->SignalMask, (ulong)one->SignalMask, (ulong)two->SignalMask);
        Add("FP enabled", before->FpEnabled ? 1u : 0, one->FpEnabled ? 1u : 0, two->FpEnabled ? 1u : 0);
        Add("TLB in use", (ulong)before->Tlb, (ulong)one->Tlb, (ulong)two->Tlb);
        Add("jump cache in use", (ulong)before->Jumps, (ulong)one->Jumps, (ulong)two->Jumps);
        for (int i = 0; i < SystemNames.Length; i++) Add(SystemNames[i], System(before)[i], System(one)[i], System(two)[i]);
        return found;

        void Add(string name, ulong was, ulong first, ulong second)
        {
            if (first != second) found.Add($"{name}: {was:x16} {first:x16} {second:x16}");
        }
    }

    private static (int Size, ulong Low) Reservation(Cpu* cpu) => (cpu->ExclusiveSize, cpu->ExclusiveLow);

    /// <summary>What follows from PSTATE and CPACR_EL1, and is kept.</summary>
    private static (int SignalMask, bool FpEnabled, nint Tlb, nint Jumps) Derived(Cpu* cpu) => (cpu->SignalMask, cpu->FpEnabled, (nint)cpu->Tlb, (nint)cpu->Jumps);

    private static ReadOnlySpan<ulong> Registers(Cpu* cpu) => new(cpu->X, Cpu.SP + 1);

    private static ReadOnlySpan<ulong> Vectors(Cpu* cpu) => new(cpu->V0, 64);

    private static ReadOnlySpan<ulong> System(Cpu* cpu) => new(&cpu->Sys, SystemNames.Length);
}

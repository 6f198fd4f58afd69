using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <content>Which address space's translations are in use.</content>
internal static unsafe partial class Tlb
{
    /// <summary>Gives a new vCPU its sets.</summary>
    public static void Create(Cpu* cpu)
    {
        cpu->Sets = (TlbSet*)NativeMemory.AllocZeroed(TlbSet.Count, (nuint)sizeof(TlbSet));
        cpu->Sets->Allocate();
        Use(cpu, cpu->Sets);
    }

    public static void Dispose(Cpu* cpu)
    {
        for (int i = 0; i < TlbSet.Count; i++) cpu->Sets[i].Free();
        NativeMemory.Free(cpu->Sets);
    }

    /// <summary>After a change of TTBR0_EL1 or TTBR1_EL1: goes on with what is known of that address space, or with nothing.</summary>
    public static void Switch(Cpu* cpu)
    {
        cpu->Counters.TlbSwitches++;
        TlbSet* oldest = cpu->Sets;
        for (TlbSet* set = cpu->Sets; set < cpu->Sets + TlbSet.Count; set++)
        {
            if (set->El0 != null && set->Ttbr0 == cpu->Sys.TTBR0_EL1 && set->Ttbr1 == cpu->Sys.TTBR1_EL1)
            {
                Use(cpu, set);
                return;
            }

            if (set->LastUse < oldest->LastUse) oldest = set;
        }

        cpu->Counters.TlbNewSets++;
        if (oldest->El0 == null) oldest->Allocate();
        oldest->IsStale = true;
        (oldest->Ttbr0, oldest->Ttbr1) = (cpu->Sys.TTBR0_EL1, cpu->Sys.TTBR1_EL1);
        Use(cpu, oldest);
    }

    private static void Use(Cpu* cpu, TlbSet* set)
    {
        cpu->Set = set;
        set->LastUse = ++cpu->SetUses;
        cpu->TlbEl0 = set->El0;
        cpu->TlbEl1 = set->El1;
        cpu->JumpsEl0 = set->JumpsEl0;
        cpu->JumpsEl1 = set->JumpsEl1;
        cpu->Tlb = cpu->El == 0 ? set->El0 : set->El1;
        cpu->Jumps = cpu->El == 0 ? set->JumpsEl0 : set->JumpsEl1;

        // Whoever takes write tags away sees this set in use, or is seen here: see ProtectPage.
        if (Interlocked.Exchange(ref set->DropWrites, 0) != 0) DropWrites(set);
        if (set->IsStale) Clear(set);
        if (set->Epoch != cpu->JumpEpoch || set->Generation == 0) Renew(cpu, set);
        cpu->JumpGeneration = set->Generation;
    }

    private static void Clear(TlbSet* set)
    {
        TlbEntry.Clear(set->El0);
        TlbEntry.Clear(set->El1);
        (set->LargeRegions, set->IsStale, set->Generation) = (0, false, 0);
    }

    /// <summary>Voids a set's predicted jumps.</summary>
    private static void Renew(Cpu* cpu, TlbSet* set) => (set->Generation, set->Epoch) = (++cpu->Generations, cpu->JumpEpoch);

    private static void DropWrites(TlbSet* set)
    {
        for (int i = 0; i < TlbEntry.Count; i++) set->El0[i].WriteTag = set->El1[i].WriteTag = TlbEntry.Invalid;
    }
}

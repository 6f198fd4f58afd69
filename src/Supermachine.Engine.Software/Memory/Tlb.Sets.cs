using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <content>Which address space's translations are in use.</content>
internal static unsafe partial class Tlb
{
    /// <summary>The tables that a TTBR names: without its ASID and CnP.</summary>
    private const ulong Tables = 0x0000_FFFF_FFFF_FFFE;

    /// <summary>Gives a new vCPU its sets.</summary>
    public static void Create(Cpu* cpu)
    {
        cpu->SetsEl0 = CreateSets();
        cpu->SetsEl1 = CreateSets();
        Use(cpu, cpu->SetsEl0, el0: true);
        Use(cpu, cpu->SetsEl1, el0: false);
    }

    public static void Dispose(Cpu* cpu)
    {
        for (int i = 0; i < TlbSet.Count; i++)
        {
            cpu->SetsEl0[i].Free();
            cpu->SetsEl1[i].Free();
        }

        NativeMemory.Free(cpu->SetsEl0);
        NativeMemory.Free(cpu->SetsEl1);
    }

    /// <summary>After a change of TTBR0_EL1 or TTBR1_EL1: goes on with what is known of that address space, or with nothing.</summary>
    public static void Switch(Cpu* cpu)
    {
        cpu->Counters.TlbSwitches++;
        Select(cpu);
    }

    private static void Select(Cpu* cpu)
    {
        TlbSet* set = Find(cpu, cpu->SetsEl0);
        Use(cpu, set != null ? set : cpu->SetsEl0, el0: true);
        set = Find(cpu, cpu->SetsEl1);
        if (set == null) set = FindShared(cpu);
        Use(cpu, set != null ? set : cpu->SetsEl1, el0: false);
    }

    /// <summary>The level whose accesses the vCPU makes now.</summary>
    public static void UseLevel(Cpu* cpu)
    {
        TlbSet* set = cpu->El == 0 ? cpu->SetEl0 : cpu->SetEl1;
        cpu->Tlb = set->Entries;
        cpu->TlbMask = set->Mask;
        cpu->Jumps = set->Jumps;
        cpu->JumpGeneration = set->Generation;
    }

    private static TlbSet* CreateSets()
    {
        TlbSet* sets = (TlbSet*)NativeMemory.AllocZeroed(TlbSet.Count, (nuint)sizeof(TlbSet));
        sets->Allocate();
        return sets;
    }

    /// <summary>The level's set of the current registers, or null.</summary>
    private static TlbSet* Find(Cpu* cpu, TlbSet* sets)
    {
        for (TlbSet* set = sets + 1; set < sets + TlbSet.Count; set++)
            if (set->Entries != null && set->Ttbr0 == cpu->Sys.TTBR0_EL1 && set->Ttbr1 == cpu->Sys.TTBR1_EL1) return set;
        return null;
    }

    /// <summary>EL1's set of another process, whose entries for the kernel are good for every process.</summary>
    private static TlbSet* FindShared(Cpu* cpu)
    {
        for (TlbSet* set = cpu->SetsEl1 + 1; set < cpu->SetsEl1 + TlbSet.Count; set++)
        {
            if (set->Entries == null || set->IsStale || set->HoldsPrivateHigh || ((set->Ttbr1 ^ cpu->Sys.TTBR1_EL1) & Tables) != 0) continue;
            if (set->HoldsLow) set->ClearLow();
            if (set->JumpsLow) Renew(cpu, set);
            (set->Ttbr0, set->Ttbr1) = (cpu->Sys.TTBR0_EL1, cpu->Sys.TTBR1_EL1);
            return set;
        }

        return null;
    }

    /// <summary>Gives the current registers the level's set that was not used for longest.</summary>
    private static TlbSet* Assign(Cpu* cpu, bool el0)
    {
        cpu->Counters.TlbNewSets++;
        TlbSet* sets = el0 ? cpu->SetsEl0 : cpu->SetsEl1;
        TlbSet* oldest = sets + 1;
        for (TlbSet* set = sets + 2; set < sets + TlbSet.Count; set++)
            if (set->LastUse < oldest->LastUse) oldest = set;
        if (oldest->Entries == null) oldest->Allocate();
        oldest->Narrow();
        oldest->IsStale = true;
        (oldest->Ttbr0, oldest->Ttbr1) = (cpu->Sys.TTBR0_EL1, cpu->Sys.TTBR1_EL1);
        Use(cpu, oldest, el0);
        return oldest;
    }

    /// <summary>Has the vCPU use sets other than its own for a while.</summary>
    public static void Borrow(Cpu* cpu, TlbSet* el0, TlbSet* el1)
    {
        cpu->SetEl0 = el0;
        cpu->SetEl1 = el1;
        cpu->TlbEl0 = el0->Entries;
        cpu->TlbEl0Mask = el0->Mask;
        UseLevel(cpu);
    }

    /// <summary>Goes on with the sets that were in use before.</summary>
    public static void Resume(Cpu* cpu, TlbSet* el0, TlbSet* el1)
    {
        Use(cpu, el0, el0: true);
        Use(cpu, el1, el0: false);
    }

    private static void Use(Cpu* cpu, TlbSet* set, bool el0)
    {
        set->LastUse = ++cpu->SetUses;
        if (el0)
        {
            cpu->SetEl0 = set;
            cpu->TlbEl0 = set->Entries;
            cpu->TlbEl0Mask = set->Mask;
        }
        else
        {
            cpu->SetEl1 = set;
        }

        // Whoever takes write tags away sees this set in use, or is seen here: see ProtectPage.
        if (Interlocked.Exchange(ref set->DropWrites, 0) != 0) set->ClearWrites();
        Refresh(cpu, set);
        UseLevel(cpu);
    }

    /// <summary>After a change to sets that may be in use.</summary>
    private static void Refresh(Cpu* cpu)
    {
        Refresh(cpu, cpu->SetEl0);
        Refresh(cpu, cpu->SetEl1);
        UseLevel(cpu);
    }

    private static void Refresh(Cpu* cpu, TlbSet* set)
    {
        if (set->IsStale) set->Clear();
        if (set->Epoch != cpu->JumpEpoch || set->Generation == 0) Renew(cpu, set);
    }

    /// <summary>After a change of a set's size.</summary>
    private static void Resized(Cpu* cpu, TlbSet* set)
    {
        cpu->Counters.TlbWidened++;
        if (set == cpu->SetEl0) cpu->TlbEl0Mask = set->Mask;
        UseLevel(cpu);
    }

    /// <summary>Voids a set's predicted jumps.</summary>
    private static void Renew(Cpu* cpu, TlbSet* set)
    {
        (set->Generation, set->Epoch) = (++cpu->Generations, cpu->JumpEpoch);
        set->JumpsLow = false;
        set->JumpPages.Clear();
    }
}

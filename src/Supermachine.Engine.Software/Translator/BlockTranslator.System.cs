namespace Supermachine.Engine.Software;

/// <content>Hints, barriers, cache maintenance and the monitor.</content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool Hint(BlockTranslator t, uint i, Op* op) => true;

    /// <summary>DMB: x86 orders everything but a store before a load, which only the full barriers are about.</summary>
    public static bool DataMemoryBarrier(BlockTranslator t, uint i, Op* op)
    {
        const uint Loads = 1, Stores = 2;
        if (i.Field(8, 2) is not (Loads or Stores)) t.EmitFence();
        return true;
    }

    /// <summary>DSB: where TLB maintenance was posted, the interpreter waits for it.</summary>
    public static bool SynchronizationBarrier(BlockTranslator t, uint i, Op* op)
    {
        t.EmitFence();
        t.Require(HostCondition.E, CpuOffset.MaintenancePosted, op);
        return true;
    }

    /// <summary>ISB: what comes next is looked up by its virtual address, which may have come to mean another page.</summary>
    public static bool InstructionBarrier(BlockTranslator t, uint i, Op* op)
    {
        t.EmitPc(A, op->Offset + 4u);
        t.EmitJump();
        return true;
    }

    public static bool ClearExclusive(BlockTranslator t, uint i, Op* op)
    {
        t.EmitClearMonitor();
        return true;
    }

    /// <summary>DC ZVA: 64 bytes, as DCZID_EL0 says.</summary>
    public static bool ZeroByAddress(BlockTranslator t, uint i, Op* op)
    {
        if (!HostFeatures.Avx2) return false;
        t.Permit(El0Access.ZeroByVa, op);
        t.Get(A, op->Rn, wide: true);
        t.Asm.AluConstant(AND, A, -64);
        Access access = t.CheckAligned(op, 64, TlbOffset.Write);
        t.Asm.Vector(VexPrefix.P66, VexMap.M0F, 0xEF, HostVector.XMM0, HostVector.XMM0, HostVector.XMM0); // VPXOR
        for (int at = 0; at < 64; at += 16) t.Asm.VectorStore(A, at, HostVector.XMM0);
        t.Finish(access);
        return true;
    }

    /// <summary>DC CVAC, CVAU, CIVAC: nothing, for an address that can be read.</summary>
    public static bool CleanByAddress(BlockTranslator t, uint i, Op* op)
    {
        t.Permit(El0Access.CacheMaintenance, op);
        t.Get(A, op->Rn, wide: true);
        t.Finish(t.Check(op, 1, TlbOffset.Read));
        return true;
    }

    /// <summary>LOCK OR DWORD [RSP], 0: all that came before is visible before all that comes after.</summary>
    private void EmitFence()
    {
        foreach (byte code in (ReadOnlySpan<byte>)[0xF0, 0x83, 0x0C, 0x24, 0x00]) Asm.Byte(code);
        Clobbered();
    }

    private void EmitClearMonitor()
    {
        Asm.StoreConstant(Cpu0, CpuOffset.ExclusiveAddress, unchecked((int)Cpu.NoReservation), wide: true);
    }

    /// <summary>Has the op interpreted unless a byte of the <see cref="Cpu"/> is zero (E), or is not (NE).</summary>
    private void Require(HostCondition condition, int field, Op* op)
    {
        CompareWithZero(field);
        Cold((HostCondition)((int)condition ^ 1), ColdKind.Interpret, op);
    }

    private void CompareWithZero(int field)
    {
        Asm.RegMem(0x80, CMP, Cpu0, field, wide: false);
        Asm.Byte(0);
        Clobbered();
    }

    /// <summary>Has the op interpreted, which ends in an exception, where EL0 may not do it: see <see cref="SystemAccess.MayAccess"/>.</summary>
    private void Permit(El0Access access, Op* op)
    {
        if (access == El0Access.Allowed) return;
        if (SystemAccess.Control(access) is not { } control)
        {
            Require(HostCondition.NE, CpuOffset.El, op);
            return;
        }

        CompareWithZero(CpuOffset.El);
        ulong privileged = Asm.JumpForward(HostCondition.NE);
        Asm.RegMem(0xF7, 0, Cpu0, control.Field - Pinning.Bias, wide: false); // TEST DWORD [field], mask
        Asm.Int32(control.Mask);
        Cold(HostCondition.E, ColdKind.Interpret, op);
        Asm.Bind(privileged);
    }
}

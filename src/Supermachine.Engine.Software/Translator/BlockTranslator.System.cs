namespace Supermachine.Engine.Software;

/// <content>Hints, barriers, and system registers that are plain storage.</content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool Hint(BlockTranslator t, uint i, Op* op) => true;

    /// <summary>DMB: x86 orders everything but a store before a load, which only the full barriers are about.</summary>
    public static bool DataMemoryBarrier(BlockTranslator t, uint i, Op* op)
    {
        const uint Loads = 1, Stores = 2;
        if (i.Field(8, 2) is Loads or Stores) return true;
        foreach (byte code in (ReadOnlySpan<byte>)[0xF0, 0x83, 0x0C, 0x24, 0x00]) t.Asm.Byte(code); // LOCK OR DWORD [RSP], 0
        t.Clobbered();
        return true;
    }

    /// <summary>MRS of a field; from EL0 it is the interpreter's business.</summary>
    public static bool ReadSystemRegister(BlockTranslator t, uint i, Op* op)
    {
        if (SystemRegisters.Find(i.Field(5, 16)) is not { Field: { } field } register) return false;
        t.RequireNonZero(CpuOffset.El, op);
        if (register.Encoding == SystemRegisters.SP_EL0) t.RequireNonZero(CpuOffset.SpSel, op);
        HostRegister to = ResultIn(op->Rd, -1, A);
        t.Asm.Load(to, Cpu0, field - Pinning.Bias);
        t.Put(op->Rd, to);

        // The interpreter, where it was asked, has done it already: once more does no harm.
        return true;
    }

    /// <summary>Has the op interpreted if a byte of the <see cref="Cpu"/> is zero.</summary>
    private void RequireNonZero(int field, Op* op)
    {
        Asm.RegMem(0x80, CMP, Cpu0, field, wide: false);
        Asm.Byte(0);
        Clobbered();
        Cold(HostCondition.E, ColdKind.Interpret, op);
    }
}

namespace Supermachine.Engine.Software;

/// <content>Moving guest registers, pinned or in memory, to and from host registers. None of these touches EFLAGS.</content>
internal sealed unsafe partial class BlockTranslator
{
    private const HostRegister A = HostRegister.RAX, B = HostRegister.RCX, D = HostRegister.RDX, Cpu0 = HostRegister.RBP;

    /// <summary>Where this block has each guest register: as <see cref="Pinning"/> says, but for what is lent.</summary>
    private readonly HostRegister[] _hosts = new HostRegister[Pinning.Hosts.Length];

    /// <summary>The host register that has a guest register in this block; false where it is in memory.</summary>
    private bool TryGetHost(int slot, out HostRegister host)
    {
        host = _hosts[slot];
        return host != Pinning.None;
    }

    /// <summary>Copies a guest register to a host register. A narrow copy zero-extends.</summary>
    private void Get(HostRegister to, int slot, bool wide)
    {
        if (slot == Cpu.Zero) Asm.MoveConstant(to, 0);
        else if (!TryGetHost(slot, out HostRegister host)) Asm.Load(to, Cpu0, CpuOffset.X(slot), wide);
        else if (host != to || !wide) Asm.Move(to, host, wide);
    }

    /// <summary>Copies a host register, all 64 bits, to a guest register.</summary>
    private void Put(int slot, HostRegister from)
    {
        if (slot == Cpu.Discard) return;
        if (!TryGetHost(slot, out HostRegister host)) Asm.Store(Cpu0, CpuOffset.X(slot), from);
        else if (host != from) Asm.Move(host, from);
    }

    /// <summary>The host register that has a guest register, or a scratch register with a copy of it.</summary>
    private HostRegister Use(int slot, HostRegister scratch)
    {
        if (TryGetHost(slot, out HostRegister host)) return host;
        Get(scratch, slot, wide: true);
        return scratch;
    }

    /// <summary>The host register in which to make a result: the pinned one unless it is also an operand still needed.</summary>
    private HostRegister ResultIn(int slot, int other, HostRegister scratch) =>
        slot != other && TryGetHost(slot, out HostRegister host) ? host : scratch;

    /// <summary>An opcode behind the escape byte 0F, with a guest register as its second operand. Takes RCX.</summary>
    private void RegSlot0F(int opcode, HostRegister to, int slot, bool wide)
    {
        if (slot == Cpu.Zero || TryGetHost(slot, out _)) Asm.RegReg0F(opcode, to, Use(slot, B), wide);
        else Asm.RegMem(opcode, (int)to, Cpu0, CpuOffset.X(slot), wide, escape: true);
    }

    /// <summary>ADD 0, OR 1, ADC 2, SBB 3, AND 4, SUB 5, XOR 6, CMP 7 with a guest register.</summary>
    private void AluSlot(int operation, HostRegister to, int slot, bool wide)
    {
        if (TryGetHost(slot, out HostRegister host)) Asm.Alu(operation, to, host, wide);
        else Asm.AluMemory(operation, to, Cpu0, CpuOffset.X(slot), wide);
    }
}

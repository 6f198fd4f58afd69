namespace Supermachine.Engine.Software;

/// <content>
/// Flags. A producer leaves them in EFLAGS and, where anything later may look at them, in <see cref="Cpu.HostFlags"/> as well; a
/// consumer takes them from EFLAGS while nothing has clobbered them, and from memory otherwise.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>
    /// Looks backward for whom each instruction's flags would serve: a reader, or whoever sees the block left in between; and whether
    /// they find them in EFLAGS, or something comes before that changes those.
    /// </summary>
    private void FindNeededFlags(int count)
    {
        bool needed = true, inMemory = true;
        for (int i = count - 1; i >= 0; i--)
        {
            (_flagsNeeded[i], _flagsInMemory[i]) = (needed, inMemory);
            RowTraits traits = _rows[i]?.Traits ?? RowTraits.None;
            bool reads = (traits & RowTraits.ReadsFlags) != 0;
            if ((traits & RowTraits.Stays) == 0 && !reads) (needed, inMemory) = (true, true);
            else if ((traits & RowTraits.WritesFlags) != 0) (needed, inMemory) = (reads, false);
            else if (!KeepsHostFlags(traits, i)) (needed, inMemory) = (needed || reads, inMemory || needed);
            else needed |= reads;
        }
    }

    /// <summary>Of the logical instructions with two registers only MOV and MVN do.</summary>
    private bool KeepsHostFlags(RowTraits traits, int index) =>
        (traits & RowTraits.KeepsHostFlags) != 0 && HostFeatures.Bmi2 && ((_words[index] & 0x1F00_0000) != 0x0A00_0000 || IsMove(_words[index], _block + index));

    /// <summary>ORR or ORN of the zero register and another that is not shifted.</summary>
    private static bool IsMove(uint instruction, Op* op) => instruction.Field(29, 2) == 1 && op->Rn == Cpu.Zero && op->Aux == 0;

    /// <summary>EFLAGS are the guest's flags, nowhere else perhaps, and something after this instruction wants them.</summary>
    private bool MustKeepHostFlags => _flagsInHost && _flagsNeeded[_index];

    /// <summary>EFLAGS are the guest's flags now, but for CF, which is PSTATE.C: as after ADD.</summary>
    private void ProducedAdd()
    {
        if (!_flagsNeeded[_index])
        {
            _flagsInHost = false;
            return;
        }

        Asm.Byte(0xF5); // CMC
        KeepFlags();
    }

    /// <summary>EFLAGS are the guest's flags now: as after SUB.</summary>
    private void ProducedSub()
    {
        if (_flagsNeeded[_index]) KeepFlags();
        else _flagsInHost = false;
    }

    /// <summary>SF and ZF are right, C and V are to be 0: as after AND.</summary>
    private void ProducedLogical()
    {
        if (!_flagsNeeded[_index])
        {
            _flagsInHost = false;
            return;
        }

        Asm.Byte(0xF9); // STC
        KeepFlags();
    }

    private void KeepFlags()
    {
        if (_flagsInMemory[_index]) SaveFlags();
        _flagsInHost = true;
    }

    private void SaveFlags()
    {
        Asm.Byte(0x9F); // LAHF
        Asm.Byte(0x0F); // SETO AL
        Asm.Byte(0x90);
        Asm.Byte(0xC0);
        Asm.RegMem(0x89, (int)HostRegister.RAX, HostRegister.RBP, CpuOffset.HostFlags, wide: false, prefix: 0x66);
        _flagsInHost = true;
    }

    /// <summary>The guest's flags are constant: bits 31 to 28. Leaves EFLAGS alone.</summary>
    private void StoreFlags(uint nzcv)
    {
        Asm.RegMem(0xC7, 0, Cpu0, CpuOffset.HostFlags, wide: false, prefix: 0x66);
        ushort packed = HostFlags.Pack(nzcv);
        Asm.Byte(packed & 0xFF);
        Asm.Byte(packed >> 8);
    }

    /// <summary>Puts the guest's flags into EFLAGS. Takes RAX.</summary>
    private void NeedFlags()
    {
        if (_flagsInHost) return;
        Asm.RegMem(0xB7, (int)HostRegister.RAX, HostRegister.RBP, CpuOffset.HostFlags, wide: false, escape: true);
        Asm.Byte(0x04); // ADD AL, 0x7F: OF
        Asm.Byte(0x7F);
        Asm.Byte(0x9E); // SAHF
        _flagsInHost = true;
    }

    private void Clobbered() => _flagsInHost = false;

    /// <summary>The host's condition for a guest's, below AL.</summary>
    private static HostCondition ConditionOf(uint condition) => condition switch
    {
        0 => HostCondition.E,
        1 => HostCondition.NE,
        2 => HostCondition.AE,
        3 => HostCondition.B,
        4 => HostCondition.S,
        5 => HostCondition.NS,
        6 => HostCondition.O,
        7 => HostCondition.NO,
        8 => HostCondition.A,
        9 => HostCondition.BE,
        10 => HostCondition.GE,
        11 => HostCondition.L,
        12 => HostCondition.G,
        _ => HostCondition.LE,
    };
}

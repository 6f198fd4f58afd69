namespace Supermachine.Engine.Software;

/// <summary>Predecodes blocks: straight-line code within one page, up to what ends a block.</summary>
internal static unsafe class BlockBuilder
{
    /// <summary>Bounds the native stack: see <see cref="Op"/>.</summary>
    private const int MaxInstructions = 64;

    /// <summary>A block is made from no more than this.</summary>
    public const uint MaxBytes = 4 * MaxInstructions;

    /// <summary>Predecodes the instructions at an offset of a host page.</summary>
    /// <param name="arena">Where the ops go.</param>
    /// <param name="host">The page.</param>
    /// <param name="offset">A multiple of 4 within it.</param>
    /// <param name="page">Its physical page number.</param>
    /// <param name="end">The offset after the last instruction.</param>
    public static Op* Build(OpArena arena, byte* host, uint offset, uint page, out uint end)
    {
        Op* scratch = stackalloc Op[MaxInstructions + 3];
        int count = 0;
        bool ends = false, fpChecked = false;
        while (!ends && offset < 0x1000 && count < MaxInstructions)
        {
            uint instruction = Volatile.Read(ref *(uint*)(host + offset));
            Row? row = Bind(instruction, offset, &scratch[count]);
            if (row is not null && (row.Traits & RowTraits.Fp) != 0 && !fpChecked)
            {
                scratch[count + 1] = scratch[count];
                scratch[count++] = new Op { Handler = &RequireFp, Offset = (ushort)offset };
                fpChecked = true;
            }

            count++;
            ends = row is null || (row.Traits & RowTraits.EndsBlock) != 0;
            offset += 4;
        }

        scratch[count++] = new Op { Handler = &Branches.Continue, Imm = offset, Page = page, Offset = (ushort)(offset - 4) };
        end = offset;
        Op* block = arena.Allocate(count);
        new Span<Op>(scratch, count).CopyTo(new Span<Op>(block, count));
        return block;
    }

    /// <summary>Predecodes one instruction with nothing after it but the way back to the dispatcher.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="offset">Its offset in its page.</param>
    /// <param name="ops">Room for three.</param>
    public static void BuildStep(uint instruction, uint offset, Op* ops)
    {
        Row? row = Bind(instruction, offset, ops + 1);
        bool fp = row is not null && (row.Traits & RowTraits.Fp) != 0;
        ops[0] = new Op { Handler = fp ? &RequireFp : &Skip, Offset = (ushort)offset };
        ops[2] = new Op { Handler = &Leave, Offset = (ushort)offset };
    }

    /// <summary>Makes a block's first op send whoever comes back to the dispatcher.</summary>
    public static void MarkStale(Op* block) => Volatile.Write(ref *(nint*)&block->Handler, (nint)(delegate*<Cpu*, Op*, Op*>)&Stale);

    /// <summary>Fills one op. Gives the instruction's row, or null where it is UNDEFINED: that comes before any trap of FP.</summary>
    private static Row? Bind(uint instruction, uint offset, Op* op)
    {
        Row? row = DecodeTable.Find(instruction);
        *op = new Op { Offset = (ushort)offset };
        if (row is not null && row.Bind(instruction, op)) return row;
        *op = new Op { Offset = (ushort)offset, Handler = &Exceptions.Undefined };
        return null;
    }

    private static Op* Stale(Cpu* cpu, Op* op)
    {
        cpu->Pc = cpu->PcOf(op);
        return null;
    }

    private static Op* Leave(Cpu* cpu, Op* op)
    {
        cpu->Pc = cpu->PcOf(op) + 4;
        return null;
    }

    private static Op* Skip(Cpu* cpu, Op* op) => op[1].Handler(cpu, op + 1);

    /// <summary>Stands before the first FP or AdvSIMD instruction of a block; CPACR_EL1 cannot change within one.</summary>
    private static Op* RequireFp(Cpu* cpu, Op* op) =>
        cpu->FpEnabled ? op[1].Handler(cpu, op + 1) : Exceptions.Take(cpu, cpu->PcOf(op), ExceptionClass.FpTrap, 0x1E << 20);
}

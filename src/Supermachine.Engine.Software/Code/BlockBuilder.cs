namespace Supermachine.Engine.Software;

/// <summary>Predecodes blocks: code within one page up to what ends a block, or past it where a forward branch may not be taken.</summary>
internal static unsafe class BlockBuilder
{
    /// <summary>Bounds the native stack: see <see cref="Op"/>.</summary>
    private const int MaxInstructions = 64;

    /// <summary>A block is made from no more than this.</summary>
    public const uint MaxBytes = 4 * MaxInstructions;

    /// <summary>The instructions, what stands between joined ones, a check for FP, and the op that closes the block.</summary>
    public const int MaxOps = MaxInstructions + MaxJoined + 2;

    /// <summary>How many conditional branches a block goes on after. More of them mostly translate what is not run.</summary>
    private const int MaxJoined = 3;

    /// <summary>In place of the instruction: the op checks that FP may be used. Reserved encodings, like the next.</summary>
    public const uint FpCheck = 1;

    /// <summary>In place of the instruction: the op stands between a conditional branch and what follows it in the block.</summary>
    public const uint FallThrough = 2;

    /// <summary>In place of the instruction: the op is UNDEFINED, or closes the block.</summary>
    public const uint NoInstruction = 0;

    private const uint LastReserved = FallThrough;

    /// <summary>Whether an op is an instruction's: not one of the above.</summary>
    public static bool IsInstruction(uint word) => word > LastReserved;

    /// <summary>Kept, so that it is one address wherever it is written or compared.</summary>
    private static readonly nint StaleHandler = (nint)(delegate*<Cpu*, Op*, Op*>)&Stale;

    /// <summary>Predecodes the instructions at an offset of a host page.</summary>
    /// <param name="ops">Where the ops go, the closing one included: <see cref="MaxOps"/>.</param>
    /// <param name="words">The instruction of each op; <see cref="FpCheck"/>, <see cref="FallThrough"/> or <see cref="NoInstruction"/> for ops that are none.</param>
    /// <param name="host">The page.</param>
    /// <param name="offset">A multiple of 4 within it.</param>
    /// <param name="page">Its physical page number.</param>
    /// <param name="end">The offset after the last instruction.</param>
    /// <param name="traits">Those of all its instructions.</param>
    /// <returns>How many ops.</returns>
    public static int Build(Op* ops, Span<uint> words, byte* host, uint offset, uint page, out uint end, out RowTraits traits)
    {
        traits = RowTraits.None;
        int count = 0, joined = 0;
        bool ends = false;
        while (!ends && offset < 0x1000 && count < MaxInstructions)
        {
            uint instruction = Volatile.Read(ref *(uint*)(host + offset));
            Row? row = Bind(instruction, offset, &ops[count]);
            if (row is not null && (row.Traits & RowTraits.Fp) != 0 && (traits & RowTraits.Fp) == 0)
            {
                ops[count + 1] = ops[count];
                words[count] = FpCheck;
                ops[count++] = new Op { Handler = &RequireFp, Offset = (ushort)offset };
            }

            traits |= row?.Traits ?? RowTraits.None;
            words[count++] = row is null ? NoInstruction : instruction;
            ends = row is null || (row.Traits & RowTraits.EndsBlock) != 0;
            offset += 4;
            if (!ends || !GoesOn(row, &ops[count - 1]) || joined == MaxJoined) continue;
            joined++;
            ends = false;
            words[count] = FallThrough;
            ops[count++] = new Op { Handler = &Skip, Page = page, Offset = (ushort)(offset - 4) };
        }

        words[count] = NoInstruction;
        ops[count++] = new Op { Handler = &Branches.Continue, Imm = offset, Page = page, Offset = (ushort)(offset - 4) };
        end = offset;
        return count;
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

    /// <summary>What follows an op that translated code has interpreted.</summary>
    public static Op StepEnd => new() { Handler = &EndStep };

    /// <summary>Makes a block's first op send whoever comes back to the dispatcher.</summary>
    public static void MarkStale(Op* block) => Volatile.Write(ref *(nint*)&block->Handler, StaleHandler);

    /// <summary>Whether that has been done. Any thread.</summary>
    public static bool IsStale(Op* block) => Volatile.Read(ref *(nint*)&block->Handler) == StaleHandler;

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

    private static Op* EndStep(Cpu* cpu, Op* op)
    {
        cpu->StepDone = true;
        return null;
    }

    /// <summary>Whether what follows a branch is likely to be run: it leads forward, if it is taken.</summary>
    private static bool GoesOn(Row? row, Op* op) => row is not null && (row.Traits & RowTraits.Conditional) != 0 && (long)op->Imm > op->Offset;

    private static Op* Skip(Cpu* cpu, Op* op) => op[1].Handler(cpu, op + 1);

    /// <summary>Stands before the first FP or AdvSIMD instruction of a block; CPACR_EL1 cannot change within one.</summary>
    private static Op* RequireFp(Cpu* cpu, Op* op) =>
        cpu->FpEnabled ? op[1].Handler(cpu, op + 1) : Exceptions.Take(cpu, cpu->PcOf(op), ExceptionClass.FpTrap, 0x1E << 20);
}

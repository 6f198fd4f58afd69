namespace Supermachine.Engine.Software;

/// <summary>
/// Translates predecoded blocks to host code, one instruction after another. Whatever has no emitter of its own, and every slow
/// path, runs that one op in the interpreter. Used under the code cache's lock.
/// </summary>
internal sealed unsafe partial class BlockTranslator(TranslatedStubs stubs, HostAssembler asm, ExecutionStatistics? statistics)
{
    private readonly Buffer<ColdPath> _cold = new();
    private readonly Buffer<LinkSite> _sites = new();
    private readonly uint[] _words = new uint[BlockBuilder.MaxOps];
    private readonly bool[] _flagsNeeded = new bool[BlockBuilder.MaxOps];
    private readonly bool[] _flagsInMemory = new bool[BlockBuilder.MaxOps];
    private Row?[] _rows = [];
    private Op* _block;
    private CodePage* _code;
    private uint _start;
    private uint _page;
    private ulong _entry;
    private int _index;

    /// <summary>EFLAGS hold the guest's flags, in the polarity of <see cref="Cpu.HostFlags"/>.</summary>
    private bool _flagsInHost;

    public HostAssembler Asm { get; } = asm;

    /// <summary>Translates a block that has just been built. Gives its entry; there is room for it.</summary>
    /// <param name="block">Its ops.</param>
    /// <param name="count">How many, the closing one included.</param>
    /// <param name="words">The instruction of each op; zero where an op is not an instruction of its own.</param>
    /// <param name="rows">The row of each; null where there is none.</param>
    /// <param name="code">The page's blocks, for links.</param>
    /// <param name="page">The physical page number.</param>
    public ulong Translate(Op* block, int count, ReadOnlySpan<uint> words, Row?[] rows, CodePage* code, uint page)
    {
        (_page, _start) = (page, block->Offset);
        _block = block;
        _code = code;
        _rows = rows;
        words[..count].CopyTo(_words);
        _cold.Clear();
        _sites.Clear();
        _constants.Clear();
        _fpCold.Clear();
        FindNeededFlags(count);
        FindAccesses(count);
        Asm.Align(16);
        _entry = Asm.Here;
        EmitEntry(count - 1);
        BlockHeader.Of(block)->Body = Asm.Here;
        BeginLoans(count);
        _flagsInHost = false;
        _held = default;
        _heldAfter.Clear();
        bool ended = false;
        for (_index = 0; _index < count - 1; _index++) ended = EmitOp(block + _index, words[_index], rows[_index]);
        if (!ended) EmitGoto(block[count - 1].Imm);
        EmitFpCold();
        EmitCold();
        EmitConstants();
        return _entry;
    }

    /// <summary>Has a block's entry jump to the dispatcher, in one store: other threads may be running it.</summary>
    public void MarkStale(BlockHeader* header)
    {
        ulong* entry = (ulong*)Asm.Writable(header->Code);
        uint displacement = (uint)((long)header->Stale - (long)(header->Code + 5));
        Volatile.Write(ref *entry, (*entry & 0xFFFFFF00_00000000) | (ulong)displacement << 8 | 0xE9);
    }

    /// <summary>A look at the signals. The first instruction is what <see cref="MarkStale"/> replaces, and has the five bytes for it.</summary>
    private void EmitEntry(int ops)
    {
        System.Diagnostics.Debug.Assert(CpuOffset.Signals > sbyte.MaxValue, "the first instruction has a displacement of four bytes");
        if (statistics is not null) EmitCountBlock(ops);
        EmitTestSignals();
        Cold(HostCondition.NE, ColdKind.LeaveAtStart, null);
    }

    /// <summary>NE if there is a signal that is not masked.</summary>
    private void EmitTestSignals()
    {
        Asm.Load(HostRegister.RAX, HostRegister.RBP, CpuOffset.Signals, wide: false);
        Asm.RegMem(0x85, (int)HostRegister.RAX, HostRegister.RBP, CpuOffset.SignalMask, wide: false);
    }

    private bool EmitOp(Op* op, uint word, Row? row)
    {
        if (word == BlockBuilder.FallThrough) return false;
        if (word == BlockBuilder.FpCheck)
        {
            Asm.RegMem(0x80, 7, HostRegister.RBP, CpuOffset.FpEnabled, wide: false);
            Asm.Byte(0);
            _flagsInHost = false;
            Cold(HostCondition.E, ColdKind.Interpret, op);
            FinishHeld(null);
            return false;
        }

        _keepsHeld = false;
        if (row is not null && CanEmit(row) && row.Emit(this, word, op))
        {
            FinishHeld(row);
            return (row.Traits & RowTraits.Branch) != 0;
        }

        if (statistics is not null) EmitCount(statistics.CounterOf(row, slowPath: false));
        EmitInterpreted(op);
        if (row is not null && (row.Traits & RowTraits.EndsBlock) == 0) return false;

        // What needs the dispatcher has left by itself; the next block begins with a look at the signals.
        EmitGoto(op->Offset + 4u);
        return true;
    }

    /// <summary>Whether a row has an emitter, and the host the vectors that those of FP and Advanced SIMD are made of.</summary>
    private static bool CanEmit(Row row) => row.Emit != null && (HostFeatures.Avx2 || (row.Traits & RowTraits.Fp) == 0);

    /// <summary>Runs one op in the interpreter.</summary>
    private void EmitInterpreted(Op* op)
    {
        EmitReturnLoans();
        Asm.MoveConstant(HostRegister.RAX, (ulong)op);
        Asm.Call(stubs.Interpret);
        EmitTakeLoans();
        _flagsInHost = false;
        _held = default;
    }

    /// <summary>Runs one op in the interpreter that translated code could not finish.</summary>
    private void EmitSlowPath(Op* op)
    {
        if (statistics is not null) EmitCount(statistics.CounterOf(RowOf(op), slowPath: true));
        EmitInterpreted(op);
    }

    /// <summary>Back to the dispatcher, at an offset of this page. What every block has in the cold has its operands as data behind a call.</summary>
    private void EmitLeave(uint offset)
    {
        Asm.Call(stubs.LeaveAt);
        Asm.Int32((int)offset);
    }

    /// <summary>Likewise, and has a jump's displacement pointed at what is there.</summary>
    private void EmitLeaveToLink(ulong displacement, uint offset)
    {
        Asm.Call(stubs.LeaveToLink);
        Asm.Int32((int)offset);
        Asm.Int32(checked((int)((long)displacement - (long)Asm.Here)));
        Asm.Int32((int)_page);
    }

    /// <summary>A register = the page's address plus an offset. Leaves EFLAGS alone.</summary>
    private void EmitPc(HostRegister to, ulong offset)
    {
        Asm.Load(to, HostRegister.RBP, CpuOffset.PageVa);
        if (offset != 0) Asm.Lea(to, to, checked((int)unchecked((long)offset)));
    }

    /// <summary>Goes on at a target relative to the page.</summary>
    private void EmitGoto(ulong target)
    {
        EmitReturnLoans();
        if (target >= 0x1000)
        {
            EmitPc(HostRegister.RAX, target);
            EmitJump();
            return;
        }

        ulong known = Known((uint)target);
        ulong site = Asm.PatchableJump(known != 0 ? known : Asm.Here);
        if (known == 0) _sites.Add(new LinkSite(site, (uint)target));
    }

    /// <summary>Goes on at a target relative to the page if a condition of EFLAGS holds.</summary>
    private void EmitGotoIf(HostCondition condition, ulong target)
    {
        if (target >= 0x1000 || HasLoans)
        {
            Cold(condition, ColdKind.Goto, null, target);
            return;
        }

        ulong known = Known((uint)target);
        ulong site = Asm.PatchableJump(condition, known != 0 ? known : Asm.Here);
        if (known == 0) _sites.Add(new LinkSite(site, (uint)target));
    }

    /// <summary>Jumps to the virtual address in RAX through the jump cache.</summary>
    private void EmitJump()
    {
        Asm.Move(HostRegister.RDX, HostRegister.RAX, wide: false);
        Asm.Shift(4, HostRegister.RDX, 3, wide: false);
        Asm.AluConstant(4, HostRegister.RDX, (JumpEntry.Count - 1) << 5, wide: false);
        Asm.AluMemory(0, HostRegister.RDX, HostRegister.RBP, CpuOffset.Jumps);
        Asm.AluMemory(7, HostRegister.RAX, HostRegister.RDX, JumpOffset.Va);
        ulong miss = Asm.JumpForward(HostCondition.NE);
        Asm.Load(HostRegister.RCX, HostRegister.RDX, JumpOffset.Generation);
        Asm.AluMemory(7, HostRegister.RCX, HostRegister.RBP, CpuOffset.JumpGeneration);
        ulong stale = Asm.JumpForward(HostCondition.NE);
        Asm.AluConstant(4, HostRegister.RAX, unchecked((int)0xFFFFF000));
        Asm.Store(HostRegister.RBP, CpuOffset.PageVa, HostRegister.RAX);
        Asm.RegMem(0xFF, 4, HostRegister.RDX, JumpOffset.Code, wide: false);
        Asm.Bind(miss);
        Asm.Bind(stale);
        if (statistics is not null) EmitAdd(CpuOffset.JumpMisses, 1);
        Asm.Store(HostRegister.RBP, CpuOffset.Pc, HostRegister.RAX);
        Asm.Jump(stubs.Leave);
    }

    /// <summary>The code of a block in this page, or 0.</summary>
    private ulong Known(uint offset)
    {
        if (offset == _start) return _entry;
        Op* target = _code->Find(offset);
        return target == null ? 0 : BlockHeader.Of(target)->Code;
    }

    private void Cold(HostCondition condition, ColdKind kind, Op* op, ulong target = 0) =>
        _cold.Add(new ColdPath(Asm.JumpForward(condition), Asm.Here, kind, (nint)op, target));

    private void EmitCold()
    {
        for (int i = 0; i < _cold.Count; i++)
        {
            ref ColdPath path = ref _cold[i];
            Asm.Bind(path.Displacement);
            switch (path.Kind)
            {
                case ColdKind.Interpret:
                    EmitSlowPath((Op*)path.Op);
                    Reload(_heldAfter[i]);
                    Asm.Jump(path.Return);
                    break;
                case ColdKind.Lookup:
                    Lookup lookup = _lookups[(int)path.Target];
                    ulong slow = EmitLookup(lookup);
                    Asm.Bind(slow);
                    EmitSlowPath((Op*)path.Op);
                    Reload(_heldAfter[i]);
                    if (lookup.KeepsFlags) NeedFlags();
                    Asm.Jump(path.Return);
                    break;
                case ColdKind.InterpretFlags:
                    EmitSlowPath((Op*)path.Op);
                    Reload(_heldAfter[i]);
                    NeedFlags();
                    Asm.Jump(path.Return);
                    break;
                case ColdKind.LeaveAtStart:
                    EmitLeave(_start);
                    break;
                default:
                    EmitGoto(path.Target);
                    break;
            }
        }

        for (int i = 0; i < _sites.Count; i++)
        {
            LinkSite site = _sites[i];
            Asm.Bind(site.Displacement);
            EmitLeaveToLink(site.Displacement, site.Offset);
        }

        // Where a stale block's entry jumps to, until that jump is linked to the block that takes its place.
        BlockHeader.Of(_block)->Stale = Asm.Here;
        EmitLeaveToLink(_entry + 1, _start);
    }

    private enum ColdKind
    {
        /// <summary>Run the op in the interpreter and come back.</summary>
        Interpret,

        /// <summary>Likewise, where EFLAGS are the guest's flags.</summary>
        InterpretFlags,

        /// <summary>Look up what could not be shared; if that fails, interpret the op. The target is the index in <see cref="_lookups"/>.</summary>
        Lookup,

        /// <summary>To the dispatcher, at the block's first instruction.</summary>
        LeaveAtStart,

        /// <summary>To a target that is more than a jump away.</summary>
        Goto,
    }

    private readonly record struct ColdPath(ulong Displacement, ulong Return, ColdKind Kind, nint Op, ulong Target);

    private readonly record struct LinkSite(ulong Displacement, uint Offset);
}

/// <summary>What stands before a translated block's first op, in the room of one.</summary>
internal unsafe struct BlockHeader
{
    /// <summary>The entry.</summary>
    public ulong Code;

    /// <summary>Where the entry jumps once the block is stale.</summary>
    public ulong Stale;

    /// <summary>The code behind the entry's look at the signals.</summary>
    public ulong Body;

    /// <summary>How often it was run, and whether it may be run twice: for <see cref="BlockVerifier"/> alone.</summary>
    public int Executions;

    /// <summary>How many ops there are, without the closing one.</summary>
    public byte Ops;

    /// <summary>How often it was interpreted, or the most where it is not to be. Not exact: vCPUs count together.</summary>
    public byte Runs;
    public bool IsVerifiable;

    public static BlockHeader* Of(Op* block) => (BlockHeader*)(block - 1);

    /// <summary>The lines of the page that a block was made from.</summary>
    public static ulong LinesOf(Op* block) => CodePage.LinesOf(block->Offset, (uint)block[Of(block)->Ops].Imm - block->Offset);
}

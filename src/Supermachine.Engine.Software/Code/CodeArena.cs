using System.Diagnostics;

namespace Supermachine.Engine.Software;

/// <summary>
/// What blocks are made of, until all of it is thrown away together: ops, and host code where there is a translator. Not thread-safe.
/// </summary>
internal sealed unsafe class CodeArena : IDisposable
{
    /// <summary>More than every vCPU's next two blocks can take.</summary>
    private const long Reserve = 2 << 20;

    private readonly OpArena _ops = new();
    private readonly CodeMemory? _memory;
    private readonly BlockTranslator? _translator;
    private readonly ExecutionStatistics? _statistics;
    private readonly bool _verify;
    private readonly Row?[] _rows = new Row?[BlockBuilder.MaxOps];

    /// <param name="options">Whether blocks are translated, and when.</param>
    /// <param name="shared">Whether more than one vCPU may run them.</param>
    /// <param name="statistics">Where to count, or null.</param>
    /// <param name="verify">Whether blocks will be compared with the interpreter.</param>
    /// <exception cref="InvalidOperationException">The host maps no executable memory.</exception>
    public CodeArena(CodeOptions options, bool shared, ExecutionStatistics? statistics, bool verify)
    {
        _verify = verify;
        _statistics = statistics;
        if (!options.Translates) return;
        _memory = CodeMemory.TryCreate(options.MemorySize, out string? refusal) ?? throw new InvalidOperationException(refusal);
        HostAssembler asm = new() { Locks = shared };
        asm.Begin(_memory.Write, _memory.End, _memory.Execute);
        Stubs = new TranslatedStubs(asm);
        _translator = new BlockTranslator(Stubs, asm, statistics);
    }

    /// <summary>The way into translated code; null where blocks are interpreted.</summary>
    public TranslatedStubs? Stubs { get; }

    public bool IsFull => _ops.IsFull || (_translator is not null && _translator.Asm.Left < Reserve);

    /// <summary>Makes the block at an offset of a page; to be translated later.</summary>
    public Op* Build(byte* host, uint offset, uint page, out uint end)
    {
        long start = _statistics is null ? 0 : Stopwatch.GetTimestamp();
        Op* scratch = stackalloc Op[BlockBuilder.MaxOps];
        Span<uint> words = stackalloc uint[BlockBuilder.MaxOps];
        int count = BlockBuilder.Build(scratch, words, host, offset, page, out end, out RowTraits traits);
        Op* block = Allocate(scratch, words[..count]);
        if (_verify || (traits & (RowTraits.Fp | RowTraits.CompiledAtUse)) != 0) BlockHeader.Of(block)->Runs = byte.MaxValue;
        if (_statistics is not null) _statistics.Time += Stopwatch.GetTimestamp() - start;
        return block;
    }

    /// <summary>Translates a block that has been made.</summary>
    public void Translate(Op* block, CodePage* code)
    {
        long start = _statistics is null ? 0 : Stopwatch.GetTimestamp(), before = _translator!.Asm.Left;
        _memory!.Prepare(_memory.End - before);
        int count = BlockHeader.Of(block)->Ops + 1;
        ReadOnlySpan<uint> words = new(block + count, count);
        for (int i = 0; i < count; i++) _rows[i] = BlockBuilder.IsInstruction(words[i]) ? DecodeTable.Find(words[i]) : null;
        Volatile.Write(ref BlockHeader.Of(block)->Code, _translator.Translate(block, count, words, _rows, code, block[count - 1].Page));
        _statistics?.Translated((int)(block[count - 1].Imm - block->Offset) / 4, before - _translator.Asm.Left, Stopwatch.GetTimestamp() - start);
    }

    /// <summary>A block: its header, its ops, and, where it may yet be translated, the instruction of each.</summary>
    private Op* Allocate(Op* ops, ReadOnlySpan<uint> words)
    {
        int count = words.Length, sourceOps = _translator is null ? 0 : (count * sizeof(uint) + sizeof(Op) - 1) / sizeof(Op);
        Op* block = _ops.Allocate(1 + count + sourceOps) + 1;
        new Span<Op>(ops, count).CopyTo(new Span<Op>(block, count));
        BlockHeader.Of(block)->Ops = (byte)(count - 1);
        if (_translator is null) return block;
        words.CopyTo(new Span<uint>(block + count, count));
        BlockHeader.Of(block)->IsVerifiable = _verify && VerifiableBlocks.Contains(words);
        return block;
    }

    /// <summary>Sends whoever enters a block to the dispatcher.</summary>
    public void MarkStale(Op* block)
    {
        BlockBuilder.MarkStale(block);
        if (BlockHeader.Of(block)->Code != 0) _translator!.MarkStale(BlockHeader.Of(block));
    }

    /// <summary>Where translated code can be changed.</summary>
    public byte* Writable(ulong code) => _translator!.Asm.Writable(code);

    /// <summary>Points a branch that left translated code at its target, unless it is one of an arena that was retired since it was left.</summary>
    public void Link(ulong site, Op* target)
    {
        if (_memory is not null && _memory.Executes(site)) _translator!.Asm.Patch(site, BlockHeader.Of(target)->Code);
    }

    public void Dispose()
    {
        _ops.Dispose();
        _memory?.Dispose();
    }
}

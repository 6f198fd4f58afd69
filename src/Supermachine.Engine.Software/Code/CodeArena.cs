using System.Diagnostics;

namespace Supermachine.Engine.Software;

/// <summary>
/// What blocks are made of, until all of it is thrown away together: ops, and host code where there is a translator. Not thread-safe.
/// </summary>
internal sealed unsafe class CodeArena : IDisposable
{
    public const nuint DefaultSize = 64 << 20;

    /// <summary>More than every vCPU's next two blocks can take.</summary>
    private const long Reserve = 2 << 20;

    private readonly OpArena _ops = new();
    private readonly CodeMemory? _memory;
    private readonly BlockTranslator? _translator;
    private readonly ExecutionStatistics? _statistics;
    private readonly bool _verify;
    private readonly Row?[] _rows = new Row?[BlockBuilder.MaxOps];

    /// <param name="size">The bytes of memory for host code; 0 where blocks are interpreted.</param>
    /// <param name="shared">Whether more than one vCPU may run them.</param>
    /// <param name="statistics">Where to count, or null.</param>
    /// <param name="verify">Whether blocks will be compared with the interpreter.</param>
    /// <exception cref="InvalidOperationException">The host maps no executable memory.</exception>
    public CodeArena(nuint size, bool shared, ExecutionStatistics? statistics, bool verify)
    {
        _verify = verify;
        _statistics = statistics;
        if (size == 0) return;
        _memory = CodeMemory.TryCreate(size, out string? refusal) ?? throw new InvalidOperationException(refusal);
        HostAssembler asm = new() { Locks = shared };
        asm.Begin(_memory.Write, _memory.End, _memory.Execute);
        Stubs = new TranslatedStubs(asm);
        _translator = new BlockTranslator(Stubs, asm, statistics);
    }

    /// <summary>The way into translated code; null where blocks are interpreted.</summary>
    public TranslatedStubs? Stubs { get; }

    public bool IsFull => _ops.IsFull || (_translator is not null && _translator.Asm.Left < Reserve);

    /// <summary>Makes the block at an offset of a page.</summary>
    public Op* Build(byte* host, uint offset, uint page, CodePage* code, out uint end)
    {
        long start = _statistics is null ? 0 : Stopwatch.GetTimestamp();
        Op* scratch = stackalloc Op[BlockBuilder.MaxOps];
        Span<uint> words = stackalloc uint[BlockBuilder.MaxOps];
        int count = BlockBuilder.Build(scratch, words, _rows, host, offset, page, out end);
        Op* block = _ops.Allocate(count + 1) + 1;
        new Span<Op>(scratch, count).CopyTo(new Span<Op>(block, count));
        if (_translator is null) return block;
        if (_verify) (BlockHeader.Of(block)->Ops, BlockHeader.Of(block)->IsVerifiable) = ((byte)(count - 1), VerifiableBlocks.Contains(words[..count]));
        long before = _translator.Asm.Left;
        BlockHeader.Of(block)->Code = _translator.Translate(block, count, words, _rows, code, page);
        _statistics?.Translated((int)(end - offset) / 4, before - _translator.Asm.Left, Stopwatch.GetTimestamp() - start);
        return block;
    }

    /// <summary>Sends whoever enters a block to the dispatcher.</summary>
    public void MarkStale(Op* block)
    {
        BlockBuilder.MarkStale(block);
        if (_translator is not null) _translator.MarkStale(BlockHeader.Of(block));
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

using System.Runtime.InteropServices;
using System.Text;

namespace Supermachine.Engine.Software;

/// <summary>
/// Compares translated blocks with the interpreter while a machine runs: docs/decisions/0013. A vCPU's own, used on its thread; while
/// there is one, <see cref="Signal.Step"/> is raised, so that every block comes back to the dispatcher.
/// </summary>
internal sealed unsafe class BlockVerifier : IDisposable
{
    /// <summary>A block's first executions are compared, and then one in so many.</summary>
    private const int Always = 8, OneIn = 256;

    /// <summary>A difference has to show every time: another vCPU may change the page tables between the one run and the other.</summary>
    private const int Attempts = 3;

    private readonly SoftwareVcpu _vcpu;
    private readonly VerificationCounters _counters;
    private readonly ShadowMemory _memory = new();
    private readonly Cpu* _before = Allocate<Cpu>(1), _interpreted = Allocate<Cpu>(1), _translated = Allocate<Cpu>(1);
    private readonly TlbSet* _el0 = CreateSet(), _el1 = CreateSet();

    public BlockVerifier(SoftwareVcpu vcpu, VerificationCounters counters)
    {
        _vcpu = vcpu;
        _counters = counters;
    }

    /// <summary>Compares the block at the PC, if it is its turn. The CPU and memory are afterwards what they were.</summary>
    /// <exception cref="InvalidOperationException">The engines differ.</exception>
    public void Compare(Op* block)
    {
        BlockHeader* header = BlockHeader.Of(block);
        int execution = header->Executions++;
        if (!header->IsVerifiable || (execution >= Always && execution % OneIn != 0)) return;
        *_before = *_vcpu.Cpu;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (!RunBoth(block))
            {
                _counters.Abandoned();
                return;
            }

            if (!_memory.IsAbandoned && _memory.AreEqual && CpuComparison.AreEqual(_interpreted, _translated))
            {
                _counters.Compared(execution == 0);
                return;
            }
        }

        throw new InvalidOperationException(Report(block));
    }

    public void Dispose()
    {
        _memory.Dispose();
        NativeMemory.AlignedFree(_before);
        NativeMemory.AlignedFree(_interpreted);
        NativeMemory.AlignedFree(_translated);
        _el0->Free();
        _el1->Free();
        NativeMemory.AlignedFree(_el0);
        NativeMemory.AlignedFree(_el1);
    }

    /// <summary>Runs the block by one engine and then by the other. False where it turns out that it cannot be compared.</summary>
    private bool RunBoth(Op* block)
    {
        _memory.Begin();
        _vcpu.Shadow = _memory;
        Empty(_el0);
        Empty(_el1);
        try
        {
            Run(block, _interpreted, translated: false);
            if (_memory.IsAbandoned) return false;
            _memory.Rewind();
            Run(block, _translated, translated: true);
            return !BlockBuilder.IsStale(block);
        }
        finally
        {
            _vcpu.Shadow = null;
            CpuComparison.Restore(_vcpu.Cpu, _before);
            Tlb.Resume(_vcpu.Cpu, _before->SetEl0, _before->SetEl1);
        }
    }

    /// <summary>Runs the block once on the copies, from the state before.</summary>
    private void Run(Op* block, Cpu* result, bool translated)
    {
        Cpu* cpu = _vcpu.Cpu;
        CpuComparison.Restore(cpu, _before);
        Tlb.Borrow(cpu, _el0, _el1);
        if (translated) _vcpu.RunTranslated(BlockHeader.Of(block)->Body);
        else _vcpu.Interpret(block);
        *result = *cpu;
    }

    private string Report(Op* block)
    {
        StringBuilder text = new();
        text.AppendLine(null, $"the translated block at 0x{_before->Pc:x} does not do what the interpreter does");
        for (Op* op = block; op < block + BlockHeader.Of(block)->Ops; op++) text.AppendLine(Describe(op));
        text.AppendLine("before, interpreted, translated:");
        foreach (string difference in CpuComparison.Differences(_before, _interpreted, _translated)) text.AppendLine(null, $"  {difference}");
        foreach (string difference in _memory.Differences()) text.AppendLine(null, $"  {difference}");
        if (_memory.IsAbandoned) text.AppendLine("  the translated block touched a device, code, or far too many pages");
        return text.ToString();
    }

    /// <summary>An instruction of the block, from memory as it is now.</summary>
    private string Describe(Op* op)
    {
        ulong pc = (_before->Pc & TlbEntry.PageMask) + op->Offset;
        TlbEntry* entry = TlbEntry.Of(_vcpu.Cpu, pc);
        if (entry->ExecuteTag != (pc & TlbEntry.PageMask)) return $"  {pc:x}";
        uint word = *(uint*)(pc + entry->Addend);
        return $"  {pc:x}  {word:x8}  {DecodeTable.Find(word)?.Name ?? "UNDEFINED"}";
    }

    /// <summary>No translations, and a generation that no predicted jump has: every branch leaves.</summary>
    private static void Empty(TlbSet* set)
    {
        set->Narrow();
        set->Clear();
        set->Generation = ulong.MaxValue;
    }

    private static TlbSet* CreateSet()
    {
        TlbSet* set = Allocate<TlbSet>(1);
        *set = default;
        set->Allocate();
        return set;
    }

    private static T* Allocate<T>(int count)
        where T : unmanaged => (T*)NativeMemory.AlignedAlloc((nuint)count * (nuint)sizeof(T), 64);
}

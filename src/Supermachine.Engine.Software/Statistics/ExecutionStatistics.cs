using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>What a partition did: counted by its vCPUs, by the code cache under its lock, and by translated code itself. Made only where asked for.</summary>
internal sealed unsafe class ExecutionStatistics
{
    private readonly Lock _lock = new();
    private readonly long[] _withoutEmitter = Rows();
    private readonly long[] _slowPaths = Rows();
    private VcpuCounters _vcpus;

    private long _blocks, _instructions, _hostBytes;

    /// <summary>Times that all code memory was thrown away, and that the code of a page or of some lines was. Under the code cache's lock.</summary>
    public long Flushes, ForgottenPages, ForgottenLines;

    /// <summary>What predecoding and translating took, as a difference of <see cref="Stopwatch"/>'s timestamps. Under the code cache's lock.</summary>
    public long Time;

    /// <summary>Where translated code counts the ops of a row that it leaves to the interpreter; null for ops without a row.</summary>
    /// <param name="row">The row, or null for the check that FP may be used and for what is UNDEFINED.</param>
    /// <param name="slowPath">The row has an emitter, and its code took a slow path.</param>
    public ulong CounterOf(Row? row, bool slowPath) =>
        (ulong)Unsafe.AsPointer(ref (slowPath ? _slowPaths : _withoutEmitter)[row?.Index ?? DecodeTable.Rows.Count]); // SAFETY: the arrays are pinned

    /// <summary>Takes over what a vCPU that ends has counted.</summary>
    public void Add(in VcpuCounters counters)
    {
        lock (_lock) _vcpus.Add(counters);
    }

    /// <summary>A block was translated.</summary>
    /// <param name="instructions">Its length.</param>
    /// <param name="bytes">That of its code.</param>
    /// <param name="time">What that took.</param>
    public void Translated(int instructions, long bytes, long time)
    {
        _blocks++;
        _instructions += instructions;
        _hostBytes += bytes;
        Time += time;
    }

    /// <summary>Everything, for a person to read.</summary>
    public IEnumerable<EngineCounter> Counters() =>
    [
        new("translation", "blocks", _blocks),
        new("translation", "guest instructions", _instructions),
        new("translation", "host bytes", _hostBytes),
        new("translation", "host bytes per instruction", _instructions == 0 ? 0 : _hostBytes / _instructions),
        new("translation", "time (us)", (long)Stopwatch.GetElapsedTime(0, Time).TotalMicroseconds),
        new("translation", "flushes of all code memory", Flushes),
        new("translation", "pages whose code was forgotten", ForgottenPages),
        new("translation", "times that the code of a line was", ForgottenLines),
        .. _vcpus.Named(),
        .. ByRow("interpreted: no emitter", _withoutEmitter),
        .. ByRow("interpreted: slow path", _slowPaths),
    ];

    private static IEnumerable<EngineCounter> ByRow(string group, long[] counts)
    {
        List<EngineCounter> counters = [];
        for (int i = 0; i <= DecodeTable.Rows.Count; i++)
            if (counts[i] != 0) counters.Add(new EngineCounter(group, i < DecodeTable.Rows.Count ? DecodeTable.Rows[i].Name : "FP check, UNDEFINED", counts[i]));
        return counters.OrderByDescending(counter => counter.Value);
    }

    private static long[] Rows() => GC.AllocateArray<long>(DecodeTable.Rows.Count + 1, pinned: true);
}

using System.Collections.Concurrent;

namespace Supermachine.Runtime.Tests;

/// <summary>An engine whose guests are C# iterators. Remembers what the board did with it.</summary>
internal sealed class ScriptedEngine(Func<ScriptedVcpu, IEnumerable<VcpuExit>> program) : IEngine
{
    public EngineCapabilities Capabilities { get; init; } = new(
        "scripted", 36, 8, 0x4000, new InterruptControllerGeometry(0x1_0000, 0x200_0000, 0x2_0000, 0x1_0000, 32, 988), CanCaptureVcpu: true);

    public ScriptedPartition? Partition { get; private set; }

    /// <summary>Called when a vCPU is created, before it is.</summary>
    public Action<int> OnCreateVcpu { get; init; } = _ => { };

    public IPartition CreatePartition(PartitionOptions options) => Partition = new ScriptedPartition(this, options);

    internal sealed class ScriptedPartition(ScriptedEngine engine, PartitionOptions options) : IPartition
    {
        public PartitionOptions Options => options;

        public ConcurrentQueue<string> Calls { get; } = new();

        public ConcurrentDictionary<int, ScriptedVcpu> Vcpus { get; } = new();

        public ScriptedController Controller { get; } = new();

        public IInterruptController InterruptController => Controller;

        public void Map(GuestAddress address, nint host, ulong length, MemoryProtection protection) => Calls.Enqueue($"map {address} {length:x} {protection}");

        public void Unmap(GuestAddress address, ulong length) => Calls.Enqueue($"unmap {address} {length:x}");

        public IVcpu CreateVcpu(int index)
        {
            engine.OnCreateVcpu(index);
            Calls.Enqueue($"vcpu {index} on {Thread.CurrentThread.Name}");
            return Vcpus[index] = new ScriptedVcpu(index, engine.Program);
        }

        public void Dispose() => Calls.Enqueue(Vcpus.Values.All(vcpu => vcpu.IsDisposed) ? "dispose" : "dispose with live vCPUs");
    }

    internal sealed class ScriptedController : IInterruptController
    {
        public ConcurrentDictionary<uint, bool> Levels { get; } = new();

        public int Resets { get; private set; }

        public TimerInterrupts Timers => new(29, 30, 27, 26);

        public SnapshotSchema Schema => new("test.gic", 1);

        public void SetSpi(uint intid, bool asserted) => Levels[intid] = asserted;

        public void Reset() => Resets++;

        public void Save(SnapshotWriter writer)
        {
        }

        public void Restore(SnapshotReader reader)
        {
        }
    }

    private Func<ScriptedVcpu, IEnumerable<VcpuExit>> Program => program;
}

using Supermachine.Runtime;

namespace Supermachine.Cli.SelfTest;

/// <summary>One vCPU with a little RAM, straight on an engine. Used by one thread.</summary>
internal sealed unsafe class SelfTestMachine : IDisposable
{
    public const ulong Device = 0x0a00_0000;
    private const ulong RamSize = 1 << 20;

    /// <summary>Guest-physical address of <see cref="Word"/>.</summary>
    public const ulong WordAddress = 0x4000_0000 + RamSize - sizeof(ulong);

    public static readonly GuestAddress Distributor = new(0x0800_0000);
    public static readonly GuestAddress Redistributors = new(0x1000_0000);

    /// <summary>When a guest counts as hung.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly GuestRam _ram = GuestRam.Allocate(RamSize);
    private readonly Timer _watchdog;
    private volatile bool _isLate;
    private ulong _next;

    public SelfTestMachine(IEngine engine)
    {
        Partition = engine.CreatePartition(new PartitionOptions(1, Distributor, Redistributors));
        Partition.Map(MemoryLayout.LowRamBase, _ram.Address, RamSize, MemoryProtection.Read | MemoryProtection.Write | MemoryProtection.Execute);
        Vcpu = Partition.CreateVcpu(0);
        _watchdog = new Timer(_ => Interrupt());
    }

    public IPartition Partition { get; }

    public IVcpu Vcpu { get; }

    /// <summary>How often the guest's WFI came out.</summary>
    public int Waits { get; private set; }

    /// <summary>How often the virtual timer came out.</summary>
    public int TimerExits { get; private set; }

    /// <summary>How often a run came back for nothing.</summary>
    public int Cancellations { get; private set; }

    /// <summary>Puts a program into RAM and the PC at it.</summary>
    public void Load(ReadOnlySpan<uint> program)
    {
        // A place of its own for each: none is run over the remains of another in an instruction cache.
        // SAFETY: the programs of one self-test are a few, of less than a page each.
        ulong offset = _next;
        _next += 0x1000;
        program.CopyTo(new Span<uint>((byte*)_ram.Address + offset, program.Length));
        Vcpu.WriteRegister(VcpuRegister.PC, MemoryLayout.LowRamBase.Value + offset);
    }

    /// <summary>The last word of RAM.</summary>
    // SAFETY: it lies within the RAM, and no vCPU runs while this thread is here.
    public ulong Word
    {
        get => *(ulong*)(_ram.Address + (nint)RamSize - sizeof(ulong));
        set => *(ulong*)(_ram.Address + (nint)RamSize - sizeof(ulong)) = value;
    }

    public ulong this[int register]
    {
        get => Vcpu.ReadRegister(VcpuRegister.X0 + (byte)register);
        set => Vcpu.WriteRegister(VcpuRegister.X0 + (byte)register, value);
    }

    /// <summary>Runs to the next exit that is an answer to something.</summary>
    /// <exception cref="SelfTestException">There was another, or none in time.</exception>
    public void RunTo(VcpuExitKind kind, ulong value = 0) => RunTo(kind, value, VcpuEntry.Resume);

    /// <inheritdoc cref="RunTo(VcpuExitKind, ulong)"/>
    /// <param name="kind">The kind of exit.</param>
    /// <param name="value">Its value.</param>
    /// <param name="entry">The answer to the exit before.</param>
    public void RunTo(VcpuExitKind kind, ulong value, VcpuEntry entry)
    {
        _watchdog.Change(Limit, Timeout.InfiniteTimeSpan);
        while (true)
        {
            VcpuExit exit = Vcpu.Run(entry);
            entry = VcpuEntry.Resume;
            if (exit.Kind == kind && exit.Value == value) break;
            switch (exit.Kind)
            {
                case VcpuExitKind.Canceled when _isLate: throw new SelfTestException($"the guest did nothing for {Limit.TotalSeconds} s; PC 0x{Vcpu.ReadRegister(VcpuRegister.PC):x}");
                case VcpuExitKind.Canceled: Cancellations++; break;
                case VcpuExitKind.VirtualTimer: TimerExits++; break;
                case VcpuExitKind.WaitForInterrupt:
                    Waits++;
                    Thread.Sleep(1);
                    break;
                default: throw new SelfTestException($"unexpected exit {exit.Kind}, address 0x{exit.Address:x}, value 0x{exit.Value:x}, PC 0x{Vcpu.ReadRegister(VcpuRegister.PC):x}");
            }
        }

        _watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose()
    {
        using (var stopped = new ManualResetEvent(false))
        {
            if (_watchdog.Dispose(stopped)) stopped.WaitOne();
        }

        Vcpu.Dispose();
        Partition.Unmap(MemoryLayout.LowRamBase, RamSize);
        Partition.Dispose();
        _ram.Dispose();
    }

    private void Interrupt()
    {
        _isLate = true;
        Vcpu.RequestExit();
    }
}

/// <summary>A step of the self-test went otherwise than it has to.</summary>
internal sealed class SelfTestException(string message) : Exception(message);

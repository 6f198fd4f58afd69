using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software;

/// <summary>A vCPU: its state in unmanaged memory, and the dispatcher that runs blocks.</summary>
internal sealed unsafe partial class SoftwareVcpu : IVcpu
{
    private readonly GCHandle _handle;
    private readonly Parker _parker = new();
    private readonly Op* _step;
    private readonly BlockVerifier? _verifier;
    private volatile bool _isInGuest;
    private long _passes;

    public SoftwareVcpu(SoftwarePartition partition)
    {
        Partition = partition;
        _handle = GCHandle.Alloc(this);
        Cpu = (Cpu*)NativeMemory.AlignedAlloc((nuint)sizeof(Cpu), 64);
        NativeMemory.Clear(Cpu, (nuint)sizeof(Cpu));
        Tlb.Create(Cpu);
        _step = Table<Op>(4);
        Cpu->Step = Table<Op>(2);
        Cpu->Step[1] = BlockBuilder.StepEnd;
        Cpu->Self = GCHandle.ToIntPtr(_handle);
        Reset();
        if (partition.Verification is not { } verification) return;
        _verifier = new BlockVerifier(this, verification);
        Raise(Signal.Step);
    }

    /// <summary>The state. Other threads touch nothing but <see cref="Cpu.Signals"/>, and write tags on their way down.</summary>
    public Cpu* Cpu { get; private set; }

    /// <summary>Which redistributor and timers are its own; the guest reads it in MPIDR_EL1.Aff0. Set once, by <see cref="SoftwarePartition.Attach"/>.</summary>
    public int Index
    {
        get;
        set
        {
            field = value;
            Cpu->Sys.MPIDR_EL1 = 0x8000_0000 | (uint)value;
        }
    }

    public SoftwarePartition Partition { get; }

    public VcpuTimers Timers => Partition.Timers[Index];

    /// <summary>Whether the thread is, or may at any moment be, inside a block.</summary>
    public bool IsInGuest
    {
        get => _isInGuest;
        set => _isInGuest = value;
    }

    /// <summary>How many times the thread has been through its dispatcher.</summary>
    public long Passes => Volatile.Read(ref _passes);

    /// <summary>What the current run returns, once the handler that set it has returned null.</summary>
    public VcpuExit? Exit { get; set; }

    /// <summary>The copies of memory that a block is run on for comparison; null whenever it is run in earnest.</summary>
    public ShadowMemory? Shadow { get; set; }

    /// <summary>What was thrown below translated code, to be thrown again above it.</summary>
    public Exception? Failure { get; set; }

    public void RequestExit() => Raise(Signal.Exit);

    /// <summary>Sets a signal and wakes the vCPU from WFI. Any thread.</summary>
    public void Raise(Signal signal)
    {
        Interlocked.Or(ref Cpu->Signals, (int)signal);
        _parker.Unpark();
    }

    /// <summary>Clears a signal. Any thread.</summary>
    public void Lower(Signal signal) => Interlocked.And(ref Cpu->Signals, ~(int)signal);

    public ulong ReadRegister(VcpuRegister register) => register switch
    {
        <= VcpuRegister.X30 => Cpu->X[(int)register],
        VcpuRegister.PC => Cpu->Pc,
        VcpuRegister.PSTATE => ProcessState.Get(Cpu),
        VcpuRegister.SP_EL1 => Cpu->SpSel != 0 && Cpu->El != 0 ? Cpu->X[Software.Cpu.SP] : Cpu->Sys.SP_EL1,
        VcpuRegister.ESR_EL1 => Cpu->Sys.ESR_EL1,
        VcpuRegister.FAR_EL1 => Cpu->Sys.FAR_EL1,
        VcpuRegister.ELR_EL1 => Cpu->Sys.ELR_EL1,
        _ => throw new ArgumentOutOfRangeException(nameof(register), register, "no such register"),
    };

    public void WriteRegister(VcpuRegister register, ulong value)
    {
        switch (register)
        {
            case <= VcpuRegister.X30: Cpu->X[(int)register] = value; break;
            case VcpuRegister.PC:
                Cpu->Pc = value;
                ForgetAccess();
                break;
            case VcpuRegister.PSTATE:
                if (!ProcessState.IsLegal((uint)value)) throw new ArgumentOutOfRangeException(nameof(value), value, "PSTATE must describe AArch64 at EL0t, EL1t or EL1h");
                ProcessState.Set(Cpu, (uint)value);
                break;
            case VcpuRegister.SP_EL1 when Cpu->SpSel != 0 && Cpu->El != 0: Cpu->X[Software.Cpu.SP] = value; break;
            case VcpuRegister.SP_EL1: Cpu->Sys.SP_EL1 = value; break;
            case VcpuRegister.ESR_EL1: Cpu->Sys.ESR_EL1 = value; break;
            case VcpuRegister.FAR_EL1: Cpu->Sys.FAR_EL1 = value; break;
            case VcpuRegister.ELR_EL1: Cpu->Sys.ELR_EL1 = value; break;
            default: throw new ArgumentOutOfRangeException(nameof(register), register, "no such register");
        }
    }

    public void Dispose()
    {
        Partition.Vcpus.Remove(this);
        Partition.Statistics?.Add(Cpu->Counters);
        _verifier?.Dispose();
        Tlb.Dispose(Cpu);
        NativeMemory.AlignedFree(_step);
        NativeMemory.AlignedFree(Cpu->Step);
        NativeMemory.AlignedFree(Cpu);
        Cpu = null;
        _handle.Free();
    }

    /// <summary>The state after power-on: EL1h, everything masked, MMU off.</summary>
    private void Reset()
    {
        Cpu->ExclusiveAddress = Software.Cpu.NoReservation;
        Cpu->Sys.SCTLR_EL1 = Sctlr.RES1;
        Cpu->El = 1;
        Cpu->SpSel = 1;
        ProcessState.SetLevel(Cpu, 1, 1);
        ProcessState.SetDaif(Cpu, ProcessState.AllMasked);
        Tlb.Flush(Cpu);
    }

    private static T* Table<T>(int count)
        where T : unmanaged
    {
        T* table = (T*)NativeMemory.AlignedAlloc((nuint)count * (nuint)sizeof(T), 64);
        NativeMemory.Clear(table, (nuint)count * (nuint)sizeof(T));
        return table;
    }
}

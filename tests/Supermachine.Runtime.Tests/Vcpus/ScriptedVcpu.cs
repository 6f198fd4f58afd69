namespace Supermachine.Runtime.Tests;

/// <summary>
/// A vCPU whose guest is a C# iterator: each yielded exit is what the guest does next, <see cref="Answer"/> is what came of the last.
/// Writing the PC begins the program of that vCPU again, as CPU_ON does. Complains about calls from a thread that does not own it.
/// </summary>
internal sealed class ScriptedVcpu(int index, Func<ScriptedVcpu, IEnumerable<VcpuExit>> program) : IVcpu
{
    /// <summary>The guest sleeps until somebody requests an exit, and goes on after that.</summary>
    public static readonly VcpuExit Sleep = new(VcpuExitKind.Canceled, Address: ulong.MaxValue);

    private readonly ulong[] _registers = new ulong[64];
    private readonly object _gate = new();
    private readonly int _owner = Environment.CurrentManagedThreadId;
    private IEnumerator<VcpuExit>? _guest;
    private bool _exitRequested;

    public int Index => index;

    public VcpuEntry Answer { get; private set; }

    public ulong this[VcpuRegister register]
    {
        get => _registers[(int)register];
        set => _registers[(int)register] = value;
    }

    public int Starts { get; private set; }

    public int Applied { get; private set; }

    public bool IsDisposed { get; private set; }

    public static VcpuExit Call(ScriptedVcpu vcpu, ulong function, ulong a1 = 0, ulong a2 = 0, ulong a3 = 0)
    {
        ReadOnlySpan<ulong> arguments = [function, a1, a2, a3];
        arguments.CopyTo(vcpu._registers);
        return new VcpuExit(VcpuExitKind.FirmwareCall);
    }

    public VcpuExit Run(VcpuEntry entry)
    {
        CheckOwner();
        if (entry.Kind != VcpuEntryKind.Resume) Answer = entry;
        if (TakeExitRequest()) return default;
        _guest ??= program(this).GetEnumerator();
        if (!_guest.MoveNext()) return new VcpuExit(VcpuExitKind.Fault, Address: 0xdead, Value: 0xbad);
        return _guest.Current == Sleep ? SleepUntilExit() : _guest.Current;
    }

    public ulong ReadRegister(VcpuRegister register)
    {
        CheckOwner();
        return this[register];
    }

    public void WriteRegister(VcpuRegister register, ulong value)
    {
        CheckOwner();
        this[register] = value;
        if (register != VcpuRegister.PC) return;
        _guest = null;
        Starts++;
    }

    public VcpuState Capture()
    {
        CheckOwner();
        return new VcpuState([.. _registers.Select((value, i) => KeyValuePair.Create($"R{i}", (UInt128)value))]);
    }

    public void Apply(VcpuState state)
    {
        CheckOwner();
        for (int i = 0; i < _registers.Length; i++) _registers[i] = (ulong)state.Registers[i].Value;
        Applied++;
    }

    public void RequestExit()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            _exitRequested = true;
            Monitor.PulseAll(_gate);
        }
    }

    public void Dispose()
    {
        CheckOwner();
        lock (_gate) IsDisposed = true;
    }

    private VcpuExit SleepUntilExit()
    {
        lock (_gate)
        {
            while (!_exitRequested) Monitor.Wait(_gate);
            _exitRequested = false;
        }

        return default;
    }

    private bool TakeExitRequest()
    {
        lock (_gate)
        {
            bool requested = _exitRequested;
            _exitRequested = false;
            return requested;
        }
    }

    private void CheckOwner()
    {
        if (Environment.CurrentManagedThreadId != _owner) throw new InvalidOperationException("called by a thread that does not own the vCPU");
        ObjectDisposedException.ThrowIf(IsDisposed, this);
    }
}

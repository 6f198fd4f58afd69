using System.Runtime.CompilerServices;

namespace Supermachine.Runtime;

/// <summary>Where a vCPU that is turned on begins: entry point and context, in the words of CPU_ON.</summary>
internal readonly record struct VcpuStart(ulong EntryPoint, ulong Context);

/// <summary>The power states of PSCI (DEN0022D, 6.6): which vCPUs run, and what a turned-on one begins with.</summary>
/// <param name="count">How many vCPUs there are.</param>
internal sealed class VcpuPower(int count) : ISnapshotParticipant<VcpuPowerState>
{
    private readonly Lock _gate = new();
    private readonly PowerState[] _states = new PowerState[count];
    private readonly VcpuStart[] _starts = new VcpuStart[count];

    /// <summary>How many vCPUs there are.</summary>
    public int Count => _states.Length;

    /// <summary>Called, without locks, with the index of a vCPU that has been turned on and must take its start.</summary>
    public Action<int>? Started { get; set; }

    public PowerState this[int index]
    {
        get
        {
            lock (_gate) return _states[index];
        }
    }

    /// <summary>Whether every vCPU is off, and nobody is left who could turn one on.</summary>
    public bool IsAllOff
    {
        get
        {
            lock (_gate) return !_states.AsSpan().ContainsAnyExcept(PowerState.Off);
        }
    }

    /// <summary>Whether the calling vCPU runs. Only its own thread moves it from and to <see cref="PowerState.On"/> during a run, so no lock is needed.</summary>
    public bool IsOn(int index) => Volatile.Read(ref Unsafe.As<PowerState, byte>(ref _states[index])) == (byte)PowerState.On;

    /// <summary>Power-on: vCPU 0 is about to start, the others are off.</summary>
    public void Reset(VcpuStart boot)
    {
        lock (_gate)
        {
            Array.Clear(_states);
            (_states[0], _starts[0]) = (PowerState.OnPending, boot);
        }
    }

    /// <summary>Turns a vCPU on. Of several callers exactly one finds it off.</summary>
    /// <returns>The state it was in; it has been turned on only when that was <see cref="PowerState.Off"/>.</returns>
    public PowerState TurnOn(int index, VcpuStart start)
    {
        PowerState before;
        lock (_gate)
        {
            before = _states[index];
            if (before == PowerState.Off) (_states[index], _starts[index]) = (PowerState.OnPending, start);
        }

        if (before == PowerState.Off) Started?.Invoke(index);
        return before;
    }

    /// <summary>Turns the calling vCPU off.</summary>
    public void TurnOff(int index)
    {
        lock (_gate) _states[index] = PowerState.Off;
    }

    /// <summary>Takes the start of a vCPU that has been turned on. Called by its own thread.</summary>
    public bool TryTakeStart(int index, out VcpuStart start)
    {
        lock (_gate)
        {
            start = _starts[index];
            if (_states[index] != PowerState.OnPending) return false;
            _states[index] = PowerState.On;
            return true;
        }
    }

    public VcpuPowerState Save()
    {
        lock (_gate) return new VcpuPowerState([.. _states], [.. _starts]);
    }

    public void Restore(VcpuPowerState state)
    {
        if (state.States.Count != Count) throw new InvalidDataException($"the state is of {state.States.Count} vCPUs, this machine has {Count}");
        lock (_gate)
        {
            for (int i = 0; i < Count; i++) (_states[i], _starts[i]) = (state.States[i], state.Starts[i]);
        }
    }
}

/// <summary>The states of AFFINITY_INFO (DEN0022D, 5.7), in an order of our own: zero is off.</summary>
internal enum PowerState : byte
{
    /// <summary>Off.</summary>
    Off = 0,

    /// <summary>Turned on, not yet running.</summary>
    OnPending = 1,

    /// <summary>Running.</summary>
    On = 2,
}

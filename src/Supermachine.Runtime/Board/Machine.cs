using Microsoft.Extensions.Logging;

namespace Supermachine.Runtime;

/// <summary>
/// A machine, put together by a <see cref="MachineBuilder"/>. <see cref="Run"/> and <see cref="DisposeAsync"/> are called by one thread
/// at a time, the machine's own; <see cref="RequestStop"/> by any.
/// </summary>
public sealed class Machine : IAsyncDisposable
{
    private readonly Hardware _hardware;
    private readonly BoardDescription _board;
    private readonly GuestClock _guestTime;
    private readonly MachineServices _services;
    private readonly ILogger _logger;
    private readonly VcpuSet _vcpus;
    private readonly MachineParts _parts;
    private bool _isPoweredOn;
    private bool _hasRun;
    private int _busy;
    private IAsyncDisposable? _holdings;
    private bool _disposed;

    internal Machine(Hardware hardware, BoardDescription board, MmioBus bus, GuestClock guestTime, MemoryLayout layout, MachineServices services)
    {
        (_hardware, _board, _guestTime, Layout, _services) = (hardware, board, guestTime, layout, services);
        _logger = services.Loggers.CreateLogger("machine");
        _parts = new MachineParts(board.Devices, _logger);
        var power = new VcpuPower(board.VcpuCount);
        var factory = new VcpuFactory(hardware.Partition, services.CanCaptureVcpu);
        var registers = new SystemRegisters(_logger);
        _vcpus = new VcpuSet(
            factory,
            power,
            events => new ExitDispatcher(bus, new Psci(power, address => hardware.Memory.Contains(address, sizeof(uint)), events), registers, events),
            _logger);
    }

    /// <summary>Where everything lies, and which interrupts it has.</summary>
    public MemoryLayout Layout { get; }

    /// <summary>The name from the settings.</summary>
    public string Name => _services.Settings.Name;

    /// <summary>The parts, for a capture between runs.</summary>
    internal MachineParts Parts => _parts;

    /// <summary>The vCPUs, for a capture between runs.</summary>
    internal VcpuSet Vcpus => _vcpus;

    /// <summary>The partition and memory, for a capture between runs.</summary>
    internal Hardware Hardware => _hardware;

    /// <summary>
    /// Runs the guest until it ends or a stop is asked for; blocks meanwhile. After <see cref="MachineEnding.Stopped"/> the machine is
    /// paused and another run goes on; after every other ending another run boots anew.
    /// </summary>
    /// <exception cref="KernelLoadException">At a boot after the first: the images can no longer be loaded.</exception>
    public MachineOutcome Run(CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Interlocked.Exchange(ref _busy, 1) != 0) throw new InvalidOperationException($"machine \"{Name}\" is already running");
        try
        {
            using CancellationTokenRegistration registration = cancellation.Register(RequestStop);
            while (true)
            {
                if (!_isPoweredOn) PowerOn();
                MachineOutcome outcome = RunOnce();
                _isPoweredOn = outcome.Ending == MachineEnding.Stopped;
                if (outcome.Ending != MachineEnding.Reset || _services.Settings.OnReset != ResetPolicy.Restart) return outcome;
                _logger.LogInformation("the guest asked for a reset: booting again");
            }
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    /// <summary>Ends the run with <see cref="MachineEnding.Stopped"/>, or the next run as soon as it begins. Any thread; does not wait.</summary>
    public void RequestStop() => _vcpus.Stop();

    /// <summary>Ends vCPUs, parts, partition and memory, in this order. Not while running.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        if (Volatile.Read(ref _busy) != 0) throw new InvalidOperationException($"machine \"{Name}\" is running");
        _disposed = true;
        _vcpus.Dispose();
        await _parts.DisposeAsync().ConfigureAwait(false);
        _hardware.Dispose();
        if (_holdings is not null) await _holdings.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Has something disposed of after the machine: what was made for it and is not a part of it.</summary>
    internal void DisposeWith(IAsyncDisposable holdings) => _holdings = holdings;

    /// <summary>Goes to the state of a machine just switched on, with the boot images in memory.</summary>
    internal void PowerOn()
    {
        if (!_hasRun) _vcpus.Create();
        _parts.Reset();
        if (_hasRun)
        {
            _hardware.Partition.InterruptController.Reset();
            _hardware.ClearRam();
        }
        else _services.Timeline?.Mark(StartupStep.Built);

        _hasRun = true;
        if (_services.Boot is null) return;
        LoadedImages images = BootLoader.Load(_board, _hardware.Memory, _services.Boot);
        _vcpus.Power.Reset(new VcpuStart(images.Entry.Value, images.DeviceTree.Value));
        _services.Timeline?.Mark(StartupStep.Loaded);
        _isPoweredOn = true;
    }

    private MachineOutcome RunOnce()
    {
        if (_vcpus.Power.IsAllOff) throw new InvalidOperationException($"machine \"{Name}\" has nothing to run: no kernel was given");
        _parts.Start();
        _services.Timeline?.Mark(StartupStep.PartsStarted);
        _guestTime.Start();
        try
        {
            return _vcpus.Run(OnLaunched);
        }
        finally
        {
            _guestTime.Stop();
            _parts.Stop();
        }
    }

    private void OnLaunched()
    {
        _services.Timeline?.Mark(StartupStep.VcpusLaunched);
        _logger.LogInformation("vCPU launched ({Count} total), dispatch loop running", _board.VcpuCount);
    }
}

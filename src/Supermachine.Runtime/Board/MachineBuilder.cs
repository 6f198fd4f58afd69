using Microsoft.Extensions.Logging;

namespace Supermachine.Runtime;

/// <summary>
/// Puts a machine together: the board every machine has, and devices in the order they are added, which decides their addresses and
/// interrupt numbers. Used by one thread, for one machine.
/// </summary>
public sealed class MachineBuilder
{
    private const string SerialName = "uart0";
    private const string ClockName = "rtc0";

    private readonly IEngine _engine;
    private readonly MachineSettings _settings;
    private readonly ILoggerFactory _loggers;
    private readonly TimeProvider _wallTime;
    private readonly GuestMemory _memory = new();
    private readonly GuestClock _guestTime;
    private readonly DeviceMap _devices;
    private readonly Dictionary<string, DeviceContext> _contexts = [];
    private readonly Pl011Device _serial;
    private BootOptions? _boot;
    private bool _built;

    /// <summary>Begins a machine.</summary>
    /// <exception cref="ArgumentException">The settings ask for what the engine does not have; the message names the value.</exception>
    public MachineBuilder(IEngine engine, MachineSettings settings, ILoggerFactory loggers, TimeProvider wallTime)
    {
        MachineChecks.Check(engine.Capabilities, settings);
        (_engine, _settings, _loggers, _wallTime) = (engine, settings, loggers, wallTime);
        _guestTime = new GuestClock(wallTime);
        _devices = new DeviceMap(engine.Capabilities.InterruptController);
        _serial = new Pl011Device(Context(SerialName, () => _devices.SerialIntid));
        _devices.AddFixed(SerialName, MemoryLayout.Serial, _serial, LinesOf(SerialName));
        var clock = new Pl031Device(Context(ClockName, () => _devices.ClockIntid));
        _devices.AddFixed(ClockName, MemoryLayout.Clock, clock, LinesOf(ClockName));
    }

    /// <summary>Where the seeds of the guest's randomness come from. The host's own generator by default.</summary>
    public EntropySource Entropy { get; set; } = HostEntropy.Fill;

    /// <summary>Takes the marks of the start.</summary>
    public IStartupTimeline? Timeline { get; set; }

    /// <summary>Where everything added so far will lie. Needs nothing of the engine but its capabilities, so it serves <c>describe</c>.</summary>
    public MemoryLayout Layout => _devices.Layout(_settings);

    /// <summary>What the device called <paramref name="partName"/> may touch of the machine.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public IDeviceContext CreateContext(string partName) => Context(partName, _devices.NextDeviceIntid);

    /// <summary>Puts a device on the bus.</summary>
    /// <exception cref="ArgumentException">The name is taken, the window is misshapen, or there is no room; the message names the device.</exception>
    public void AddDevice(string partName, IMmioDevice device)
    {
        ObjectDisposedException.ThrowIf(_built, this);
        _devices.Add(partName, device, LinesOf(partName));
    }

    /// <summary>What is behind the first serial port. Without one the guest's output is dropped.</summary>
    public void UseConsole(IConsoleBackend console) => _serial.Connect(console);

    /// <summary>What the guest boots.</summary>
    public void UseBoot(BootOptions boot) => _boot = boot;

    /// <summary>Creates the partition, its memory and its vCPUs, and loads the boot images. Once.</summary>
    /// <exception cref="KernelLoadException">The kernel or the initrd cannot be booted.</exception>
    /// <exception cref="InvalidOperationException">The engine refuses.</exception>
    public Machine Build()
    {
        ObjectDisposedException.ThrowIf(_built, this);
        _built = true;
        var hardware = Hardware.Create(_engine, _settings, _memory);
        Machine? machine = null;
        try
        {
            machine = Assemble(hardware);
            machine.PowerOn();
            return machine;
        }
        catch
        {
            machine?.Vcpus.Dispose();
            hardware.Dispose();
            throw;
        }
    }

    private Machine Assemble(Hardware hardware)
    {
        EngineCapabilities capabilities = _engine.Capabilities;
        IInterruptController controller = hardware.Partition.InterruptController;
        foreach (DeviceContext context in _contexts.Values) context.Close(controller);
        var bus = new MmioBus(_wallTime);
        foreach (BoardDevice device in _devices.Devices) bus.Add(device.Name, device.Address, device.Device, _loggers.CreateLogger(device.Name));
        var board = new BoardDescription(
            _settings.VcpuCount, _settings.RamBase, _settings.Memory.Bytes, capabilities.InterruptController,
            controller.Timers, _devices.Devices, Entropy);
        var services = new MachineServices(_settings, _boot, capabilities.CanCaptureVcpu, _loggers, Timeline);
        return new Machine(hardware, board, bus, _guestTime, Layout, services);
    }

    private DeviceContext Context(string name, Func<uint> nextIntid)
    {
        var context = new DeviceContext(name, _loggers.CreateLogger(name), _memory, _guestTime, _wallTime, nextIntid);
        if (!_contexts.TryAdd(name, context)) throw new ArgumentException($"device \"{name}\": the name is taken");
        return context;
    }

    private IReadOnlyList<InterruptLine> LinesOf(string name) => _contexts.TryGetValue(name, out DeviceContext? context) ? context.Lines : [];
}

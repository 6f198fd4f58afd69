using Microsoft.Extensions.Logging;

namespace Supermachine.Runtime;

/// <summary>What the board gives a device.</summary>
internal sealed class DeviceContext(string name, ILogger logger, IGuestMemory memory, TimeProvider guestTime, TimeProvider wallTime, Func<uint> nextIntid)
    : IDeviceContext
{
    private readonly List<InterruptLine> _lines = [];
    private bool _closed;

    public string Name => name;

    public ILogger Logger => logger;

    public IGuestMemory Memory => memory;

    public TimeProvider GuestTime => guestTime;

    public TimeProvider WallTime => wallTime;

    public IReadOnlyList<InterruptLine> Lines => _lines;

    public IInterruptLine Interrupt(string label)
    {
        if (_lines.Find(line => line.Label == label) is { } known) return known;
        if (_closed) throw new InvalidOperationException($"device \"{name}\" asks for the interrupt line \"{label}\" after the machine was built");
        var line = new InterruptLine(label, nextIntid());
        _lines.Add(line);
        return line;
    }

    /// <summary>Connects the lines; from here on there are no new ones, because the device tree has been told.</summary>
    public void Close(IInterruptController controller)
    {
        _closed = true;
        foreach (InterruptLine line in _lines) line.Connect(controller);
    }
}

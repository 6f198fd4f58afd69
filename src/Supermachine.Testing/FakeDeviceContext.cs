using Microsoft.Extensions.Logging;

namespace Supermachine.Testing;

/// <summary>A device's surroundings made of the fakes of this library.</summary>
/// <param name="memory">The guest's memory; 1 MiB of <see cref="FakeGuestMemory"/> unless given.</param>
/// <param name="name">The part's name.</param>
public sealed class FakeDeviceContext(IGuestMemory? memory = null, string name = "part0") : IDeviceContext
{
    private readonly Dictionary<string, FakeInterruptLine> lines = [];

    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <summary>What the device logged.</summary>
    public RecordingLogger Log { get; } = new();

    /// <inheritdoc/>
    public IGuestMemory Memory { get; } = memory ?? new FakeGuestMemory(1 << 20);

    /// <summary>The guest's clock, moved by hand.</summary>
    public ManualTimeProvider GuestTime { get; } = new();

    /// <summary>The host's wall clock, moved by hand.</summary>
    public ManualTimeProvider WallTime { get; } = new();

    /// <summary>The lines the device asked for, by label.</summary>
    public IReadOnlyDictionary<string, FakeInterruptLine> Lines => lines;

    ILogger IDeviceContext.Logger => Log;

    TimeProvider IDeviceContext.GuestTime => GuestTime;

    TimeProvider IDeviceContext.WallTime => WallTime;

    /// <summary>The line of a label, made at the first call.</summary>
    public FakeInterruptLine Line(string label)
    {
        if (!lines.TryGetValue(label, out FakeInterruptLine? line)) lines[label] = line = new FakeInterruptLine();
        return line;
    }

    IInterruptLine IDeviceContext.Interrupt(string label) => Line(label);
}

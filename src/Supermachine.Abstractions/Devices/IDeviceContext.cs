using Microsoft.Extensions.Logging;

namespace Supermachine;

/// <summary>All that a device may touch of its machine. Handed to the device's factory; valid until the machine is disposed of.</summary>
public interface IDeviceContext
{
    /// <summary>The part's name: the <c>id</c> of the machine file.</summary>
    string Name { get; }

    /// <summary>Logs under the part's name.</summary>
    ILogger Logger { get; }

    /// <summary>The guest's memory.</summary>
    IGuestMemory Memory { get; }

    /// <summary>The guest's monotonic time: stands still while the machine does.</summary>
    TimeProvider GuestTime { get; }

    /// <summary>The host's wall clock.</summary>
    TimeProvider WallTime { get; }

    /// <summary>One of the device's own interrupt lines. The board chooses its number; asking again for a label gives the same line.</summary>
    /// <param name="label">What the line is for, unique within the device; shown by <c>describe</c>.</param>
    IInterruptLine Interrupt(string label);
}

/// <summary>
/// A level-sensitive interrupt line. Derive the level from the device's state in one place and set it after every access and
/// after a restore; setting the level it already has is cheap and harmless. Any thread may call.
/// </summary>
public interface IInterruptLine
{
    /// <summary>The level last set.</summary>
    bool IsAsserted { get; }

    /// <summary>Sets the level.</summary>
    void SetLevel(bool asserted);
}

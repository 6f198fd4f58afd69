namespace Supermachine.Virtio;

/// <summary>A virtio device with its state. This is what an author derives from.</summary>
/// <typeparam name="TState">
/// The device's own state, with field numbers below <see cref="VirtioTransportState.FirstField"/>; its schema names the whole part.
/// </typeparam>
/// <param name="context">What the device may touch of its machine.</param>
public abstract class VirtioDevice<TState>(IDeviceContext context) : VirtioDevice(context), ISnapshotParticipant
    where TState : ISnapshotState<TState>
{
    /// <summary>Captures the device's own state, or applies one that was validated. Used only while stopped.</summary>
    protected abstract TState State { get; set; }

    /// <inheritdoc/>
    public SnapshotSchema Schema => TState.Schema;

    /// <inheritdoc/>
    public void Save(SnapshotWriter writer)
    {
        lock (Gate)
        {
            if (InFlight != 0) throw new InvalidOperationException($"{Context.Name}: cannot be captured with {InFlight} requests in flight");
            writer.State(State);
            writer.State(Transport.Save());
        }
    }

    /// <inheritdoc/>
    /// <remarks>Every ready queue is handled at the next <see cref="VirtioDevice.Start"/>, so nothing that was available is forgotten.</remarks>
    public void Restore(SnapshotReader reader)
    {
        TState state = reader.State<TState>();
        VirtioTransportState transportState = VirtioTransportState.ReadFrom(reader);
        lock (Gate)
        {
            Transport.Check(transportState);
            State = state;
            Transport.Restore(transportState);
        }
    }
}

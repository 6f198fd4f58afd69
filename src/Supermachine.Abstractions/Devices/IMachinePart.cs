namespace Supermachine;

/// <summary>
/// A part that takes part in the machine's life. Optional: asked for once at composition, called by the machine's own thread.
/// The order is Reset, Start, (run), StopAsync, and from there Reset or Start again.
/// </summary>
public interface IMachinePart
{
    /// <summary>Goes back to the power-on state. Only called while stopped; every queue, line and register forgets the guest.</summary>
    void Reset();

    /// <summary>Starts host work (threads, timers). Must not block.</summary>
    void Start() { }

    /// <summary>
    /// Stops host work in bounded time without draining a stalled host descriptor. Once it completes the part writes no guest
    /// memory and changes no line until the next <see cref="Start"/>.
    /// </summary>
    ValueTask StopAsync() => ValueTask.CompletedTask;
}

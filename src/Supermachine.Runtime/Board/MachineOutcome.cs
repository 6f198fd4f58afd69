namespace Supermachine.Runtime;

/// <summary>How a run of a machine ended.</summary>
/// <param name="Ending">The sort of ending.</param>
/// <param name="Message">For <see cref="MachineEnding.GuestFault"/>: what happened, naming vCPU, PC and syndrome. Null otherwise.</param>
/// <param name="Cause">The exception behind a fault, when there was one.</param>
public sealed record MachineOutcome(MachineEnding Ending, string? Message = null, Exception? Cause = null)
{
    /// <summary>The guest powered off.</summary>
    public static MachineOutcome PoweredOff { get; } = new(MachineEnding.PoweredOff);

    /// <summary>The guest asked for a reset, and the policy is to exit.</summary>
    public static MachineOutcome Reset { get; } = new(MachineEnding.Reset);

    /// <summary>The host asked for a stop.</summary>
    public static MachineOutcome Stopped { get; } = new(MachineEnding.Stopped);

    /// <summary>The guest cannot go on.</summary>
    public static MachineOutcome GuestFault(string message, Exception? cause = null) => new(MachineEnding.GuestFault, message, cause);
}

/// <summary>The sorts of endings.</summary>
public enum MachineEnding
{
    /// <summary>PSCI SYSTEM_OFF.</summary>
    PoweredOff = 0,

    /// <summary>PSCI SYSTEM_RESET under <see cref="ResetPolicy.Exit"/>.</summary>
    Reset = 1,

    /// <summary><see cref="Machine.RequestStop"/> or the cancellation of the run. The machine is paused: another run goes on where it stopped.</summary>
    Stopped = 2,

    /// <summary>An exit that no engine should give, an exception on a vCPU thread, or a guest without a running vCPU.</summary>
    GuestFault = 3,
}

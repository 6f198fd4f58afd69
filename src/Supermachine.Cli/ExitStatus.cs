namespace Supermachine.Cli;

/// <summary>What the command ends with.</summary>
internal static class ExitStatus
{
    /// <summary>It did what it was asked; of <c>run</c>: the guest powered off.</summary>
    public const int Success = 0;

    /// <summary>It could not, for a reason that a message names.</summary>
    public const int Failure = 1;

    /// <summary>The machine file or the command line is wrong.</summary>
    public const int Definition = 2;

    /// <summary>The guest panicked, or its engine could not go on.</summary>
    public const int GuestFault = 3;
}

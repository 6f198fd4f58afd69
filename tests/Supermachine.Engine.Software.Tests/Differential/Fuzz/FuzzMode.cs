namespace Supermachine.Engine.Software.Differential;

/// <summary>Where a sequence runs.</summary>
internal enum FuzzMode
{
    /// <summary>At EL0, with nothing in it that qemu-aarch64 could not run too.</summary>
    User,

    /// <summary>At EL1, with system registers and system instructions.</summary>
    Kernel,
}

namespace Supermachine.Engine.Software;

/// <summary>When translated code may have the host do the guest's floating-point arithmetic.</summary>
internal enum HostFp : byte
{
    /// <summary>Never: FPCR rounds otherwise than to nearest, or flushes denormals.</summary>
    Never = 0,

    /// <summary>Where the result is exact: the first that is not sets FPSR.IXC, and that is the interpreter's to do.</summary>
    Exact = 1,

    /// <summary>Where the one flag that can come of it is FPSR.IXC, which is up.</summary>
    Always = 2,
}

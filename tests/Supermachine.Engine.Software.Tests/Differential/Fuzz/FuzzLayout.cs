namespace Supermachine.Engine.Software.Differential;

/// <summary>Where sequences run and what they reach beside the window of <see cref="CaseLayout"/>.</summary>
internal static class FuzzLayout
{
    /// <summary>The window's two pages at other addresses, the second for reading only. Nothing is mapped around them.</summary>
    public const ulong Fenced = 0x101A_0000;

    /// <summary>The window's two pages once more, for EL1 alone.</summary>
    public const ulong Privileged = 0x101A_8000;

    /// <summary>Two pages of code.</summary>
    public const ulong Code = 0x101C_0000;

    /// <summary>The same two for EL1.</summary>
    public const ulong PrivilegedCode = 0x101C_8000;
}

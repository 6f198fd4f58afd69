using System.Runtime.InteropServices;

namespace Supermachine.Engine.Software.FloatingPoint;

/// <summary>
/// The two registers that floating-point instructions read and accumulate into, in the order a CPU state may embed them.
/// No exception is ever trapped: FPCR.{IOE..IDE} are RES0 on this CPU.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FpContext
{
    /// <summary>FPCR.AHP: half precision without infinities and NaNs.</summary>
    public const uint AHP = 1u << 26;

    /// <summary>FPCR.DN: every NaN result is the default NaN.</summary>
    public const uint DN = 1u << 25;

    /// <summary>FPCR.FZ: denormals are zeros, as inputs and as results.</summary>
    public const uint FZ = 1u << 24;

    /// <summary>FPCR.RMode.</summary>
    public const uint RModeMask = 3u << RModeShift;

    /// <summary>FPSR.IOC: invalid operation.</summary>
    public const uint IOC = 1u << 0;

    /// <summary>FPSR.DZC: division by zero.</summary>
    public const uint DZC = 1u << 1;

    /// <summary>FPSR.OFC: overflow.</summary>
    public const uint OFC = 1u << 2;

    /// <summary>FPSR.UFC: underflow.</summary>
    public const uint UFC = 1u << 3;

    /// <summary>FPSR.IXC: inexact.</summary>
    public const uint IXC = 1u << 4;

    /// <summary>FPSR.IDC: input denormal.</summary>
    public const uint IDC = 1u << 7;

    /// <summary>FPCR.</summary>
    public uint Fpcr;

    /// <summary>FPSR.</summary>
    public uint Fpsr;

    private const int RModeShift = 22;

    /// <summary>FPRoundingMode(FPCR).</summary>
    public readonly FpRounding Rounding => (FpRounding)((Fpcr & RModeMask) >> RModeShift);

    /// <summary>
    /// Whether host arithmetic gives what this context asks for, provided operands and result are normal:
    /// it rounds to nearest, and the one flag that such an operation can raise is up already.
    /// </summary>
    public readonly bool HostArithmetic => (Fpcr & RModeMask) == 0 && (Fpsr & IXC) != 0;

    /// <summary>What translated code may leave to the host.</summary>
    public readonly HostFp HostFp => (Fpcr & (RModeMask | FZ)) != 0 ? HostFp.Never : (Fpsr & IXC) != 0 ? HostFp.Always : HostFp.Exact;

    /// <summary>FPProcessException: cumulative, never trapped.</summary>
    public void Raise(uint flags) => Fpsr |= flags;
}

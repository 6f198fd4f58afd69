using System.Runtime.CompilerServices;
using Supermachine.Engine.Software.FloatingPoint;

namespace Supermachine.Engine.Software;

/// <summary>V registers as lanes of a format, and FPCR and FPSR as the arithmetic takes them.</summary>
internal static unsafe class FloatingPointLane
{
    /// <summary>Op.Ra of conversions that round as FPCR.RMode says at the time.</summary>
    public const byte RoundByFpcr = 0xFF;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong* V(Cpu* cpu, uint register) => cpu->V0 + (register * 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Get<T>(ulong* v, int lane) where T : struct, IFpFormat
    {
        if (typeof(T) == typeof(Binary16)) return ((ushort*)v)[lane];
        return typeof(T) == typeof(Binary32) ? ((uint*)v)[lane] : v[lane];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Set<T>(ulong* v, int lane, ulong value) where T : struct, IFpFormat
    {
        if (typeof(T) == typeof(Binary16)) ((ushort*)v)[lane] = (ushort)value;
        else if (typeof(T) == typeof(Binary32)) ((uint*)v)[lane] = (uint)value;
        else v[lane] = value;
    }

    /// <summary>A scalar result: the rest of the register is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SetScalar(Cpu* cpu, uint register, ulong value)
    {
        ulong* d = V(cpu, register);
        d[0] = value;
        d[1] = 0;
    }

    /// <summary>After the lanes of a vector: a 64-bit one leaves zeros above it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ClearAbove<T>(ulong* v, int lanes) where T : struct, IFpFormat
    {
        if (lanes * FpFormat<T>.Width <= 64) v[1] = 0;
    }

    // SAFETY: FPCR and FPSR lie side by side in Cpu, in this order, which is FpContext's layout.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref FpContext Context(Cpu* cpu) => ref *(FpContext*)&cpu->Fpcr;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FpRounding Rounding(Cpu* cpu, Op* op) => op->Ra == RoundByFpcr ? Context(cpu).Rounding : (FpRounding)op->Ra;

    /// <summary>Rm, Ra, Rn and Rd of floating-point and vector instructions, all V registers.</summary>
    public static void Registers(uint i, Op* op)
    {
        op->Rm = (byte)i.Field(16, 5);
        op->Ra = (byte)i.Field(10, 5);
        op->Rn = (byte)i.Field(5, 5);
        op->Rd = (byte)i.Field(0, 5);
    }

    /// <summary>Lanes of a vector from sz (bit 22) and Q (bit 30); 0 where the pair is reserved.</summary>
    public static ushort Lanes(uint i) => (i.Bit(22), i.Bit(30)) switch
    {
        (false, false) => 2,
        (false, true) => 4,
        (true, true) => 2,
        _ => 0,
    };
}

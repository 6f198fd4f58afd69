using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software.FloatingPoint;

/// <summary>The host's own arithmetic, to nearest even, for operands and results where it cannot differ from the guest's.</summary>
internal static class FpHost<T> where T : struct, IFpFormat
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add(ulong a, ulong b) => IsSingle ? Bits(Single(a) + Single(b)) : Bits(Double(a) + Double(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mul(ulong a, ulong b) => IsSingle ? Bits(Single(a) * Single(b)) : Bits(Double(a) * Double(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Div(ulong a, ulong b) => IsSingle ? Bits(Single(a) / Single(b)) : Bits(Double(a) / Double(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Sqrt(ulong a) => IsSingle ? Bits(MathF.Sqrt(Single(a))) : Bits(Math.Sqrt(Double(a)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong MulAdd(ulong addend, ulong a, ulong b) => IsSingle
        ? Bits(MathF.FusedMultiplyAdd(Single(a), Single(b), Single(addend)))
        : Bits(Math.FusedMultiplyAdd(Double(a), Double(b), Double(addend)));

    /// <summary>Toward zero; the magnitude is under 2^31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Truncate(ulong a) => IsSingle ? (int)Single(a) : (int)Double(a);

    private static bool IsSingle => typeof(T) == typeof(Binary32);

    private static float Single(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static double Double(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    private static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);
}

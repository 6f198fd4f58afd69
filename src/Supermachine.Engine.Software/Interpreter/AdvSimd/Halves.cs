using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>Between elements of one size and elements of twice the size. T is always the wide one.</summary>
// SAFETY: the type tests make every conversion of pointers and vectors one of equal size.
internal static unsafe class Halves
{
    /// <summary>The elements of 64 bits at <paramref name="source"/>, extended by the sign of T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Widen<T>(byte* source)
        where T : unmanaged
    {
        Vector128<ulong> low = Vector128.CreateScalarUnsafe(Unsafe.ReadUnaligned<ulong>(source));
        if (typeof(T) == typeof(ushort)) return Vector128.WidenLower(low.AsByte()).As<ushort, T>();
        if (typeof(T) == typeof(uint)) return Vector128.WidenLower(low.AsUInt16()).As<uint, T>();
        if (typeof(T) == typeof(ulong)) return Vector128.WidenLower(low.AsUInt32()).As<ulong, T>();
        if (typeof(T) == typeof(short)) return Vector128.WidenLower(low.AsSByte()).As<short, T>();
        if (typeof(T) == typeof(int)) return Vector128.WidenLower(low.AsInt16()).As<int, T>();
        return Vector128.WidenLower(low.AsInt32()).As<long, T>();
    }

    /// <summary>One narrow element, extended by the sign of T, in every lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> WidenElement<T>(byte* source, int index)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (typeof(T) == typeof(uint)) return Vector128.Create(T.CreateTruncating(((ushort*)source)[index]));
        if (typeof(T) == typeof(ulong)) return Vector128.Create(T.CreateTruncating(((uint*)source)[index]));
        if (typeof(T) == typeof(int)) return Vector128.Create(T.CreateTruncating(((short*)source)[index]));
        return Vector128.Create(T.CreateTruncating(((int*)source)[index]));
    }

    /// <summary>The low half of each element, in 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Narrow<T>(Vector128<T> value)
        where T : unmanaged => Pack(value, value).AsUInt64().ToScalar();

    /// <summary>The low halves of the elements of two vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Pack<T>(Vector128<T> low, Vector128<T> high)
        where T : unmanaged
    {
        if (sizeof(T) == 2) return Vector128.Narrow(low.AsUInt16(), high.AsUInt16()).As<byte, T>();
        if (sizeof(T) == 4) return Vector128.Narrow(low.AsUInt32(), high.AsUInt32()).As<ushort, T>();
        return Vector128.Narrow(low.AsUInt64(), high.AsUInt64()).As<uint, T>();
    }
}

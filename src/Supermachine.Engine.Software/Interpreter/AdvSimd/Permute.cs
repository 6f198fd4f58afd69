using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>
/// ZIP, UZP and TRN of two vectors of unsigned elements, by way of elements of twice the size. The 64-bit forms are those of the
/// 128-bit ones after the operands are arranged.
/// </summary>
// SAFETY: the size tests make every reinterpretation one of equal size.
internal static unsafe class Permute
{
    /// <summary>The low halves interleaved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ZipLower<T>(Vector128<T> n, Vector128<T> m)
        where T : unmanaged
    {
        if (sizeof(T) == 1) return (Vector128.WidenLower(n.AsByte()) | Vector128.WidenLower(m.AsByte()) << 8).As<ushort, T>();
        if (sizeof(T) == 2) return (Vector128.WidenLower(n.AsUInt16()) | Vector128.WidenLower(m.AsUInt16()) << 16).As<uint, T>();
        if (sizeof(T) == 4) return (Vector128.WidenLower(n.AsUInt32()) | Vector128.WidenLower(m.AsUInt32()) << 32).As<ulong, T>();
        return Vector128.Create(n.AsUInt64()[0], m.AsUInt64()[0]).As<ulong, T>();
    }

    /// <summary>The high halves interleaved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ZipUpper<T>(Vector128<T> n, Vector128<T> m)
        where T : unmanaged
    {
        if (sizeof(T) == 1) return (Vector128.WidenUpper(n.AsByte()) | Vector128.WidenUpper(m.AsByte()) << 8).As<ushort, T>();
        if (sizeof(T) == 2) return (Vector128.WidenUpper(n.AsUInt16()) | Vector128.WidenUpper(m.AsUInt16()) << 16).As<uint, T>();
        if (sizeof(T) == 4) return (Vector128.WidenUpper(n.AsUInt32()) | Vector128.WidenUpper(m.AsUInt32()) << 32).As<ulong, T>();
        return Vector128.Create(n.AsUInt64()[1], m.AsUInt64()[1]).As<ulong, T>();
    }

    /// <summary>The even elements of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Even<T>(Vector128<T> n, Vector128<T> m)
        where T : unmanaged
    {
        if (sizeof(T) == 1) return Halves.Pack(n.AsUInt16(), m.AsUInt16()).As<ushort, T>();
        if (sizeof(T) == 2) return Halves.Pack(n.AsUInt32(), m.AsUInt32()).As<uint, T>();
        if (sizeof(T) == 4) return Halves.Pack(n.AsUInt64(), m.AsUInt64()).As<ulong, T>();
        return ZipLower(n, m);
    }

    /// <summary>The odd elements of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Odd<T>(Vector128<T> n, Vector128<T> m)
        where T : unmanaged
    {
        if (sizeof(T) == 1) return Halves.Pack(n.AsUInt16() >>> 8, m.AsUInt16() >>> 8).As<ushort, T>();
        if (sizeof(T) == 2) return Halves.Pack(n.AsUInt32() >>> 16, m.AsUInt32() >>> 16).As<uint, T>();
        if (sizeof(T) == 4) return Halves.Pack(n.AsUInt64() >>> 32, m.AsUInt64() >>> 32).As<ulong, T>();
        return ZipUpper(n, m);
    }

    /// <summary>Each even element of n, followed by that of m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> TransposeEven<T>(Vector128<T> n, Vector128<T> m)
        where T : unmanaged
    {
        if (sizeof(T) == 1) return (Low<ushort>(n.AsUInt16(), 0xFF) | m.AsUInt16() << 8).As<ushort, T>();
        if (sizeof(T) == 2) return (Low(n.AsUInt32(), 0xFFFFu) | m.AsUInt32() << 16).As<uint, T>();
        if (sizeof(T) == 4) return (Low(n.AsUInt64(), 0xFFFFFFFFUL) | m.AsUInt64() << 32).As<ulong, T>();
        return ZipLower(n, m);
    }

    /// <summary>Each odd element of n, followed by that of m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> TransposeOdd<T>(Vector128<T> n, Vector128<T> m)
        where T : unmanaged
    {
        if (sizeof(T) == 1) return (n.AsUInt16() >>> 8 | Low<ushort>(m.AsUInt16(), 0xFF00)).As<ushort, T>();
        if (sizeof(T) == 2) return (n.AsUInt32() >>> 16 | Low(m.AsUInt32(), 0xFFFF0000u)).As<uint, T>();
        if (sizeof(T) == 4) return (n.AsUInt64() >>> 32 | Low(m.AsUInt64(), 0xFFFFFFFF00000000UL)).As<ulong, T>();
        return ZipUpper(n, m);
    }

    /// <summary>The low 64 bits of both, side by side: the 64-bit forms work on this.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Join<T>(Vector128<T> n, Vector128<T> m)
        where T : unmanaged => Vector128.Create(n.AsUInt64().ToScalar(), m.AsUInt64().ToScalar()).As<ulong, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Low<T>(Vector128<T> value, T mask)
        where T : unmanaged => value & Vector128.Create(mask);
}

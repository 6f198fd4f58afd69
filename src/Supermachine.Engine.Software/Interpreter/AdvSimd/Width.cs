using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>How much of a vector register an instruction writes; the rest becomes zero.</summary>
internal interface IWidth
{
    static abstract Vector128<T> Clip<T>(Vector128<T> value)
        where T : unmanaged;
}

/// <summary>Q = 1: all 128 bits.</summary>
internal readonly struct FullWidth : IWidth
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Clip<T>(Vector128<T> value)
        where T : unmanaged => value;
}

/// <summary>Q = 0 and scalars of 64 bits: the low 64 bits.</summary>
internal readonly struct HalfWidth : IWidth
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Clip<T>(Vector128<T> value)
        where T : unmanaged => (value.AsUInt64() & Vector128.Create(ulong.MaxValue, 0)).As<ulong, T>();
}

/// <summary>Whether elements are taken as signed: SMAX and not UMAX.</summary>
internal interface ISign
{
    static abstract bool IsSigned { get; }
}

internal readonly struct Signed : ISign
{
    public static bool IsSigned => true;
}

internal readonly struct Unsigned : ISign
{
    public static bool IsSigned => false;
}

using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Supermachine.Engine.Software;

/// <summary>Products of polynomials over {0, 1}: PMUL, PMULL.</summary>
internal static unsafe class Polynomial
{
    /// <summary>Lane by lane, with the low 8 bits of <paramref name="n"/> as one factor.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<T> Multiply<T>(Vector128<T> n, Vector128<T> m)
        where T : unmanaged, IBinaryInteger<T>
    {
        Vector128<T> product = default;
        for (int bit = 0; bit < 8; bit++, n >>>= 1, m <<= 1) product ^= m & -(n & Vector128.Create(T.One));
        return product;
    }

    /// <summary>PMULL of 64-bit elements.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Vector128<ulong> Multiply64(ulong n, ulong m)
    {
        if (Pclmulqdq.IsSupported) return Pclmulqdq.CarrylessMultiply(Vector128.CreateScalar(n), Vector128.CreateScalar(m), 0);
        return Multiply64Portable(n, m);
    }

    public static Vector128<ulong> Multiply64Portable(ulong n, ulong m)
    {
        UInt128 product = 0, factor = m;
        for (; n != 0; n >>= 1, factor <<= 1)
            if ((n & 1) != 0) product ^= factor;
        return Vector128.Create((ulong)product, (ulong)(product >> 64));
    }
}

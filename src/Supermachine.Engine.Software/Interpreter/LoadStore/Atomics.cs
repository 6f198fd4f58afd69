using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>Atomic operations on guest memory by the host's. Addresses are aligned to the size.</summary>
internal static unsafe class Atomics
{
    // Where the host's 16-byte compare-and-swap cannot be had, 16-byte accesses exclude one another by these locks, hashed by
    // address. A plain store of another vCPU can slip between, as it can between the two halves of a plain 16-byte access.
    private static readonly Lock[] PairLocks = [.. Enumerable.Range(0, 64).Select(_ => new Lock())];

    /// <summary>Stores <paramref name="value"/> if memory holds <paramref name="expected"/>; gives what memory held, zero-extended.</summary>
    /// <remarks>
    /// .NET's compiler for x64 takes a 32-bit result of cmpxchg for zero-extended, but where memory held what was expected the
    /// instruction leaves its register as it was: with the upper half of <paramref name="expected"/>. Hence the mask, by a shift
    /// that the compiler does not know.
    /// </remarks>
    public static ulong CompareAndSwap(byte* host, int size, ulong expected, ulong value)
    {
        expected &= ulong.MaxValue >> (64 - (8 * size));
        return size switch
        {
            1 => Interlocked.CompareExchange(ref *host, (byte)value, (byte)expected),
            2 => Interlocked.CompareExchange(ref *(ushort*)host, (ushort)value, (ushort)expected),
            4 => Interlocked.CompareExchange(ref *(uint*)host, (uint)value, (uint)expected),
            _ => Interlocked.CompareExchange(ref *(ulong*)host, value, expected),
        };
    }

    public static ulong Exchange(byte* host, int size, ulong value) => size switch
    {
        1 => Interlocked.Exchange(ref *host, (byte)value),
        2 => Interlocked.Exchange(ref *(ushort*)host, (ushort)value),
        4 => Interlocked.Exchange(ref *(uint*)host, (uint)value),
        _ => Interlocked.Exchange(ref *(ulong*)host, value),
    };

    public static void StoreRelease(byte* host, int size, ulong value)
    {
        switch (size)
        {
            case 1: Volatile.Write(ref *host, (byte)value); break;
            case 2: Volatile.Write(ref *(ushort*)host, (ushort)value); break;
            case 4: Volatile.Write(ref *(uint*)host, (uint)value); break;
            default: Volatile.Write(ref *(ulong*)host, value); break;
        }
    }

    public static UInt128 Load128(byte* host)
    {
        // A vector load of 16 aligned bytes is one access where there is AVX.
        if (HostAtomics.HasPairs)
        {
            Vector128<ulong> pair = Vector128.LoadAligned((ulong*)host);
            return new UInt128(pair[1], pair[0]);
        }

        lock (LockOf(host)) return new UInt128(*(ulong*)(host + 8), *(ulong*)host);
    }

    /// <summary>As <see cref="CompareAndSwap"/>, for 16 bytes.</summary>
    public static UInt128 CompareAndSwap128(byte* host, UInt128 expected, UInt128 value)
    {
        if (HostAtomics.HasPairs) return HostAtomics.CompareAndSwap(host, expected, value);
        lock (LockOf(host))
        {
            UInt128 found = new(*(ulong*)(host + 8), *(ulong*)host);
            if (found == expected) (*(ulong*)host, *(ulong*)(host + 8)) = ((ulong)value, (ulong)(value >> 64));
            return found;
        }
    }

    private static Lock LockOf(byte* host) => PairLocks[(nuint)host >> 4 & 63];
}

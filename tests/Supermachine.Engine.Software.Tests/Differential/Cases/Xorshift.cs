using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software.Differential;

/// <summary>Marsaglia's xorshift64*: the same numbers in the recorder and the tests, whatever runtime they run on.</summary>
internal struct Xorshift(ulong seed)
{
    // Never zero; neighbouring seeds are told apart by the first multiplication.
    private ulong _state = (seed + 1) * 0x9E37_79B9_7F4A_7C15 | 1;

    public ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545_F491_4F6C_DD1D;
    }

    /// <summary>A number below <paramref name="bound"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Below(uint bound) => (uint)((Next() >> 32) * bound >> 32);

    /// <summary>True once in <paramref name="times"/>.</summary>
    public bool OneIn(uint times) => Below(times) == 0;

    public T Of<T>(ReadOnlySpan<T> choices) => choices[(int)Below((uint)choices.Length)];
}

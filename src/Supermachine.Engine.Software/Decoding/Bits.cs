using System.Numerics;
using System.Runtime.CompilerServices;

namespace Supermachine.Engine.Software;

/// <summary>Fields of instructions and the pseudocode functions on bit strings that the ARM ARM shares among instructions.</summary>
internal static class Bits
{
    /// <summary>Bits <paramref name="low"/> and up, <paramref name="count"/> of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Field(this uint instruction, int low, int count) => instruction >> low & (uint)((1UL << count) - 1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Bit(this uint instruction, int bit) => (instruction >> bit & 1) != 0;

    /// <summary>The low <paramref name="count"/> bits as a signed number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long SignExtend(ulong value, int count) => (long)(value << (64 - count)) >> (64 - count);

    /// <summary>The slot to read for a register number that means XZR at 31.</summary>
    public static byte Source(uint register) => (byte)(register == 31 ? Cpu.Zero : register);

    /// <summary>The slot to write for a register number that means XZR at 31.</summary>
    public static byte Target(uint register) => (byte)(register == 31 ? Cpu.Discard : register);

    /// <summary>DecodeBitMasks() of the ARM ARM for logical immediates and bitfields: wmask and tmask.</summary>
    /// <returns>False for the reserved encodings.</returns>
    public static bool TryDecodeBitMasks(uint immN, uint imms, uint immr, bool immediate, int width, out ulong wmask, out ulong tmask)
    {
        wmask = tmask = 0;
        int length = 31 - BitOperations.LeadingZeroCount(immN << 6 | (~imms & 0x3F));
        if (length < 1) return false;
        int size = 1 << length;
        if (width < size) return false;
        uint levels = (uint)size - 1;
        if (immediate && (imms & levels) == levels) return false;
        int s = (int)(imms & levels), r = (int)(immr & levels), d = (int)((uint)(s - r) & levels);
        ulong element = Ones(size);
        ulong welement = Ones(s + 1), telement = Ones(d + 1);
        welement = ((welement >> r) | (r == 0 ? 0 : welement << (size - r))) & element;
        for (int at = 0; at < 64; at += size) (wmask, tmask) = (wmask | welement << at, tmask | telement << at);
        if (width == 32) (wmask, tmask) = ((uint)wmask, (uint)tmask);
        return true;
    }

    private static ulong Ones(int count) => count >= 64 ? ulong.MaxValue : (1UL << count) - 1;
}

namespace Supermachine.Engine.Software.Differential;

/// <summary>The few instructions that sequences need as such.</summary>
internal static class A64
{
    public const uint Nop = 0xD503_201F;

    /// <summary>CBZ of 64 bits.</summary>
    public static uint CompareAndBranchIfZero(uint register, int words) => WithOffset(0xB400_0000 | register, words);

    /// <summary>SUB Xn, Xn, #1.</summary>
    public static uint SubtractOne(uint register) => 0xD100_0400 | register << 5 | register;

    /// <summary>ADD Xd, Xn, #immediate; 31 is SP.</summary>
    public static uint Add(uint d, uint n, uint immediate) => 0x9100_0000 | immediate << 10 | n << 5 | d;

    /// <summary>LDR or STR of 64 bits at a base and eight times an offset.</summary>
    public static uint LoadStore(bool load, uint t, uint n, uint offset) => (load ? 0xF940_0000 : 0xF900_0000) | offset << 10 | n << 5 | t;

    /// <summary>ADDS, SUBS, or with a carry ADCS, SBCS, of three registers of 64 bits.</summary>
    public static uint AddSubtract(bool subtract, bool carry, uint d, uint n, uint m) => (carry ? 0xBA00_0000 : 0xAB00_0000) | (subtract ? 1u << 30 : 0) | m << 16 | n << 5 | d;

    /// <summary>ADR.</summary>
    public static uint Address(uint register, int words) => 0x1000_0000 | ((uint)words & 0x7_FFFF) << 5 | register;

    /// <summary>A branch or a literal load with another offset.</summary>
    public static uint WithOffset(uint instruction, int words)
    {
        if ((instruction & 0x7C00_0000) == 0x1400_0000) return instruction & ~0x03FF_FFFFu | (uint)words & 0x03FF_FFFF; // B, BL
        if ((instruction & 0x7E00_0000) == 0x3600_0000) return instruction & ~0x0007_FFE0u | ((uint)words & 0x3FFF) << 5; // TBZ, TBNZ
        return instruction & ~0x00FF_FFE0u | ((uint)words & 0x7_FFFF) << 5; // B.cond, CBZ, CBNZ, LDR (literal)
    }
}

using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>MOVI, MVNI, ORR, BIC and FMOV of a vector immediate (ARM ARM C4.1, Advanced SIMD modified immediate).</summary>
// SAFETY: as in Vectors; Imm and Imm2 of an op are 16 bytes in a row, which hold the vector.
internal static unsafe class ModifiedImmediate
{
    private static Op* Move(Cpu* cpu, Op* op)
    {
        ((Vector128<byte>*)cpu->V0)[op->Rd] = *(Vector128<byte>*)&op->Imm;
        return op[1].Handler(cpu, op + 1);
    }

    private static Op* Or<TWidth>(Cpu* cpu, Op* op)
        where TWidth : struct, IWidth
    {
        Vector128<ulong>* v = (Vector128<ulong>*)cpu->V0;
        v[op->Rd] = TWidth.Clip(v[op->Rd] | Vector128.Create(op->Imm));
        return op[1].Handler(cpu, op + 1);
    }

    /// <summary>Imm has the complement already.</summary>
    private static Op* And<TWidth>(Cpu* cpu, Op* op)
        where TWidth : struct, IWidth
    {
        Vector128<ulong>* v = (Vector128<ulong>*)cpu->V0;
        v[op->Rd] = TWidth.Clip(v[op->Rd] & Vector128.Create(op->Imm));
        return op[1].Handler(cpu, op + 1);
    }

    public static bool BindMove(uint i, Op* op)
    {
        op->Rd = (byte)i.Field(0, 5);
        op->Imm = Expand(i);
        op->Imm2 = i.Bit(30) ? op->Imm : 0;
        op->Handler = &Move;
        return true;
    }

    public static bool BindMoveInverted(uint i, Op* op)
    {
        op->Rd = (byte)i.Field(0, 5);
        op->Imm = ~Expand(i);
        op->Imm2 = i.Bit(30) ? op->Imm : 0;
        op->Handler = &Move;
        return true;
    }

    public static bool BindOr(uint i, Op* op)
    {
        op->Rd = (byte)i.Field(0, 5);
        op->Imm = Expand(i);
        op->Handler = i.Bit(30) ? &Or<FullWidth> : &Or<HalfWidth>;
        return true;
    }

    public static bool BindBitClear(uint i, Op* op)
    {
        op->Rd = (byte)i.Field(0, 5);
        op->Imm = ~Expand(i);
        op->Handler = i.Bit(30) ? &And<FullWidth> : &And<HalfWidth>;
        return true;
    }

    /// <summary>AdvSIMDExpandImm() of the ARM ARM, for cmode and op.</summary>
    private static ulong Expand(uint i)
    {
        ulong imm8 = i.Field(16, 3) << 5 | i.Field(5, 5);
        uint cmode = i.Field(12, 4);
        return cmode switch
        {
            < 8 => 0x0000000100000001UL * (imm8 << (int)(8 * (cmode >> 1))),
            < 12 => 0x0001000100010001UL * (imm8 << (int)(8 * (cmode >> 1 & 1))),
            12 => 0x0000000100000001UL * (imm8 << 8 | 0xFF),
            13 => 0x0000000100000001UL * (imm8 << 16 | 0xFFFF),
            14 when !i.Bit(29) => 0x0101010101010101UL * imm8,
            14 => ByteMask(imm8),
            _ when !i.Bit(29) => 0x0000000100000001UL * Single(imm8),
            _ => Double(imm8),
        };
    }

    private static ulong ByteMask(ulong imm8)
    {
        ulong mask = 0;
        for (int bit = 0; bit < 8; bit++)
            if ((imm8 >> bit & 1) != 0) mask |= 0xFFUL << (8 * bit);
        return mask;
    }

    // a:NOT(b):bbbbb:cdefgh and zeros; the double has eight b.
    private static ulong Single(ulong imm8) => (imm8 & 0x80) << 24 | ((imm8 & 0x40) != 0 ? 0x3E000000UL : 0x40000000) | (imm8 & 0x3F) << 19;

    private static ulong Double(ulong imm8) =>
        (imm8 & 0x80) << 56 | ((imm8 & 0x40) != 0 ? 0x3FC0000000000000UL : 0x4000000000000000) | (imm8 & 0x3F) << 48;
}

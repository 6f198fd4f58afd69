using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>
/// Advanced SIMD with saturation. Sources are cut to the elements that an instruction works on, so that no other one sets FPSR.QC.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    private static readonly Avx[] SaturatingAddsSigned = [VPADDSB, VPADDSW], SaturatingAddsUnsigned = [VPADDUSB, VPADDUSW];
    private static readonly Avx[] SaturatingSubsSigned = [VPSUBSB, VPSUBSW], SaturatingSubsUnsigned = [VPSUBUSB, VPSUBUSW];

    /// <summary>SQADD, UQADD, SQSUB, UQSUB.</summary>
    public static bool SaturatingAddSub(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i), bytes = BytesOf(i, size);
        bool unsigned = i.Bit(29), subtract = i.Bit(13);
        t.LoadPart(XMM0, op->Rn, bytes);
        t.LoadPart(XMM1, op->Rm, bytes);
        if (size >= 2)
        {
            t.AddSubSaturating(size, unsigned, subtract);
        }
        else
        {
            Avx[] saturating = subtract
                ? unsigned ? SaturatingSubsUnsigned : SaturatingSubsSigned
                : unsigned ? SaturatingAddsUnsigned : SaturatingAddsSigned;
            t.Emit((subtract ? Subs : Adds)[size], XMM2, XMM0, XMM1);
            t.Emit(saturating[size], XMM0, XMM0, XMM1);
            t.Emit(VPXOR, XMM2, XMM2, XMM0);
            t.SetSaturated(VPTEST, XMM2);
        }

        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>XMM0 plus or minus XMM1, of 32 or 64 bits. Where a sum or difference does not fit, a sign bit of XMM3 says so.</summary>
    private void AddSubSaturating(int size, bool unsigned, bool subtract)
    {
        Emit((subtract ? Subs : Adds)[size], XMM2, XMM0, XMM1);
        if (!unsigned)
        {
            Emit(VPXOR, XMM3, XMM0, XMM2);
            Emit(VPXOR, XMM4, subtract ? XMM0 : XMM2, XMM1);
            Emit(VPAND, XMM3, XMM3, XMM4);
            Zero(XMM4);
            Emit(Greaters[size], XMM4, XMM4, XMM0);
            EmitConstant(VPXOR, XMM4, XMM4, ~SignBit(size));
        }
        else if (subtract)
        {
            Emit(VPXOR, XMM3, XMM0, XMM1);
            Emit(VPANDN, XMM3, XMM3, XMM2);
            Emit(VPANDN, XMM4, XMM0, XMM1);
            Emit(VPOR, XMM3, XMM3, XMM4);
            Zero(XMM4);
        }
        else
        {
            Emit(VPOR, XMM3, XMM0, XMM1);
            Emit(VPANDN, XMM3, XMM2, XMM3);
            Emit(VPAND, XMM4, XMM0, XMM1);
            Emit(VPOR, XMM3, XMM3, XMM4);
            Ones(XMM4);
        }

        EmitBlend(size == 2 ? VBLENDVPS : VBLENDVPD, XMM0, XMM2, XMM4, XMM3);
        SetSaturated(size == 2 ? VTESTPS : VTESTPD, XMM3);
    }

    /// <summary>SQABS, SQNEG.</summary>
    public static bool SaturatingAbsNeg(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i), bytes = BytesOf(i, size);
        bool negate = i.Bit(29);
        t.LoadPart(negate ? XMM1 : XMM0, op->Rn, bytes);
        if (negate)
        {
            t.Zero(XMM0);
            t.Emit(Subs[size], XMM0, XMM0, XMM1);
        }
        else
        {
            t.Absolute(size, XMM0, XMM1);
        }

        t.SaturateLowest(size, XMM0, XMM1);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>The lowest number of a size stands for one more than the greatest, which it becomes.</summary>
    private void SaturateLowest(int size, HostVector register, HostVector scratch)
    {
        EmitConstant(Equals0[size], scratch, register, SignBit(size));
        Emit(VPXOR, register, register, scratch);
        SetSaturated(VPTEST, scratch);
    }

    /// <summary>SQXTN, UQXTN, SQXTUN.</summary>
    public static bool SaturatingExtractNarrow(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        t.LoadPart(XMM0, op->Rn, i.Bit(28) ? 2 << size : 16);
        return t.SaturateNarrow(i, op, size, fromSigned: i.Bit(13) || !i.Bit(29));
    }

    /// <summary>SQSHRN, UQSHRN, SQSHRUN and the rounding ones.</summary>
    public static bool SaturatingShiftRightNarrow(BlockTranslator t, uint i, Op* op)
    {
        int size = ShiftSize(i), amount = (int)op->Imm;
        bool rounding = i.Bit(11), fromSigned = !i.Bit(12) || !i.Bit(29);
        t.LoadPart(XMM0, op->Rn, i.Bit(28) ? 2 << size : 16);
        if (rounding) t.ShiftRightRounding(size + 1, fromSigned, XMM0, XMM1, XMM2, amount);
        else t.ShiftRight(size + 1, fromSigned, XMM0, XMM1, amount);
        return t.SaturateNarrow(i, op, size, fromSigned);
    }

    /// <summary>Brings XMM0's wide elements into the range of narrow ones, unsigned if U says so, and writes these.</summary>
    private bool SaturateNarrow(uint i, Op* op, int size, bool fromSigned)
    {
        int bits = 8 << size;
        bool toUnsigned = i.Bit(29);
        Asm.Vector(VMOVDQU, XMM1, XMM0, XMM0);
        Limit(size + 1, LowBits(toUnsigned ? bits : bits - 1), fromSigned, max: true);
        if (fromSigned) Limit(size + 1, toUnsigned ? 0 : ~LowBits(bits - 1), true, max: false);
        Emit(VPXOR, XMM1, XMM1, XMM0);
        SetSaturated(VPTEST, XMM1);
        return ResultNarrow(i, op, size, high: false);
    }

    /// <summary>XMM0's elements, but none above or below a limit.</summary>
    private void Limit(int size, ulong limit, bool signed, bool max)
    {
        ulong all = Repeat(size, limit);
        if (size < 3)
        {
            EmitConstant(MinMax(max, !signed)[size], XMM0, XMM0, all);
            return;
        }

        // Unsigned numbers compare as signed ones do once the sign bit is turned over.
        ulong turned = signed ? 0 : SignBit(3);
        LoadConstant(XMM2, all, all);
        LoadConstant(XMM3, turned, turned);
        Emit(VPXOR, XMM4, XMM0, XMM3);
        Emit(VPXOR, XMM3, XMM2, XMM3);
        if (max) Emit(VPCMPGTQ, XMM3, XMM4, XMM3);
        else Emit(VPCMPGTQ, XMM3, XMM3, XMM4);
        EmitBlend(VPBLENDVB, XMM0, XMM0, XMM2, XMM3);
    }

    /// <summary>Sets FPSR.QC unless a register is all zeros, or its sign bits are. Takes EFLAGS.</summary>
    private void SetSaturated(Avx test, HostVector register)
    {
        Emit(test, register, XMM0, register);
        ulong none = Asm.JumpForward(HostCondition.E);
        Asm.RegMem(0x81, OR, Cpu0, CpuOffset.Fpsr, wide: false);
        Asm.Int32((int)Lanes.QC);
        Asm.Bind(none);
        Clobbered();
    }
}

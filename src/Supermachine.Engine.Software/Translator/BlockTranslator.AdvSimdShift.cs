using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>Advanced SIMD shifts, without saturation.</content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>SSHR, USHR, SSRA, USRA, SRSHR, URSHR, SRSRA, URSRA.</summary>
    public static bool ShiftRightVector(BlockTranslator t, uint i, Op* op)
    {
        int size = ShiftSize(i), amount = op->Aux;
        bool accumulate = i.Bit(12), rounding = i.Bit(13);
        t.LoadVector(XMM0, op->Rn);
        if (rounding) t.ShiftRightRounding(size, !i.Bit(29), XMM0, XMM1, XMM2, amount);
        else t.ShiftRight(size, !i.Bit(29), XMM0, XMM1, amount);
        if (accumulate) t.Emit(Adds[size], XMM0, XMM0, op->Rd);
        return t.Result(i, op, XMM0);
    }

    public static bool ShiftLeftVector(BlockTranslator t, uint i, Op* op)
    {
        t.LoadVector(XMM0, op->Rn);
        t.ShiftLeft(ShiftSize(i), XMM0, op->Aux);
        return t.Result(i, op, XMM0);
    }

    /// <summary>SLI: the bits of Rd below stay.</summary>
    public static bool ShiftLeftInsert(BlockTranslator t, uint i, Op* op)
    {
        int size = ShiftSize(i);
        t.LoadVector(XMM0, op->Rn);
        t.ShiftLeft(size, XMM0, op->Aux);
        return t.InsertInto(i, op, Repeat(size, LowBits(op->Aux)));
    }

    /// <summary>SRI: the bits of Rd above stay.</summary>
    public static bool ShiftRightInsert(BlockTranslator t, uint i, Op* op)
    {
        int size = ShiftSize(i), bits = 8 << size;
        t.LoadVector(XMM0, op->Rn);
        t.ShiftRight(size, false, XMM0, XMM1, op->Aux);
        return t.InsertInto(i, op, Repeat(size, ~LowBits(bits - op->Aux)));
    }

    /// <summary>XMM0 and those bits of Rd.</summary>
    private bool InsertInto(uint i, Op* op, ulong kept)
    {
        LoadVector(XMM1, op->Rd);
        EmitConstant(VPAND, XMM1, XMM1, kept);
        Emit(VPOR, XMM0, XMM0, XMM1);
        return Result(i, op, XMM0);
    }

    /// <summary>SSHLL, USHLL, SHLL.</summary>
    public static bool ShiftLeftLong(BlockTranslator t, uint i, Op* op)
    {
        bool byLength = !i.Bit(10), unsigned = i.Bit(29);
        int size = byLength ? SizeOf(i) : ShiftSize(i);
        t.LoadLong(XMM0, size, unsigned, op->Rn, i.Bit(30));
        if (op->Aux != 0) t.Asm.VectorShift(AvxShift.Left, size + 1, XMM0, XMM0, op->Aux);
        t.StoreVector(op->Rd, XMM0);
        return true;
    }

    /// <summary>
    /// SSHL and USHL of 32 and 64 bits. The low byte of Rm's element is the shift, its opposite that to the right; whichever is
    /// negative is, without its sign, more than the element's length, by which the host shifts everything out.
    /// </summary>
    public static bool ShiftByRegister(BlockTranslator t, uint i, Op* op)
    {
        int size = SizeOf(i);
        if (size < 2) return false;
        bool wide = size == 3;
        ulong lowBytes = Repeat(size, 0xFF);
        t.LoadVector(XMM1, op->Rm);
        t.Zero(XMM2);
        t.Emit(Subs[size], XMM2, XMM2, XMM1);
        t.EmitConstant(VPAND, XMM2, XMM2, lowBytes);
        t.EmitConstant(VPAND, XMM3, XMM1, lowBytes);
        t.LoadVector(XMM0, op->Rn);
        t.Emit(wide ? VPSLLVQ : VPSLLVD, XMM3, XMM0, XMM3);
        if (i.Bit(29))
        {
            t.Emit(wide ? VPSRLVQ : VPSRLVD, XMM0, XMM0, XMM2);
            t.Emit(VPOR, XMM0, XMM0, XMM3);
            return t.Result(i, op, XMM0);
        }

        if (wide)
        {
            t.Zero(XMM4);
            t.Emit(VPCMPGTQ, XMM4, XMM4, XMM0);
            t.Emit(VPXOR, XMM0, XMM0, XMM4);
            t.Emit(VPSRLVQ, XMM0, XMM0, XMM2);
            t.Emit(VPXOR, XMM0, XMM0, XMM4);
        }
        else
        {
            t.Emit(VPSRAVD, XMM0, XMM0, XMM2);
        }

        t.Asm.VectorShift(AvxShift.Left, size, XMM1, XMM1, wide ? 56 : 24);
        t.EmitBlend(wide ? VBLENDVPD : VBLENDVPS, XMM0, XMM3, XMM0, XMM1);
        return t.Result(i, op, XMM0);
    }

    /// <summary>The size in immh: 19 to 22.</summary>
    private static int ShiftSize(uint i) => System.Numerics.BitOperations.Log2(i.Field(19, 4));

    private void ShiftLeft(int size, HostVector register, int amount)
    {
        if (amount == 0) return;
        Asm.VectorShift(AvxShift.Left, Math.Max(size, 1), register, register, amount);
        if (size == 0) EmitConstant(VPAND, register, register, Repeat(0, 0xFFUL << amount));
    }

    /// <summary>By 1 to the element's length. The host shifts no bytes, and 64 bits not arithmetically.</summary>
    private void ShiftRight(int size, bool signed, HostVector register, HostVector scratch, int amount)
    {
        if (size is 1 or 2 || (size == 3 && !signed))
        {
            Asm.VectorShift(signed ? AvxShift.RightArithmetic : AvxShift.Right, size, register, register, amount);
        }
        else if (size == 3)
        {
            Zero(scratch);
            Emit(VPCMPGTQ, scratch, scratch, register);
            Emit(VPXOR, register, register, scratch);
            Asm.VectorShift(AvxShift.Right, 3, register, register, amount);
            Emit(VPXOR, register, register, scratch);
        }
        else
        {
            if (signed) amount = Math.Min(amount, 7);
            Asm.VectorShift(AvxShift.Right, 1, register, register, amount);
            EmitConstant(VPAND, register, register, Repeat(0, 0xFFUL >> amount));
            if (!signed) return;
            LoadConstant(scratch, Repeat(0, 0x80UL >> amount), Repeat(0, 0x80UL >> amount));
            Emit(VPXOR, register, register, scratch);
            Emit(VPSUBB, register, register, scratch);
        }
    }

    /// <summary>Adds the last bit shifted out: no sum that needs one bit more than the element.</summary>
    private void ShiftRightRounding(int size, bool signed, HostVector register, HostVector scratch, HostVector scratch2, int amount)
    {
        if (amount == 1) Asm.Vector(VMOVDQU, scratch, XMM0, register);
        else Asm.VectorShift(AvxShift.Right, Math.Max(size, 1), scratch, register, amount - 1);
        EmitConstant(VPAND, scratch, scratch, Repeat(size, 1));
        ShiftRight(size, signed, register, scratch2, amount);
        Emit(Adds[size], register, register, scratch);
    }
}

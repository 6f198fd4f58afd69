using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>Floating-point comparisons, minima and maxima: the host's unless there is a NaN. FPCR.FZ alone has a part in them.</content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool FpCompare(BlockTranslator t, uint i, Op* op)
    {
        if (!HostFeatures.FloatingPoint) return false;
        ulong mode = t.JumpUnlessHostFp(HostFp.Exact);
        ulong unordered = t.CompareNumbers(i, op, withZero: i.Bit(3));
        t.ProducedSub();
        ColdKind kind = t._flagsInHost ? ColdKind.InterpretFlags : ColdKind.Interpret;
        t._cold.Add(new ColdPath(mode, t.Asm.Here, kind, (nint)op, 0));
        t._cold.Add(new ColdPath(unordered, t.Asm.Here, kind, (nint)op, 0));
        return true;
    }

    public static bool FpConditionalCompare(BlockTranslator t, uint i, Op* op)
    {
        uint condition = i.Field(12, 4);
        if (!HostFeatures.FloatingPoint || condition >= 14) return false;
        t.NeedFlags();
        ulong otherwise = t.Asm.JumpForward((HostCondition)((int)ConditionOf(condition) ^ 1));
        ulong mode = t.JumpUnlessHostFp(HostFp.Exact);
        ulong unordered = t.CompareNumbers(i, op, withZero: false);
        t.SaveFlags();
        ulong done = t.Asm.JumpForward();
        t.Asm.Bind(otherwise);
        t.StoreFlags((uint)op->Imm2);
        t.Asm.Bind(done);
        t.InterpretFrom(mode, op);
        t.InterpretFrom(unordered, op);
        t.Clobbered();
        return true;
    }

    public static bool FpEqual(BlockTranslator t, uint i, Op* op) => t.Mask(i, op, FpPredicate.Equal);

    public static bool FpGreaterOrEqual(BlockTranslator t, uint i, Op* op) => t.Mask(i, op, FpPredicate.LessOrEqual, swap: true);

    public static bool FpGreater(BlockTranslator t, uint i, Op* op) => t.Mask(i, op, FpPredicate.Less, swap: true);

    public static bool FpAbsoluteGreaterOrEqual(BlockTranslator t, uint i, Op* op) => t.Mask(i, op, FpPredicate.LessOrEqual, swap: true, absolute: true);

    public static bool FpAbsoluteGreater(BlockTranslator t, uint i, Op* op) => t.Mask(i, op, FpPredicate.Less, swap: true, absolute: true);

    public static bool FpEqualZero(BlockTranslator t, uint i, Op* op) => t.Mask(i, op, FpPredicate.Equal, withZero: true);

    public static bool FpGreaterOrEqualZero(BlockTranslator t, uint i, Op* op) => t.Mask(i, op, FpPredicate.LessOrEqual, swap: true, withZero: true);

    public static bool FpGreaterZero(BlockTranslator t, uint i, Op* op) => t.Mask(i, op, FpPredicate.Less, swap: true, withZero: true);

    public static bool FpLessOrEqualZero(BlockTranslator t, uint i, Op* op) => t.Mask(i, op, FpPredicate.LessOrEqual, withZero: true);

    public static bool FpLessZero(BlockTranslator t, uint i, Op* op) => t.Mask(i, op, FpPredicate.Less, withZero: true);

    public static bool FpMax(BlockTranslator t, uint i, Op* op) => t.Extreme(i, op, greatest: true, FpOperands.Registers);

    public static bool FpMin(BlockTranslator t, uint i, Op* op) => t.Extreme(i, op, greatest: false, FpOperands.Registers);

    public static bool FpMaxPairs(BlockTranslator t, uint i, Op* op) => t.Extreme(i, op, greatest: true, FpOperands.Pairs);

    public static bool FpMinPairs(BlockTranslator t, uint i, Op* op) => t.Extreme(i, op, greatest: false, FpOperands.Pairs);

    public static bool FpMaxAcross(BlockTranslator t, uint i, Op* op) => t.ExtremeAcross(op, greatest: true);

    public static bool FpMinAcross(BlockTranslator t, uint i, Op* op) => t.ExtremeAcross(op, greatest: false);

    /// <summary>EFLAGS as after SUB: less, equal or greater. Gives the jump of the unordered. Takes RAX.</summary>
    private ulong CompareNumbers(uint i, Op* op, bool withZero)
    {
        _keepsHeld = true;
        FpShape shape = FpShape.Of(i);
        LoadV(XMM1, shape, op->Rn);
        if (withZero) Zero(XMM2);
        else LoadV(XMM2, shape, op->Rm);
        Emit(shape.Packed(VUCOMISS), XMM1, XMM0, XMM2);
        ulong unordered = Asm.JumpForward(HostCondition.P);
        Asm.Byte(0x0F); // SETA AL
        Asm.Byte(0x97);
        Asm.Byte(0xC0);
        Asm.Byte(0x1C); // SBB AL, 0: above less below
        Asm.Byte(0);
        return unordered;
    }

    /// <summary>Lanes of ones where a comparison holds.</summary>
    private bool Mask(uint i, Op* op, FpPredicate predicate, bool swap = false, bool absolute = false, bool withZero = false)
    {
        if (!HostFeatures.FloatingPoint) return false;
        FpShape shape = FpShape.Of(i);
        ulong mode = JumpUnlessHostFp(HostFp.Exact);
        LoadV(XMM1, shape, op->Rn);
        if (withZero) Zero(XMM2);
        else LoadV(XMM2, shape, op->Rm);
        if (absolute)
        {
            Absolute(XMM1, XMM1, shape);
            Absolute(XMM2, XMM2, shape);
        }

        ulong unordered = JumpIfUnordered(XMM1, XMM2, shape);
        Emit(shape.Own(VCMPPS), XMM0, swap ? XMM2 : XMM1, swap ? XMM1 : XMM2, (int)predicate);
        StoreV(op->Rd, XMM0, shape);
        InterpretFrom(mode, op);
        InterpretFrom(unordered, op);
        Clobbered();
        return true;
    }

    private bool Extreme(uint i, Op* op, bool greatest, FpOperands operands)
    {
        if (!HostFeatures.FloatingPoint) return false;
        FpShape shape = FpShape.Of(i);
        ulong mode = JumpUnlessHostFp(HostFp.Exact);
        LoadOperands(new FpWork(FpOperation.Add, shape, i, (nint)op, operands));
        ulong unordered = JumpIfUnordered(XMM1, XMM2, shape);
        ExtremeOf(XMM2, shape, greatest);
        StoreV(op->Rd, XMM0, shape);
        InterpretFrom(mode, op);
        InterpretFrom(unordered, op);
        Clobbered();
        return true;
    }

    /// <summary>Of the four single-precision numbers of Vn.</summary>
    private bool ExtremeAcross(Op* op, bool greatest)
    {
        const int OtherHalf = 0x4E, Neighbour = 0xB1;
        if (!HostFeatures.FloatingPoint) return false;
        FpShape shape = default;
        ulong mode = JumpUnlessHostFp(HostFp.Exact);
        LoadV(XMM1, shape, op->Rn);
        ulong unordered = JumpIfUnordered(XMM1, XMM1, shape);
        Emit(VPSHUFD, XMM2, XMM0, XMM1, OtherHalf);
        ExtremeOf(XMM2, shape, greatest);
        Emit(VPSHUFD, XMM1, XMM0, XMM0, Neighbour);
        ExtremeOf(XMM0, shape, greatest);
        Zero(XMM1);
        Emit(VMOVSS, XMM0, XMM1, XMM0);
        StoreV(op->Rd, XMM0, new FpShape(IsDouble: false, IsScalar: true, IsHalf: false));
        InterpretFrom(mode, op);
        InterpretFrom(unordered, op);
        Clobbered();
        return true;
    }

    /// <summary>XMM0 = the extremes of XMM1 and another. The host gives the second of two zeros: both ways, and their signs together. Takes XMM3.</summary>
    private void ExtremeOf(HostVector other, FpShape shape, bool greatest)
    {
        Avx extreme = shape.Packed(greatest ? VMAXPS : VMINPS);
        Emit(extreme, XMM3, XMM1, other);
        Emit(extreme, XMM0, other, XMM1);
        Emit(greatest ? VPAND : VPOR, XMM0, XMM0, XMM3);
    }

    /// <summary>Has a jump lead to the interpreter, and back to here: after the op.</summary>
    private void InterpretFrom(ulong displacement, Op* op) => _cold.Add(new ColdPath(displacement, Asm.Here, ColdKind.Interpret, (nint)op, 0));
}

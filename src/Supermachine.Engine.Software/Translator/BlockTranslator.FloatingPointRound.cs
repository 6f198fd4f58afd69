using Supermachine.Engine.Software.FloatingPoint;
using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>Rounding to integral numbers, and conversions between precisions; half precision is the interpreter's.</content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>VROUNDPS: as MXCSR says, and PE where that is inexact.</summary>
    private const int RoundByMxcsr = 4;

    private const int RoundNearest = 0, RoundDown = 1, RoundUp = 2, RoundToZero = 3;

    public static bool FpRoundNearest(BlockTranslator t, uint i, Op* op) => t.Round(i, op, RoundNearest);

    public static bool FpRoundDown(BlockTranslator t, uint i, Op* op) => t.Round(i, op, RoundDown);

    public static bool FpRoundUp(BlockTranslator t, uint i, Op* op) => t.Round(i, op, RoundUp);

    public static bool FpRoundToZero(BlockTranslator t, uint i, Op* op) => t.Round(i, op, RoundToZero);

    public static bool FpRoundAway(BlockTranslator t, uint i, Op* op) => t.Round(i, op, null);

    public static bool FpRoundExact(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.RoundExact, i, op);

    /// <summary>FCVT: to single precision it may be inexact, to double it is not.</summary>
    public static bool FpConvert(BlockTranslator t, uint i, Op* op) => (i.Field(22, 2), i.Field(15, 2)) switch
    {
        (0, 1) => t.Widen(op, CpuOffset.V(op->Rn), new FpShape(IsDouble: true, IsScalar: true, IsHalf: false)),
        (1, 0) => t.OnHost(new FpWork(FpOperation.Narrow, new FpShape(IsDouble: false, IsScalar: true, IsHalf: false), i, (nint)op)),
        _ => false,
    };

    /// <summary>FCVTL, FCVTL2.</summary>
    public static bool FpConvertLong(BlockTranslator t, uint i, Op* op) =>
        i.Bit(22) && t.Widen(op, CpuOffset.V(op->Rn) + (8 * op->Aux), new FpShape(IsDouble: true, IsScalar: false, IsHalf: false));

    /// <summary>FCVTN, FCVTN2.</summary>
    public static bool FpConvertNarrow(BlockTranslator t, uint i, Op* op) =>
        i.Bit(22) && t.OnHost(new FpWork(FpOperation.Narrow, new FpShape(IsDouble: false, IsScalar: false, IsHalf: true), i, (nint)op));

    /// <summary>In one of the host's modes, or to nearest with ties away, which it lacks.</summary>
    private bool Round(uint i, Op* op, int? mode)
    {
        if (!HostFeatures.FloatingPoint) return false;
        FpShape shape = FpShape.Of(i);
        ulong never = JumpUnlessHostFp(HostFp.Exact);
        LoadV(XMM1, shape, op->Rn);
        if (mode is { } host) RoundTo(XMM0, XMM1, shape, host);
        else RoundAway(shape);
        ulong unordered = JumpIfUnordered(XMM0, XMM0, shape);
        StoreV(op->Rd, XMM0, shape);
        InterpretFrom(never, op);
        InterpretFrom(unordered, op);
        Clobbered();
        return true;
    }

    private void RoundTo(HostVector to, HostVector from, FpShape shape, int mode)
    {
        Emit(shape.IsDouble ? VROUNDPD : VROUNDPS, to, XMM0, from, mode);
    }

    /// <summary>
    /// XMM0 = XMM1 toward zero, plus one of its sign where a half or more was cut off. Only the first step can be inexact. Takes XMM2
    /// and XMM3.
    /// </summary>
    private void RoundAway(FpShape shape)
    {
        ulong half = shape.IsDouble ? FpFormat<Binary64>.Constant(false, -1) : FpFormat<Binary32>.Constant(false, -1);
        ulong one = shape.IsDouble ? FpFormat<Binary64>.Constant(false, 0) : FpFormat<Binary32>.Constant(false, 0);
        RoundTo(XMM0, XMM1, shape, RoundToZero);
        Emit(shape.Packed(VSUBPS), XMM2, XMM1, XMM0);
        Absolute(XMM2, XMM2, shape);
        EmitConstant(VMOVDQU, XMM3, XMM0, Repeat(shape.Size, half));
        Emit(shape.Packed(VCMPPS), XMM2, XMM3, XMM2, (int)FpPredicate.LessOrEqual);
        EmitConstant(VPAND, XMM2, XMM2, Repeat(shape.Size, one));
        EmitConstant(VPAND, XMM3, XMM1, SignBit(shape.Size));
        Emit(VPOR, XMM2, XMM2, XMM3);
        Emit(shape.Packed(VADDPS), XMM0, XMM0, XMM2);
    }

    /// <summary>Single precision to double.</summary>
    private bool Widen(Op* op, int displacement, FpShape shape)
    {
        if (!HostFeatures.FloatingPoint) return false;
        ulong never = JumpUnlessHostFp(HostFp.Exact);
        if (shape.IsScalar)
        {
            LoadNumber(XMM1, shape with { IsDouble = false }, displacement);
            Emit(VCVTSS2SD, XMM0, XMM1, XMM1);
        }
        else
        {
            Asm.Vector(VCVTPS2PD, XMM0, XMM0, Cpu0, displacement);
        }

        ulong unordered = JumpIfUnordered(XMM0, XMM0, shape);
        StoreV(op->Rd, XMM0, shape);
        InterpretFrom(never, op);
        InterpretFrom(unordered, op);
        Clobbered();
        return true;
    }

    /// <summary>Double precision to single; of a vector twice, so that no lane is without a number.</summary>
    private void ComputeNarrow(in FpWork work)
    {
        Op* op = (Op*)work.Op;
        if (work.Shape.IsScalar)
        {
            LoadNumber(XMM1, work.Shape with { IsDouble = true }, CpuOffset.V(op->Rn));
            Zero(XMM0);
            Emit(VCVTSD2SS, XMM0, XMM0, XMM1);
            return;
        }

        Asm.Vector(VCVTPD2PS, XMM0, XMM0, Cpu0, CpuOffset.V(op->Rn));
        Emit(VMOVDDUP, XMM0, XMM0, XMM0);
    }

    /// <summary>FCVTN clears the upper half of the destination, FCVTN2 writes it.</summary>
    private void StoreNarrow(in FpWork work)
    {
        Op* op = (Op*)work.Op;
        if (op->Aux == 0)
        {
            StoreV(op->Rd, XMM0, work.Shape);
            return;
        }

        Asm.Vector(VMOVSDToMemory, XMM0, XMM0, Cpu0, CpuOffset.V(op->Rd) + 8);
        Forget(op->Rd);
    }
}

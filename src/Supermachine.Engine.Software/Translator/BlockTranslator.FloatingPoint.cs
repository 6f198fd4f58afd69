using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>
/// Floating-point arithmetic: the host's, where nobody can tell it from the guest's. FPCR must be as <see cref="HostFp"/> wants it,
/// and the result a number that has neither overflowed nor become tiny. Nothing of the guest is changed until that is known, so that
/// the interpreter can do everything else.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool FpAdd(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.Add, i, op);

    public static bool FpSub(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.Sub, i, op);

    /// <summary>FMUL, and FMULX: zero times infinity is not the host's.</summary>
    public static bool FpMul(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.Mul, i, op);

    public static bool FpDiv(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.Div, i, op);

    public static bool FpNegatedMul(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.NegatedMul, i, op);

    public static bool FpAbsoluteDifference(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.AbsoluteDifference, i, op);

    public static bool FpSqrt(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.Sqrt, i, op);

    public static bool FpAddPairs(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.Add, i, op, FpOperands.Pairs);

    public static bool FpMulElement(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.Mul, i, op, FpOperands.Element);

    public static bool FpMulAdd(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.MulAdd, i, op);

    public static bool FpMulSub(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.MulSub, i, op);

    public static bool FpNegatedMulAdd(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.NegatedMulAdd, i, op);

    public static bool FpNegatedMulSub(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.NegatedMulSub, i, op);

    public static bool FpMulAddElement(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.MulAdd, i, op, FpOperands.Element);

    public static bool FpMulSubElement(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.MulSub, i, op, FpOperands.Element);

    private bool Arithmetic(FpOperation operation, uint i, Op* op, FpOperands operands = FpOperands.Registers) =>
        OnHost(new FpWork(operation, FpShape.Of(i), i, (nint)op, operands));

    /// <summary>Has the host do it, with what it takes to be sure in <see cref="EmitFpCold"/>.</summary>
    private bool OnHost(FpWork work)
    {
        if (!HostFeatures.FloatingPoint) return false;
        ulong mode = JumpUnlessHostFp(HostFp.Always);
        _interpret.Clear();
        Compute(work);
        ulong suspicious = JumpIfSuspicious(work);
        ulong store = Asm.Here;
        StoreResult(work);
        for (int i = 0; i < _interpret.Count; i++) _cold.Add(new ColdPath(_interpret[i], Asm.Here, ColdKind.Interpret, work.Op, 0));
        _fpCold.Add(new FpColdPath(work, mode, suspicious, store, Asm.Here, _held));
        Clobbered();
        return true;
    }

    /// <summary>Jumps away unless the host may do arithmetic, whose result is exact or not.</summary>
    private ulong JumpUnlessHostFp(HostFp least)
    {
        Asm.RegMem(0x80, CMP, Cpu0, CpuOffset.HostFp, wide: false);
        Asm.Byte(least == HostFp.Always ? (int)HostFp.Always : (int)HostFp.Never);
        return Asm.JumpForward(least == HostFp.Always ? HostCondition.NE : HostCondition.E);
    }

    /// <summary>The result into XMM0, or RAX. Where it cannot be the guest's at all, a jump for <see cref="_interpret"/>.</summary>
    private void Compute(in FpWork work)
    {
        switch (work.Operation)
        {
            case FpOperation.RoundExact:
                LoadV(XMM1, work.Shape, ((Op*)work.Op)->Rn);
                RoundTo(XMM0, XMM1, work.Shape, RoundByMxcsr);
                break;
            case FpOperation.Narrow: ComputeNarrow(work); break;
            case FpOperation.ToGeneral: ComputeToGeneral(work); break;
            case FpOperation.FromGeneral: ComputeFromGeneral(work); break;
            case FpOperation.ToLanes: ComputeToLanes(work); break;
            case FpOperation.FromLanes: ComputeFromLanes(work); break;
            default: ComputeArithmetic(work); break;
        }
    }

    private void ComputeArithmetic(in FpWork work)
    {
        FpShape shape = work.Shape;
        LoadOperands(work);
        switch (work.Operation)
        {
            case FpOperation.Add: Emit(shape.Own(VADDPS), XMM0, XMM1, XMM2); break;
            case FpOperation.Sub: Emit(shape.Own(VSUBPS), XMM0, XMM1, XMM2); break;
            case FpOperation.Mul: Emit(shape.Own(VMULPS), XMM0, XMM1, XMM2); break;
            case FpOperation.Div: Emit(shape.Own(VDIVPS), XMM0, XMM1, XMM2); break;
            case FpOperation.Sqrt: Emit(shape.Own(VSQRTPS), XMM0, shape.IsScalar ? XMM1 : XMM0, XMM1); break;
            case FpOperation.NegatedMul:
                Emit(shape.Own(VMULPS), XMM0, XMM1, XMM2);
                EmitConstant(VPXOR, XMM0, XMM0, 1UL << ((8 * shape.Bytes) - 1), 0);
                break;
            case FpOperation.AbsoluteDifference:
                Emit(shape.Own(VSUBPS), XMM0, XMM1, XMM2);
                Absolute(XMM0, XMM0, shape);
                break;
            default:
                FusedMultiplyAdd(work);
                break;
        }
    }

    /// <summary>VFMADD231 and its kin: XMM0 is the addend.</summary>
    private void FusedMultiplyAdd(in FpWork work)
    {
        const int Wide = 0x8000, Scalar = 1;
        Avx op = work.Operation switch
        {
            FpOperation.MulAdd => VFMADD231PS,
            FpOperation.MulSub => VFNMADD231PS,
            FpOperation.NegatedMulAdd => VFNMSUB231PS,
            _ => VFMSUB231PS,
        };
        Emit((Avx)((int)op | (work.Shape.IsDouble ? Wide : 0) | (work.Shape.IsScalar ? Scalar : 0)), XMM0, XMM1, XMM2);
    }

    /// <summary>Jumps away, with ones in those lanes of XMM5, if the result is none that the host is trusted with; 0 where none could be.</summary>
    private ulong JumpIfSuspicious(in FpWork work)
    {
        FpShape shape = work.Shape;
        switch (work.Operation)
        {
            case FpOperation.ToGeneral or FpOperation.FromGeneral or FpOperation.ToLanes or FpOperation.FromLanes:
                return 0;
            case FpOperation.Sqrt or FpOperation.RoundExact:
                return JumpIfUnordered(XMM0, XMM0, shape);
            case FpOperation.Add or FpOperation.Sub or FpOperation.AbsoluteDifference:
                // What is finite minus itself is zero. Tiny sums are exact.
                Emit(shape.Packed(VSUBPS), XMM5, XMM0, XMM0);
                break;
            default:
                FindOutOfRange(shape);
                break;
        }

        return JumpIfAny(XMM5);
    }

    /// <summary>
    /// XMM5 = ones where XMM0 is tiny, the smallest normal number, which a tiny one may have been rounded to, infinite or a NaN: twice a
    /// number, as an integer, has no sign, and one addition brings the others to the low end of the signed ones.
    /// </summary>
    private void FindOutOfRange(FpShape shape)
    {
        ulong smallest = shape.IsDouble ? 2UL << 52 : 2UL << 23, infinity = shape.IsDouble ? 0xFFE0_0000_0000_0000 : 0xFF00_0000;
        ulong sign = 1UL << ((8 * shape.Bytes) - 1), bias = sign - (smallest + 1), limit = (infinity - 1 - (smallest + 1)) ^ sign;
        Emit(Adds[shape.Size], XMM5, XMM0, XMM0);
        EmitConstant(Adds[shape.Size], XMM5, XMM5, Repeat(shape.Size, bias));
        if (!shape.IsScalar) EmitConstant(Greaters[shape.Size], XMM5, XMM5, Repeat(shape.Size, limit));
        else if (shape.IsDouble) EmitConstant(VPCMPGTQ, XMM5, XMM5, limit, sign - 1);
        else EmitConstant(VPCMPGTD, XMM5, XMM5, limit | (sign - 1) << 32, Repeat(2, sign - 1));
    }

    /// <summary>Jumps away if there is a NaN in one of two registers. Takes XMM5.</summary>
    private ulong JumpIfUnordered(HostVector a, HostVector b, FpShape shape)
    {
        Emit(shape.Packed(VCMPPS), XMM5, a, b, (int)FpPredicate.Unordered);
        return JumpIfAny(XMM5);
    }

    /// <summary>Jumps away if any bit is set.</summary>
    private ulong JumpIfAny(HostVector register)
    {
        Emit(VPTEST, register, XMM0, register);
        return Asm.JumpForward(HostCondition.NE);
    }

    private void StoreResult(in FpWork work)
    {
        Op* op = (Op*)work.Op;
        if (work.Operation == FpOperation.ToGeneral) PutInteger(op->Rd, A);
        else if (work.Operation == FpOperation.Narrow && !work.Shape.IsScalar) StoreNarrow(work);
        else StoreV(op->Rd, XMM0, work.Shape);
    }
}

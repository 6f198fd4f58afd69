using Supermachine.Engine.Software.FloatingPoint;
using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>
/// Conversions between numbers and integers or fixed-point numbers. What is out of range, which the host answers with its "integer
/// indefinite", is the interpreter's; scaling by a power of two is exact within it.
/// </content>
internal sealed unsafe partial class BlockTranslator
{
    public static bool FpToInteger(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.ToGeneral, i, op);

    public static bool FpFromInteger(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.FromGeneral, i, op);

    public static bool FpToIntegerLanes(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.ToLanes, i, op);

    public static bool FpFromIntegerLanes(BlockTranslator t, uint i, Op* op) => t.Arithmetic(FpOperation.FromLanes, i, op);

    /// <summary>Of the op: Ra the rounding, Aux the fraction bits, Imm the integer's width, Imm2 whether it is unsigned.</summary>
    private void ComputeToGeneral(in FpWork work)
    {
        Op* op = (Op*)work.Op;
        FpShape shape = work.Shape;
        LoadV(XMM1, shape, op->Rn);
        Scale(XMM1, shape, op->Aux);
        RoundForInteger(shape, (FpRounding)op->Ra);
        ToRegister(XMM1, shape, isUnsigned: op->Imm2 != 0, is64: op->Imm == 64);
    }

    private void ComputeFromGeneral(in FpWork work)
    {
        Op* op = (Op*)work.Op;
        Get(A, op->Rn, wide: op->Imm == 64);
        FromRegister(XMM0, work.Shape, isUnsigned: op->Imm2 != 0, is64: op->Imm == 64);
        Scale(XMM0, work.Shape, -op->Aux);
    }

    /// <summary>Of the op: Ra the rounding, Rm whether the integer is unsigned, Imm the fraction bits.</summary>
    private void ComputeToLanes(in FpWork work)
    {
        Op* op = (Op*)work.Op;
        FpShape shape = work.Shape;
        LoadV(XMM1, shape, op->Rn);
        Scale(XMM1, shape, (int)op->Imm);
        RoundForInteger(shape, (FpRounding)op->Ra);
        if (op->Rm == 0 && !shape.IsDouble)
        {
            Emit(VCVTTPS2DQ, XMM0, XMM0, XMM1);
            EmitConstant(VPCMPEQD, XMM5, XMM0, SignBit(shape.Size));
            _interpret.Add(JumpIfAny(XMM5));
            return;
        }

        for (int lane = 0; lane < shape.Lanes; lane++)
        {
            if (lane != 0) Emit(VPSHUFD, XMM2, XMM0, XMM1, shape.IsDouble ? 0x4E : lane);
            ToRegister(lane == 0 ? XMM1 : XMM2, shape, op->Rm != 0, is64: shape.IsDouble);
            if (lane == 0)
            {
                Asm.Vector(VMOVD, XMM0, XMM0, A, shape.IsDouble);
                continue;
            }

            Asm.Vector(VPINSRD, XMM0, XMM0, A, shape.IsDouble);
            Asm.Byte(lane);
        }
    }

    private void ComputeFromLanes(in FpWork work)
    {
        Op* op = (Op*)work.Op;
        FpShape shape = work.Shape;
        if (op->Rm == 0 && !shape.IsDouble)
        {
            LoadV(XMM0, shape, op->Rn);
            Emit(VCVTDQ2PS, XMM0, XMM0, XMM0);
        }
        else
        {
            for (int lane = 0; lane < shape.Lanes; lane++)
            {
                Asm.Load(A, Cpu0, CpuOffset.V(op->Rn) + (lane * shape.Bytes), wide: shape.IsDouble);
                FromRegister(lane == 0 ? XMM0 : XMM2, shape, op->Rm != 0, is64: shape.IsDouble);
                if (lane != 0) Insert(shape, lane);
            }
        }

        Scale(XMM0, shape, -(int)op->Imm);
    }

    /// <summary>Puts the number in XMM2 into a lane of XMM0.</summary>
    private void Insert(FpShape shape, int lane)
    {
        if (shape.IsDouble)
        {
            Emit(VUNPCKLPD, XMM0, XMM0, XMM2);
            return;
        }

        Emit(VINSERTPS, XMM0, XMM0, XMM2, lane << 4);
    }

    /// <summary>Multiplies every lane by a power of two. Takes RCX and XMM3.</summary>
    private void Scale(HostVector numbers, FpShape shape, int exponent)
    {
        if (exponent == 0) return;
        Asm.MoveConstant(B, shape.IsDouble ? FpFormat<Binary64>.Constant(false, exponent) : FpFormat<Binary32>.Constant(false, exponent));
        Asm.Vector(VMOVD, XMM3, XMM0, B, shape.IsDouble);
        if (shape.IsDouble) Emit(VMOVDDUP, XMM3, XMM0, XMM3);
        else Emit(VPSHUFD, XMM3, XMM0, XMM3, 0);
        Emit(shape.Packed(VMULPS), numbers, numbers, XMM3);
    }

    /// <summary>XMM1 = XMM1 as an integral number, for what truncates then.</summary>
    private void RoundForInteger(FpShape shape, FpRounding rounding)
    {
        switch (rounding)
        {
            case FpRounding.Zero:
                break;
            case FpRounding.TieAway:
                RoundAway(shape);
                Emit(VMOVDQU, XMM1, XMM0, XMM0);
                break;
            default:
                RoundTo(XMM1, XMM1, shape, rounding switch { FpRounding.PosInf => RoundUp, FpRounding.NegInf => RoundDown, _ => RoundNearest });
                break;
        }
    }

    /// <summary>RAX = lane 0 toward zero, zero-extended. Takes RCX.</summary>
    private void ToRegister(HostVector number, FpShape shape, bool isUnsigned, bool is64)
    {
        Asm.VectorToGeneral(shape.Scalar(VCVTTSS2SI), A, number, wide: is64 || isUnsigned);
        if (!isUnsigned)
        {
            Asm.AluConstant(CMP, A, 1, wide: is64); // overflows from the least integer alone
            _interpret.Add(Asm.JumpForward(HostCondition.O));
        }
        else if (is64)
        {
            Asm.Test(A, A);
            _interpret.Add(Asm.JumpForward(HostCondition.S));
        }
        else
        {
            Asm.Move(B, A, wide: false);
            Asm.Alu(CMP, B, A);
            _interpret.Add(Asm.JumpForward(HostCondition.NE));
        }
    }

    /// <summary>Lane 0 = the integer in RAX, zeros above it. Takes RAX and RCX.</summary>
    private void FromRegister(HostVector to, FpShape shape, bool isUnsigned, bool is64)
    {
        Zero(to);
        if (!isUnsigned || !is64)
        {
            ConvertRegister(to, shape, wide: is64 || isUnsigned);
            return;
        }

        Asm.Test(A, A);
        ulong large = Asm.JumpForward(HostCondition.S);
        ConvertRegister(to, shape, wide: true);
        ulong done = Asm.JumpForward();

        // Half of it, whose lowest bit stands for the two that it was: rounds the same way, and doubling is exact.
        Asm.Bind(large);
        Asm.Move(B, A);
        Asm.Shift(5, A, 1);
        Asm.AluConstant(AND, B, 1, wide: false);
        Asm.Alu(OR, A, B);
        ConvertRegister(to, shape, wide: true);
        Emit(shape.Scalar(VADDPS), to, to, to);
        Asm.Bind(done);
    }

    private void ConvertRegister(HostVector to, FpShape shape, bool wide) =>
        Asm.Vector(shape.Scalar(VCVTSI2SS), to, to, A, wide);
}

using static Supermachine.Engine.Software.Avx;
using static Supermachine.Engine.Software.HostVector;

namespace Supermachine.Engine.Software;

/// <content>V registers as floating-point instructions read and write them. None of these touches EFLAGS.</content>
internal sealed unsafe partial class BlockTranslator
{
    /// <summary>XMM1 = n, XMM2 = m, and XMM0 = the addend where there is one.</summary>
    private void LoadOperands(in FpWork work)
    {
        FpShape shape = work.Shape;
        Op* op = (Op*)work.Op;
        if (work.Operation is >= FpOperation.MulAdd and <= FpOperation.NegatedMulSub)
        {
            // FMADD and the like name it; FMLA and FMLS add to the destination.
            bool named = shape.IsScalar && !work.Instruction.Bit(30);
            LoadV(XMM0, shape, named ? op->Ra : op->Rd);
        }

        switch (work.Operands)
        {
            case FpOperands.Pairs:
                LoadPairs(shape, op);
                break;
            case FpOperands.Element:
                LoadV(XMM1, shape, op->Rn);
                LoadElement(shape, CpuOffset.V(op->Rm) + ((int)op->Imm * shape.Bytes));
                break;
            default:
                LoadV(XMM1, shape, op->Rn);
                if (work.Operation != FpOperation.Sqrt) LoadV(XMM2, shape, op->Rm);
                break;
        }
    }

    /// <summary>A number, with zeros above it; a vector of 128 bits; or one of 64 bits, twice.</summary>
    private void LoadV(HostVector to, FpShape shape, int v)
    {
        if (TryGetHeld(v, shape.Form, out HostVector held)) Emit(shape.IsHalf ? VMOVDDUP : VMOVAPS, to, XMM0, held);
        else if (shape.IsScalar) LoadNumber(to, shape, CpuOffset.V(v));
        else if (shape.IsHalf) Asm.Vector(VMOVDDUP, to, XMM0, Cpu0, CpuOffset.V(v));
        else Asm.VectorLoad(to, Cpu0, CpuOffset.V(v));
    }

    /// <summary>VMOVSS, VMOVSD.</summary>
    private void LoadNumber(HostVector to, FpShape shape, int displacement) =>
        Asm.Vector(shape.Scalar(VMOVUPS), to, XMM0, Cpu0, displacement);

    /// <summary>One number of a register into XMM2, in every lane that there is.</summary>
    private void LoadElement(FpShape shape, int displacement)
    {
        if (shape.IsScalar) LoadNumber(XMM2, shape, displacement);
        else if (shape.IsDouble) Asm.Vector(VMOVDDUP, XMM2, XMM0, Cpu0, displacement);
        else Asm.Vector(VBROADCASTSS, XMM2, XMM0, Cpu0, displacement);
    }

    /// <summary>The even numbers of Vm:Vn into XMM1, the odd ones into XMM2; of a scalar those of Vn.</summary>
    private void LoadPairs(FpShape shape, Op* op)
    {
        const int Even = 0x88, Odd = 0xDD;
        if (shape.IsScalar)
        {
            LoadNumber(XMM1, shape, CpuOffset.V(op->Rn));
            LoadNumber(XMM2, shape, CpuOffset.V(op->Rn) + shape.Bytes);
            return;
        }

        Asm.VectorLoad(XMM3, Cpu0, CpuOffset.V(op->Rn));
        if (shape.IsDouble)
        {
            Asm.Vector(VUNPCKLPD, XMM1, XMM3, Cpu0, CpuOffset.V(op->Rm));
            Asm.Vector(VUNPCKHPD, XMM2, XMM3, Cpu0, CpuOffset.V(op->Rm));
            return;
        }

        HostVector second = XMM4;
        if (shape.IsHalf)
        {
            Asm.Vector(VMOVHPS, XMM3, XMM3, Cpu0, CpuOffset.V(op->Rm));
            second = XMM3;
        }
        else
        {
            Asm.VectorLoad(XMM4, Cpu0, CpuOffset.V(op->Rm));
        }

        Emit(VSHUFPS, XMM1, XMM3, second, Even);
        Emit(VSHUFPS, XMM2, XMM3, second, Odd);
    }

    /// <summary>All 128 bits, of which a vector of 64 bits leaves the upper half zero. Of a scalar they are so already.</summary>
    private void StoreV(int v, HostVector from, FpShape shape)
    {
        if (shape.IsHalf) Emit(VMOVQ, from, XMM0, from);
        Asm.VectorStore(Cpu0, CpuOffset.V(v), from);
        Hold(v, from, shape.Form);
    }

    private void Absolute(HostVector to, HostVector from, FpShape shape) => EmitConstant(VPAND, to, from, ~SignBit(shape.Size));
}

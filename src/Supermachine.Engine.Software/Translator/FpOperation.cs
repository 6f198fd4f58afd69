namespace Supermachine.Engine.Software;

/// <summary>The floating-point operations that translated code has the host do.</summary>
internal enum FpOperation : byte
{
    Add,
    Sub,
    Mul,
    Div,
    NegatedMul,
    AbsoluteDifference,
    Sqrt,

    /// <summary>addend + n * m.</summary>
    MulAdd,

    /// <summary>addend - n * m.</summary>
    MulSub,

    /// <summary>-addend - n * m.</summary>
    NegatedMulAdd,

    /// <summary>-addend + n * m.</summary>
    NegatedMulSub,

    /// <summary>FRINTX: to an integral number, and inexact where it was none.</summary>
    RoundExact,

    /// <summary>Double to single precision.</summary>
    Narrow,

    /// <summary>To a general register.</summary>
    ToGeneral,

    /// <summary>From a general register.</summary>
    FromGeneral,

    /// <summary>To integers within the V registers.</summary>
    ToLanes,

    /// <summary>From integers within the V registers.</summary>
    FromLanes,
}

/// <summary>A comparison of VCMPPS and its kin.</summary>
internal enum FpPredicate : byte
{
    Equal = 0,
    Less = 1,
    LessOrEqual = 2,
    Unordered = 3,
}

/// <summary>What an operation of two numbers takes them from.</summary>
internal enum FpOperands : byte
{
    /// <summary>Lane by lane, of Vn and Vm.</summary>
    Registers,

    /// <summary>Lanes of Vn, and one element of Vm.</summary>
    Element,

    /// <summary>Neighbours in Vm:Vn, or in Vn for a scalar.</summary>
    Pairs,
}

/// <summary>Which bits of V registers an instruction computes.</summary>
/// <param name="IsDouble">The precision.</param>
/// <param name="IsScalar">One number; the rest of the register becomes zero.</param>
/// <param name="IsHalf">A vector of 64 bits. Translated code has it twice in a host register, so that no lane is without a number.</param>
internal readonly record struct FpShape(bool IsDouble, bool IsScalar, bool IsHalf)
{
    /// <summary>From bit 22, the precision; bit 28, which tells a scalar; and Q, bit 30.</summary>
    public static FpShape Of(uint i) => new(i.Bit(22), i.Bit(28), !i.Bit(28) && !i.Bit(30));

    /// <summary>What of a register may be other than zero.</summary>
    public HeldForm Form => !IsScalar ? IsHalf ? HeldForm.Half : HeldForm.Full : IsDouble ? HeldForm.Half : HeldForm.Single;

    /// <summary>Log2 of the bytes of a number.</summary>
    public int Size => IsDouble ? 3 : 2;

    /// <summary>Bytes of a number.</summary>
    public int Bytes => 1 << Size;

    /// <summary>How many numbers.</summary>
    public int Lanes => IsScalar ? 1 : (IsHalf ? 8 : 16) / Bytes;

    /// <summary>An instruction in this precision on all lanes.</summary>
    public Avx Packed(Avx op) => With(op, IsDouble ? VexPrefix.P66 : VexPrefix.None);

    /// <summary>An instruction in this precision on lane 0.</summary>
    public Avx Scalar(Avx op) => With(op, IsDouble ? VexPrefix.PF2 : VexPrefix.PF3);

    /// <summary>An instruction in this precision on what there is.</summary>
    public Avx Own(Avx op) => IsScalar ? Scalar(op) : Packed(op);

    private static Avx With(Avx op, VexPrefix prefix) => (Avx)(((int)op & ~0x3000) | (int)prefix << 12);
}

/// <summary>One instruction whose arithmetic the host does.</summary>
/// <param name="Operation">What to do.</param>
/// <param name="Shape">Of the result.</param>
/// <param name="Instruction">The instruction.</param>
/// <param name="Op">Its op's address.</param>
/// <param name="Operands">Where two operands are.</param>
internal readonly record struct FpWork(FpOperation Operation, FpShape Shape, uint Instruction, nint Op, FpOperands Operands = FpOperands.Registers);

using Supermachine.Engine.Software.FloatingPoint;

namespace Supermachine.Engine.Software;

/// <summary>The fused multiply-adds; operands are negated before anything looks for NaNs in them.</summary>
internal static class FloatingPoint3
{
    public readonly struct MulAdd : IFloatingPoint3
    {
        public static ulong Do<T>(ulong addend, ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.MulAdd<T>(addend, op1, op2, ref fp);
    }

    public readonly struct MulSub : IFloatingPoint3
    {
        public static ulong Do<T>(ulong addend, ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.MulAdd<T>(addend, FpMath.Neg<T>(op1), op2, ref fp);
    }

    public readonly struct NegatedMulAdd : IFloatingPoint3
    {
        public static ulong Do<T>(ulong addend, ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.MulAdd<T>(FpMath.Neg<T>(addend), FpMath.Neg<T>(op1), op2, ref fp);
    }

    public readonly struct NegatedMulSub : IFloatingPoint3
    {
        public static ulong Do<T>(ulong addend, ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.MulAdd<T>(FpMath.Neg<T>(addend), op1, op2, ref fp);
    }
}

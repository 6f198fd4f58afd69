using Supermachine.Engine.Software.FloatingPoint;

namespace Supermachine.Engine.Software;

/// <summary>The operations of two numbers; compares give a lane of ones or zeros.</summary>
internal static class FloatingPoint2
{
    public readonly struct Add : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.Add<T>(op1, op2, ref fp);
    }

    public readonly struct Sub : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.Sub<T>(op1, op2, ref fp);
    }

    public readonly struct Mul : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.Mul<T>(op1, op2, ref fp);
    }

    public readonly struct MulX : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.MulX<T>(op1, op2, ref fp);
    }

    public readonly struct Div : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.Div<T>(op1, op2, ref fp);
    }

    public readonly struct Max : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.Max<T>(op1, op2, ref fp);
    }

    public readonly struct Min : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.Min<T>(op1, op2, ref fp);
    }

    public readonly struct MaxNum : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.MaxNum<T>(op1, op2, ref fp);
    }

    public readonly struct MinNum : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.MinNum<T>(op1, op2, ref fp);
    }

    public readonly struct RecipStep : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.RecipStepFused<T>(op1, op2, ref fp);
    }

    public readonly struct RSqrtStep : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.RSqrtStepFused<T>(op1, op2, ref fp);
    }

    public readonly struct NegatedMul : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.Neg<T>(FpMath.Mul<T>(op1, op2, ref fp));
    }

    public readonly struct AbsoluteDifference : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => FpMath.Abs<T>(FpMath.Sub<T>(op1, op2, ref fp));
    }

    public readonly struct Equal : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => Mask<T>(FpMath.CompareEQ<T>(op1, op2, ref fp));
    }

    public readonly struct GreaterOrEqual : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => Mask<T>(FpMath.CompareGE<T>(op1, op2, ref fp));
    }

    public readonly struct Greater : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => Mask<T>(FpMath.CompareGT<T>(op1, op2, ref fp));
    }

    public readonly struct AbsoluteGreaterOrEqual : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => GreaterOrEqual.Do<T>(FpMath.Abs<T>(op1), FpMath.Abs<T>(op2), ref fp);
    }

    public readonly struct AbsoluteGreater : IFloatingPoint2
    {
        public static ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat => Greater.Do<T>(FpMath.Abs<T>(op1), FpMath.Abs<T>(op2), ref fp);
    }

    private static ulong Mask<T>(bool condition) where T : struct, IFpFormat =>
        condition ? FpFormat<T>.SignMask | FpFormat<T>.MagnitudeMask : 0;
}

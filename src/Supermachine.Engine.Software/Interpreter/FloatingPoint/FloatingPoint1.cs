using Supermachine.Engine.Software.FloatingPoint;

namespace Supermachine.Engine.Software;

/// <summary>The operations of one number; compares with zero give a lane of ones or zeros.</summary>
internal static class FloatingPoint1
{
    public readonly struct Move : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => op;
    }

    public readonly struct Abs : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.Abs<T>(op);
    }

    public readonly struct Neg : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.Neg<T>(op);
    }

    public readonly struct Sqrt : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.Sqrt<T>(op, ref fp);
    }

    public readonly struct RecipEstimate : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.RecipEstimate<T>(op, ref fp);
    }

    public readonly struct RSqrtEstimate : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.RSqrtEstimate<T>(op, ref fp);
    }

    public readonly struct RecpX : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.RecpX<T>(op, ref fp);
    }

    public readonly struct RoundN : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.RoundInt<T>(op, FpRounding.TieEven, exact: false, ref fp);
    }

    public readonly struct RoundP : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.RoundInt<T>(op, FpRounding.PosInf, exact: false, ref fp);
    }

    public readonly struct RoundM : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.RoundInt<T>(op, FpRounding.NegInf, exact: false, ref fp);
    }

    public readonly struct RoundZ : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.RoundInt<T>(op, FpRounding.Zero, exact: false, ref fp);
    }

    public readonly struct RoundA : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.RoundInt<T>(op, FpRounding.TieAway, exact: false, ref fp);
    }

    public readonly struct RoundX : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.RoundInt<T>(op, fp.Rounding, exact: true, ref fp);
    }

    public readonly struct RoundI : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.RoundInt<T>(op, fp.Rounding, exact: false, ref fp);
    }

    public readonly struct GreaterThanZero : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FloatingPoint2.Greater.Do<T>(op, 0, ref fp);
    }

    public readonly struct GreaterOrEqualZero : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FloatingPoint2.GreaterOrEqual.Do<T>(op, 0, ref fp);
    }

    public readonly struct EqualZero : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FloatingPoint2.Equal.Do<T>(op, 0, ref fp);
    }

    public readonly struct LessThanZero : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FloatingPoint2.Greater.Do<T>(0, op, ref fp);
    }

    public readonly struct LessOrEqualZero : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FloatingPoint2.GreaterOrEqual.Do<T>(0, op, ref fp);
    }

    public readonly struct UnsignedRecipEstimate : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.UnsignedRecipEstimate((uint)op);
    }

    public readonly struct UnsignedRSqrtEstimate : IFloatingPoint1
    {
        public static ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat => FpMath.UnsignedRSqrtEstimate((uint)op);
    }
}

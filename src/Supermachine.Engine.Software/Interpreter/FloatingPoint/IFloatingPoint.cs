using Supermachine.Engine.Software.FloatingPoint;

namespace Supermachine.Engine.Software;

/// <summary>An operation of one number, as a type, so that handlers are made for each.</summary>
internal interface IFloatingPoint1
{
    static abstract ulong Do<T>(ulong op, ref FpContext fp) where T : struct, IFpFormat;
}

/// <summary>An operation of two numbers.</summary>
internal interface IFloatingPoint2
{
    static abstract ulong Do<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat;
}

/// <summary>An operation of an addend (or the destination) and two factors.</summary>
internal interface IFloatingPoint3
{
    static abstract ulong Do<T>(ulong addend, ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat;
}

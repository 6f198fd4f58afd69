using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software;

/// <summary>
/// An operation on elements extended to a type in which its arithmetic is exact, as the ARM ARM's pseudocode has it: on integers
/// without bounds.
/// </summary>
internal interface ILaneOp
{
    /// <summary>The result, to be cut or saturated to the destination's element.</summary>
    /// <param name="d">The element of Rd before.</param>
    /// <param name="n">Of Rn.</param>
    /// <param name="m">Of Rm.</param>
    /// <param name="amount">The immediate shift.</param>
    /// <param name="bits">Length of Rn's elements.</param>
    /// <param name="saturated">Set where an intermediate result saturates.</param>
    static abstract TWide Of<TWide>(TWide d, TWide n, TWide m, int amount, int bits, ref bool saturated)
        where TWide : struct, IBinaryInteger<TWide>;
}

/// <summary>How a result fits its element.</summary>
internal interface IFit
{
    static abstract T Fit<T, TWide>(TWide value, ref bool saturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        where TWide : struct, IBinaryInteger<TWide>;
}

/// <summary>The low bits.</summary>
internal readonly struct Wrapping : IFit
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fit<T, TWide>(TWide value, ref bool saturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        where TWide : struct, IBinaryInteger<TWide> => T.CreateTruncating(value);
}

/// <summary>The nearest value that T has; FPSR.QC tells.</summary>
internal readonly struct Saturating : IFit
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Fit<T, TWide>(TWide value, ref bool saturated)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        where TWide : struct, IBinaryInteger<TWide>
    {
        T result = T.CreateSaturating(value);
        if (TWide.CreateTruncating(result) != value) saturated = true;
        return result;
    }
}

/// <summary>Instructions done lane by lane: what the host's vectors do not have, saturation above all.</summary>
// SAFETY: register numbers are five bits; a shape's elements lie within 16 bytes.
internal static unsafe class Lanes
{
    /// <summary>FPSR.QC: something has saturated.</summary>
    public const uint QC = 1u << 27;

    public static Op* Run<TD, TN, TM, TWide, TOp, TFit>(Cpu* cpu, Op* op)
        where TD : unmanaged, IBinaryInteger<TD>, IMinMaxValue<TD>
        where TN : unmanaged, IBinaryInteger<TN>
        where TM : unmanaged, IBinaryInteger<TM>
        where TWide : struct, IBinaryInteger<TWide>
        where TOp : struct, ILaneOp
        where TFit : struct, IFit
    {
        Apply<TD, TN, TM, TWide, TOp, TFit>(cpu, op);
        return op[1].Handler(cpu, op + 1);
    }

    // Apart from the handler, which has to stay free of locals whose address is taken.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Apply<TD, TN, TM, TWide, TOp, TFit>(Cpu* cpu, Op* op)
        where TD : unmanaged, IBinaryInteger<TD>, IMinMaxValue<TD>
        where TN : unmanaged, IBinaryInteger<TN>
        where TM : unmanaged, IBinaryInteger<TM>
        where TWide : struct, IBinaryInteger<TWide>
        where TOp : struct, ILaneOp
        where TFit : struct, IFit
    {
        Vector128<ulong>* v = (Vector128<ulong>*)cpu->V0;
        LaneShape* shape = Shape(op);
        Vector128<ulong> before = v[op->Rd];
        Vector128<ulong> result = shape->FirstD == 0 ? default : Vector128.CreateScalar(before.ToScalar());
        TD* d = (TD*)&before + shape->FirstD, r = (TD*)&result + shape->FirstD;
        TN* n = (TN*)(v + op->Rn) + shape->FirstN;
        TM* m = (TM*)(v + op->Rm) + shape->FirstM;
        bool saturated = false;
        for (int lane = 0; lane < shape->Count; lane++)
        {
            TWide exact = TOp.Of(
                TWide.CreateTruncating(d[lane]), TWide.CreateTruncating(n[lane]), TWide.CreateTruncating(m[lane * shape->StepM]), (int)op->Imm, 8 * sizeof(TN), ref saturated);
            r[lane] = TFit.Fit<TD, TWide>(exact, ref saturated);
        }

        v[op->Rd] = result;
        if (saturated) cpu->Fpsr |= QC;
    }

    public static LaneShape* Shape(Op* op) => (LaneShape*)&op->Imm2;
}

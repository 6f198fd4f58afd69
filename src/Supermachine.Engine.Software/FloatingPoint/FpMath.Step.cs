namespace Supermachine.Engine.Software.FloatingPoint;

/// <content>FPRecipStepFused, FPRSqrtStepFused.</content>
internal static partial class FpMath
{
    /// <summary>FPRecipStepFused (FRECPS): 2 - op1 * op2, rounded once.</summary>
    public static ulong RecipStepFused<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat =>
        StepFused<T>(op1, op2, three: false, ref fp);

    /// <summary>FPRSqrtStepFused (FRSQRTS): (3 - op1 * op2) / 2, rounded once.</summary>
    public static ulong RSqrtStepFused<T>(ulong op1, ulong op2, ref FpContext fp) where T : struct, IFpFormat =>
        StepFused<T>(op1, op2, three: true, ref fp);

    private static ulong StepFused<T>(ulong op1, ulong op2, bool three, ref FpContext fp) where T : struct, IFpFormat
    {
        op1 = Neg<T>(op1);
        FpUnpacked a = FpUnpacked.From<T>(op1, ref fp);
        FpUnpacked b = FpUnpacked.From<T>(op2, ref fp);
        if (a.IsNaN || b.IsNaN) return ProcessNaNs<T>(a.Type, b.Type, op1, op2, ref fp);
        if (a.IsInfinity || b.IsInfinity)
        {
            if (!a.IsZero && !b.IsZero) return FpFormat<T>.Infinity(a.Sign != b.Sign);
            return three ? FpFormat<T>.Constant(false, 0, half: true) : FpFormat<T>.Constant(false, 1);
        }
        FpUnpacked constant = new(FpType.Nonzero, false, 1, three ? 3UL << 62 : 1UL << 63);
        return FusedSum<T>(constant, a, b, three ? -1 : 0, ref fp);
    }
}

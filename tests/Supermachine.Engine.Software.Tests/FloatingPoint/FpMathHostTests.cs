using FsCheck;
using FsCheck.Fluent;
using Supermachine.Engine.Software.FloatingPoint;

namespace Supermachine.Engine.Software.Tests.FloatingPoint;

/// <summary>The exact path beside the host's arithmetic, to nearest even, on numbers of every magnitude.</summary>
public class FpMathHostTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(3000);

    // The host's NaNs are of its own making; zeros, denormals and infinities are IEEE 754's.
    private static readonly Arbitrary<double> Doubles = ArbMap.Default.ArbFor<ulong>().Generator
        .Select(BitConverter.UInt64BitsToDouble).Where(x => !double.IsNaN(x)).ToArbitrary();

    private static readonly Arbitrary<float> Singles = ArbMap.Default.ArbFor<uint>().Generator
        .Select(BitConverter.UInt32BitsToSingle).Where(x => !float.IsNaN(x)).ToArbitrary();

    private delegate ulong Binary(ulong a, ulong b, ref FpContext fp);

    [Fact]
    public void AddsDoubles() => Doubly(FpMath.Add<Binary64>, (a, b) => a + b);

    [Fact]
    public void SubtractsDoubles() => Doubly(FpMath.Sub<Binary64>, (a, b) => a - b);

    [Fact]
    public void MultipliesDoubles() => Doubly(FpMath.Mul<Binary64>, (a, b) => a * b);

    [Fact]
    public void DividesDoubles() => Doubly(FpMath.Div<Binary64>, (a, b) => a / b);

    [Fact]
    public void TakesRootsOfDoubles() => Doubly(
        (ulong a, ulong _, ref FpContext fp) => FpMath.Sqrt<Binary64>(a, ref fp), (a, _) => Math.Sqrt(a));

    [Fact]
    public void AddsSingles() => Singly(FpMath.Add<Binary32>, (a, b) => a + b);

    [Fact]
    public void MultipliesSingles() => Singly(FpMath.Mul<Binary32>, (a, b) => a * b);

    [Fact]
    public void DividesSingles() => Singly(FpMath.Div<Binary32>, (a, b) => a / b);

    [Fact]
    public void MultipliesAndAddsDoublesRoundingOnce() => Prop.ForAll(Doubles, Doubles, Doubles, (a, b, c) =>
    {
        FpContext fp = default;
        ulong ours = FpMath.MulAdd<Binary64>(Bits(c), Bits(a), Bits(b), ref fp);
        return Same(ours, Math.FusedMultiplyAdd(a, b, c));
    }).Check(Many);

    [Fact]
    public void ConvertsDoublesToSinglesAndBack() => Prop.ForAll(Doubles, Singles, (a, b) =>
    {
        FpContext fp = default;
        return FpMath.Convert<Binary64, Binary32>(Bits(a), ref fp) == BitConverter.SingleToUInt32Bits((float)a)
            && FpMath.Convert<Binary32, Binary64>(BitConverter.SingleToUInt32Bits(b), ref fp) == Bits(b);
    }).Check(Many);

    [Fact]
    public void ConvertsIntegersToNumbers() => Prop.ForAll<long>(value =>
    {
        FpContext fp = default;
        value *= 0x1000_0001;
        return FpMath.FixedToFP<Binary64>((ulong)value, 0, unsigned: false, 64, FpRounding.TieEven, ref fp) == Bits(value)
            && FpMath.FixedToFP<Binary64>((ulong)value, 0, unsigned: true, 64, FpRounding.TieEven, ref fp) == Bits((ulong)value);
    }).Check(Many);

    // Far from the edges the host path is taken when IXC is up, and must give the same bits as the exact one.
    [Fact]
    public void HostPathAndExactPathAgree() => Prop.ForAll(Doubles, Doubles, Doubles, (a, b, c) =>
    {
        FpContext exact = default, host = new() { Fpsr = FpContext.IXC };
        return FpMath.MulAdd<Binary64>(Bits(c), Bits(a), Bits(b), ref exact) == FpMath.MulAdd<Binary64>(Bits(c), Bits(a), Bits(b), ref host)
            && (exact.Fpsr | FpContext.IXC) == host.Fpsr;
    }).Check(Many);

    private static void Doubly(Binary ours, Func<double, double, double> host) => Prop.ForAll(Doubles, Doubles, (a, b) =>
    {
        FpContext fp = default;
        return Same(ours(Bits(a), Bits(b), ref fp), host(a, b));
    }).Check(Many);

    private static void Singly(Binary ours, Func<float, float, float> host) => Prop.ForAll(Singles, Singles, (a, b) =>
    {
        FpContext fp = default;
        float theirs = host(a, b);
        ulong expected = float.IsNaN(theirs) ? FpFormat<Binary32>.DefaultNaN : BitConverter.SingleToUInt32Bits(theirs);
        return ours(BitConverter.SingleToUInt32Bits(a), BitConverter.SingleToUInt32Bits(b), ref fp) == expected;
    }).Check(Many);

    private static bool Same(ulong ours, double theirs) =>
        ours == (double.IsNaN(theirs) ? FpFormat<Binary64>.DefaultNaN : Bits(theirs));

    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);
}

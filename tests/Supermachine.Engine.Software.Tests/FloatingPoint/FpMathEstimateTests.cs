using Supermachine.Engine.Software.FloatingPoint;

namespace Supermachine.Engine.Software.Tests.FloatingPoint;

/// <summary>The estimates over their whole domains, beside the definitions of the ARM ARM's pseudocode.</summary>
public class FpMathEstimateTests
{
    [Fact]
    public void UnsignedRSqrtEstimateIsThePseudocodesForEveryIndex()
    {
        for (uint index = 0; index < 512; index++)
        {
            uint expected = index < 128 ? uint.MaxValue : RecipSqrtEstimate(index) << 23;
            Assert.Equal(expected, FpMath.UnsignedRSqrtEstimate((index << 23) | 0x12345));
        }
    }

    // Eight bits of estimate: the error is under one part in 256, over the whole range of a significand.
    [Fact]
    public void RecipEstimateIsNearTheReciprocalForEveryIndex()
    {
        FpContext fp = default;
        for (uint index = 0; index < 256; index++)
        {
            double value = 1 + (index / 256.0);
            double estimate = BitConverter.UInt64BitsToDouble(
                FpMath.RecipEstimate<Binary64>(BitConverter.DoubleToUInt64Bits(value), ref fp));
            Assert.InRange(estimate * value, 1 - (1 / 256.0), 1 + (1 / 256.0));
        }
        Assert.Equal(0u, fp.Fpsr);
    }

    private static uint RecipSqrtEstimate(uint a)
    {
        if (a < 256) a = (a * 2) + 1;
        else a = ((a >> 1 << 1) + 1) * 2;
        uint b = 512;
        while ((ulong)a * (b + 1) * (b + 1) < 1UL << 28) b++;
        return (b + 1) / 2;
    }
}

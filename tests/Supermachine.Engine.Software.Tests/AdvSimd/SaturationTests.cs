using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software.Tests.AdvSimd;

/// <summary>Results at the edge of what fits, and FPSR.QC, worked out by hand. Lanes are given as 64-bit halves, high first.</summary>
public class SaturationTests
{
    private const ulong X = 0xDEAD_BEEF_DEAD_BEEF;

    [Theory]
    // sqadd v0.4s: max + 1 saturates, -1 + 1 does not
    [InlineData(0x4EA20C20, 0ul, 0ul, 0ul, 0x7FFFFFFF_FFFFFFFFul, 0ul, 0x00000001_00000001ul, 0ul, 0x7FFFFFFF_00000000ul, true)]
    // sqadd v0.2s: what saturates in the upper half does not count, and the upper half becomes zero
    [InlineData(0x0EA20C20, X, X, 0x7FFFFFFF_7FFFFFFFul, 0x00000005_FFFFFFF0ul, 0x7FFFFFFF_7FFFFFFFul, 0x00000003_00000010ul, 0ul, 0x00000008_00000000ul, false)]
    // uqsub b0: 1 - 2; other bytes do not count
    [InlineData(0x7E222C20, X, X, 0ul, 0x0000000000000001ul, 0ul, 0x00FF_0000_0000_0002ul, 0ul, 0ul, true)]
    // sqdmull d0, s1, s2: only min * min saturates
    [InlineData(0x5EA2D020, X, X, 0ul, 0x80000000ul, 0ul, 0x80000000ul, 0ul, 0x7FFFFFFF_FFFFFFFFul, true)]
    [InlineData(0x5EA2D020, X, X, 0ul, 0x80000000ul, 0ul, 0x7FFFFFFFul, 0ul, 0x80000001_00000000ul, false)]
    // sqdmlal v0.2d: -1 + saturated product; -1 + -2
    [InlineData(0x0EA29020, 0xFFFFFFFF_FFFFFFFFul, 0xFFFFFFFF_FFFFFFFFul, 0ul, 0x80000000_00000001ul, 0ul, 0x80000000_FFFFFFFFul, 0x7FFFFFFF_FFFFFFFEul, 0xFFFFFFFF_FFFFFFFDul, true)]
    // sqrdmulh v0.8h: min * min; 0x4000 * 1 rounds up to 1; -0x4000 * 1 rounds to 0
    [InlineData(0x6E62B420, 0ul, 0ul, 0ul, 0x0000_8000_4000_C000ul, 0ul, 0x0000_8000_0001_0001ul, 0ul, 0x0000_7FFF_0001_0000ul, true)]
    // uqxtn2 v0.16b: the lower half of Vd stays
    [InlineData(0x6E214820, 0ul, 0x1122334455667788ul, 0ul, 0x0100_00FF_FFFF_0012ul, 0ul, 0ul, 0x00000000_FFFFFF12ul, 0x1122334455667788ul, true)]
    // sqshlu v0.16b, #1: negative to 0, 0x7F << 1 = 0xFE, 0x80.. to 0
    [InlineData(0x6F096420, 0ul, 0ul, 0ul, 0x00000000_007F_FF80ul, 0ul, 0ul, 0ul, 0x00000000_00FE_0000ul, true)]
    // sqrshl v0.2d: by 64 up, and by -1 with rounding
    [InlineData(0x4EE25C20, 0ul, 0ul, 0x80000000_00000001ul, 3ul, 64ul, 0xFFul, 0x80000000_00000000ul, 2ul, true)]
    // sqrshl v0.2d: by -128, nothing is left; by -64, rounding of the least number
    [InlineData(0x4EE25C20, 0ul, 0ul, 0x7FFFFFFF_FFFFFFFFul, 0x80000000_00000000ul, 0x80ul, 0xC0ul, 0ul, 0ul, false)]
    // sqneg v0.16b: -(-128)
    [InlineData(0x6E207820, 0ul, 0ul, 0ul, 0x00000000_00000180ul, 0ul, 0ul, 0ul, 0x00000000_0000FF7Ful, true)]
    // suqadd: -1 + 255 = 254 to 127; -128 + 255 = 127 fits
    [InlineData(0x4E203820, 0ul, 0x80ul, 0ul, 0xFFul, 0ul, 0ul, 0ul, 0x7Ful, false)]
    [InlineData(0x4E203820, 0ul, 0xFFul, 0ul, 0xFFul, 0ul, 0ul, 0ul, 0x7Ful, true)]
    // usqadd: 5 + -6 to 0; 250 + 5 = 255 fits
    [InlineData(0x6E203820, 0ul, 0xFA05ul, 0ul, 0x05FAul, 0ul, 0ul, 0ul, 0xFF00ul, true)]
    // sqshrun b0, h1, #8: -256 >> 8 = -1 to 0
    [InlineData(0x7F088420, X, X, 0ul, 0xFF00ul, 0ul, 0ul, 0ul, 0ul, true)]
    // sqdmlsl v0.4s, v1.4h, v2.h[7]: 1 - 2 * 3 * 2
    [InlineData(0x0F727820, 0x00000001_00000001ul, 0x00000001_80000000ul, X, 0x0000_0000_0003_0003ul, 0x0002_0000_0000_0000ul, X, 0x00000001_00000001ul, 0xFFFFFFF5_80000000ul, true)]
    public void Results_and_QC(uint instruction, ulong dh, ulong dl, ulong nh, ulong nl, ulong mh, ulong ml, ulong high, ulong low, bool saturated)
    {
        using VectorRig rig = new();
        Assert.Equal(Vector128.Create(low, high), rig.Run(instruction, Vector128.Create(dl, dh), Vector128.Create(nl, nh), Vector128.Create(ml, mh)));
        Assert.Equal(saturated, rig.IsSaturated);
    }

    [Fact]
    public void QC_stays_until_it_is_cleared()
    {
        using VectorRig rig = new();
        rig.Run(0x4E207820, default, Vector128.Create((sbyte)-128));   // sqabs v0.16b, v1.16b
        Assert.True(rig.IsSaturated);
        rig.Run(0x4E207820, default, Vector128.Create((sbyte)-127));
        Assert.True(rig.IsSaturated);
    }
}

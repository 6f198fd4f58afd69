namespace Supermachine.Engine.Software.Tests.FloatingPoint;

/// <summary>What is allocated among the floating-point encodings of Armv8.0-A, and what is reserved or of a later version.</summary>
public unsafe class FloatingPointDecodeTests
{
    [Theory]
    [InlineData(0x1E622820, "fadd d0, d1, d2")]
    [InlineData(0x1E22C020, "fcvt d0, s1")]
    [InlineData(0x1EE24020, "fcvt s0, h1")]
    [InlineData(0x9E660020, "fmov x0, d1")]
    [InlineData(0x9EAE0020, "fmov x0, v1.d[1]")]
    [InlineData(0x1E58FC20, "fcvtzs w0, d1, #1")]
    [InlineData(0x4E62D420, "fadd v0.2d, v1.2d, v2.2d")]
    [InlineData(0x6E30F820, "fmaxv s0, v1.4s")]
    [InlineData(0x4FC01020, "fmla v0.2d, v1.2d, v0.d[0]")]
    [InlineData(0x2E616820, "fcvtxn v0.2s, v1.2d")]
    [InlineData(0x4EA1C820, "urecpe v0.4s, v1.4s")]
    [InlineData(0x5EA1F820, "frecpx s0, s1")]
    [InlineData(0x0F20FC20, "fcvtzs v0.2s, v1.2s, #32")]
    public void Allocated(uint instruction, string meaning) => Assert.True(Binds(instruction), meaning);

    [Theory]
    [InlineData(0x1EA22820, "fadd of type 10")]
    [InlineData(0x1E224020, "fcvt s0, s1")]
    [InlineData(0x1EE3C020, "fcvt h0, h1")]
    [InlineData(0x1E660020, "fmov of W and a double")]
    [InlineData(0x9E260020, "fmov of X and a single")]
    [InlineData(0x1E587C20, "fcvtzs w0, d1, #33")]
    [InlineData(0x0E62D420, "fadd of one double lane")]
    [InlineData(0x2E30F820, "fmaxv of two lanes")]
    [InlineData(0x6E70F820, "fmaxv of doubles")]
    [InlineData(0x4FE01020, "fmla by an element d[] with L set")]
    [InlineData(0x5FE01020, "fmla by an element d[] with L set, scalar")]
    [InlineData(0x2E216820, "fcvtxn of singles")]
    [InlineData(0x4EE1C820, "urecpe of doubles")]
    [InlineData(0x4EA1F820, "frecpx of a vector")]
    [InlineData(0x0F40FC20, "fcvtzs of one double lane, fixed-point")]
    [InlineData(0x4F08FC20, "fcvtzs with immh 0001")]
    [InlineData(0x1EE22820, "fadd h0, h1, h2 (FEAT_FP16)")]
    [InlineData(0x0E421420, "fadd v0.4h, v1.4h, v2.4h (FEAT_FP16)")]
    [InlineData(0x4F10FC20, "fcvtzs v0.8h, v1.8h, #16 (FEAT_FP16)")]
    [InlineData(0x4F001020, "fmla v0.8h, v1.8h, v0.h[0] (FEAT_FP16)")]
    [InlineData(0x1E7E0020, "fjcvtzs w0, d1 (FEAT_JSCVT)")]
    [InlineData(0x1E284020, "frint32z s0, s1 (FEAT_FRINTTS)")]
    [InlineData(0x1E634020, "bfcvt h0, s1 (FEAT_BF16)")]
    [InlineData(0x6E42C420, "fcmla v0.8h, v1.8h, v2.8h, #0 (FEAT_FCMA)")]
    public void Unallocated(uint instruction, string meaning) => Assert.False(Binds(instruction), meaning);

    private static bool Binds(uint instruction)
    {
        Op op = default;
        return DecodeTable.Find(instruction) is { } row && row.Bind(instruction, &op);
    }
}

using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Software.Tests.AdvSimd;

/// <summary>Reserved encodings next to allocated ones, and what 64-bit forms do to the upper half.</summary>
public class VectorDecodeTests
{
    [Theory]
    [InlineData(0x4EE28420, "add v0.2d")]
    [InlineData(0x0EE0E020, "pmull v0.1q, of 1d")]
    [InlineData(0x0E0E0420, "dup v0.4h, of h[3]")]
    [InlineData(0x4E083C20, "umov x0, v1.d[0]")]
    [InlineData(0x4C007C20, "st1 v0.2d")]
    [InlineData(0x0C007C20, "st1 v0.1d")]
    [InlineData(0x0D408420, "ld1 v0.d[0]")]
    [InlineData(0x6F00F400, "fmov v0.2d, #2.0")]
    public void Allocated(uint instruction, string meaning) => Assert.True(VectorRig.Binds(instruction), meaning);

    [Theory]
    [InlineData(0x0EE28420, "add of one double word")]
    [InlineData(0x4EE29C20, "mul of double words")]
    [InlineData(0x6E629C20, "pmul of half words")]
    [InlineData(0x4E22B420, "sqdmulh of bytes")]
    [InlineData(0x0E62E020, "pmull of half words")]
    [InlineData(0x4EE00820, "rev64 of double words")]
    [InlineData(0x4E605820, "cnt of half words")]
    [InlineData(0x6EA05820, "rbit with size 10")]
    [InlineData(0x0EB1B820, "addv of two words")]
    [InlineData(0x0E080420, "dup v0.1d")]
    [InlineData(0x4E100420, "dup with imm5 10000")]
    [InlineData(0x0E083C20, "umov w0 of d[]")]
    [InlineData(0x4E043C20, "umov x0 of s[]")]
    [InlineData(0x0E042C20, "smov w0 of s[]")]
    [InlineData(0x2E024020, "ext v0.8b, #8")]
    [InlineData(0x0F405420, "shl of one double word")]
    [InlineData(0x0F408420, "shrn from 128 bits")]
    [InlineData(0x4F008C20, "rshrn with immh 0000")]
    [InlineData(0x2F00F400, "fmov v0.1d")]
    [InlineData(0x0F00FC00, "fmov of half precision")]
    [InlineData(0x4F028020, "mul by an element of a byte")]
    [InlineData(0x5E628420, "add of a scalar half word")]
    [InlineData(0x0C408C20, "ld2 of one double word")]
    [InlineData(0x0D404420, "ld1 of a half word with size 01")]
    [InlineData(0x0D409420, "ld1 of a double word with S set")]
    [InlineData(0x0D00C020, "st1r")]
    [InlineData(0x0D40D020, "ld1r with S set")]
    [InlineData(0x4E684820, "aese with size 01")]
    [InlineData(0x5E027020, "sha with opcode 111")]
    [InlineData(0x6E828420, "sqrdmlah (FEAT_RDM)")]
    [InlineData(0x4E829420, "sdot (FEAT_DotProd)")]
    public void Unallocated(uint instruction, string meaning) => Assert.False(VectorRig.Binds(instruction), meaning);

    [Theory]
    [InlineData(0x0E228420, 0x0000000000000000ul)] // add v0.8b
    [InlineData(0x2E228C20, 0xFFFFFFFFFFFFFFFFul)] // cmeq v0.8b
    [InlineData(0x2E205820, 0xFFFFFFFFFFFFFFFFul)] // mvn v0.8b
    public void The_upper_half_becomes_zero(uint instruction, ulong low)
    {
        using VectorRig rig = new();
        Assert.Equal(Vector128.Create(low, 0), rig.Run(instruction, Vector128.Create(ulong.MaxValue), Vector128.Create(0, ulong.MaxValue), Vector128.Create(0, ulong.MaxValue)));
    }

    /// <summary>Else every fourth register lies across two cache lines of the host.</summary>
    [Fact]
    public unsafe void V_registers_are_aligned()
    {
        Assert.Equal(0, Marshal.OffsetOf<Cpu>(nameof(Cpu.V0)) % 16);
    }

    [Fact]
    public void A_table_may_run_from_V31_to_V0()
    {
        using VectorRig rig = new();
        // tbx v0.8b, {v31.16b, v0.16b}, v2.8b: V31 is zero; V0 is the second register and what stays
        Vector128<byte> d = Vector128.Create((byte)0xA0, 0xA1, 0xA2, 0xA3, 0xA4, 0xA5, 0xA6, 0xA7, 0xA8, 0xA9, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF);
        Vector128<byte> indexes = Vector128.Create((byte)0, 15, 16, 31, 32, 255, 17, 200, 1, 1, 1, 1, 1, 1, 1, 1);
        Assert.Equal(Vector128.Create((byte)0, 0, 0xA0, 0xAF, 0xA4, 0xA5, 0xA1, 0xA7, 0, 0, 0, 0, 0, 0, 0, 0), rig.Run(0x0E0233E0, d, default, indexes));
    }
}

namespace Supermachine.Toml.Tests.Grammar;

/// <summary>integer, float, boolean</summary>
public sealed class NumberTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("+0", 0)]
    [InlineData("-0", 0)]
    [InlineData("99", 99)]
    [InlineData("+99", 99)]
    [InlineData("-17", -17)]
    [InlineData("1_000", 1000)]
    [InlineData("1_2_3_4_5", 12345)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("0xDEADBEEF", 0xDEADBEEF)]
    [InlineData("0xdead_beef", 0xDEADBEEF)]
    [InlineData("0x00_1", 1)]
    [InlineData("0x7FFFFFFFFFFFFFFF", long.MaxValue)]
    [InlineData("0o01234567", 342391)]
    [InlineData("0o7_55", 493)]
    [InlineData("0b1101_0110", 214)]
    [InlineData("0b0", 0)]
    public void Integer(string toml, long expected) => Assert.Equal(expected, Read.Value(toml));

    [Theory]
    [InlineData("1.0", 1.0)]
    [InlineData("+3.1415", 3.1415)]
    [InlineData("-0.01", -0.01)]
    [InlineData("0.0", 0.0)]
    [InlineData("5e+22", 5e22)]
    [InlineData("1e06", 1e6)]
    [InlineData("-2E-2", -2e-2)]
    [InlineData("0e0", 0.0)]
    [InlineData("6.626e-34", 6.626e-34)]
    [InlineData("224_617.445_991_228", 224617.445991228)]
    [InlineData("1e1_0", 1e10)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("5e-324", double.Epsilon)]
    [InlineData("1e400", double.PositiveInfinity)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("+inf", double.PositiveInfinity)]
    [InlineData("-inf", double.NegativeInfinity)]
    [InlineData("nan", double.NaN)]
    [InlineData("+nan", double.NaN)]
    [InlineData("-nan", double.NaN)]
    public void Float(string toml, double expected) => Assert.Equal(expected, Read.Value(toml));

    [Fact]
    public void ZeroKeepsItsSign() => Assert.True(double.IsNegative((double)Read.Value("-0.0")));

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void Boolean(string toml, bool expected) => Assert.Equal(expected, Read.Value(toml));
}

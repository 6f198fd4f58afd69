using static Supermachine.Toml.TomlDateTimeKind;

namespace Supermachine.Toml.Tests.Grammar;

/// <summary>offset-date-time, local-date-time, local-date, local-time</summary>
public sealed class DateTimeTests
{
    [Theory]
    [InlineData("1979-05-27T07:32:00Z", OffsetDateTimeByZ, "1979-05-27T07:32:00Z")]
    [InlineData("1979-05-27t07:32:00z", OffsetDateTimeByZ, "1979-05-27T07:32:00Z")]
    [InlineData("1979-05-27 07:32:00Z", OffsetDateTimeByZ, "1979-05-27T07:32:00Z")]
    [InlineData("1979-05-27 07:32Z", OffsetDateTimeByZ, "1979-05-27T07:32:00Z")]
    [InlineData("1979-05-27T00:32:00-07:00", OffsetDateTimeByNumber, "1979-05-27T00:32:00-07:00")]
    [InlineData("1979-05-27T00:32:00.5+05:30", OffsetDateTimeByNumber, "1979-05-27T00:32:00.5+05:30")]
    [InlineData("1979-05-27T00:32-00:00", OffsetDateTimeByNumber, "1979-05-27T00:32:00+00:00")]
    [InlineData("1979-05-27T00:32:00+14:00", OffsetDateTimeByNumber, "1979-05-27T00:32:00+14:00")]
    [InlineData("0001-01-01T00:00:00Z", OffsetDateTimeByZ, "0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z", OffsetDateTimeByZ, "9999-12-31T23:59:59.9999999Z")]
    [InlineData("1979-05-27T07:32:00", LocalDateTime, "1979-05-27T07:32:00")]
    [InlineData("1979-05-27 07:32", LocalDateTime, "1979-05-27T07:32:00")]
    [InlineData("1979-05-27T00:32:00.010", LocalDateTime, "1979-05-27T00:32:00.010")]
    [InlineData("1979-05-27T00:32:00.123456789", LocalDateTime, "1979-05-27T00:32:00.1234567")]
    [InlineData("2024-02-29", LocalDate, "2024-02-29")]
    [InlineData("07:32:00", LocalTime, "07:32:00")]
    [InlineData("23:59", LocalTime, "23:59:00")]
    [InlineData("00:32:00.999999", LocalTime, "00:32:00.999999")]
    public void ReadsAndWritesItBack(string toml, TomlDateTimeKind kind, string expected)
    {
        TomlDateTime moment = Assert.IsType<TomlDateTime>(Read.Value(toml));
        Assert.Equal(kind, moment.Kind);
        Assert.Equal(expected, moment.ToString());
    }

    [Fact]
    public void AnOffsetDateTimeIsTheMomentItNames() =>
        Assert.Equal(
            new DateTimeOffset(1979, 5, 27, 0, 32, 0, 250, TimeSpan.FromHours(-7)),
            ((TomlDateTime)Read.Value("1979-05-27 00:32:00.25-07:00")).DateTime);

    [Theory]
    [InlineData("[1979-05-27 ]")]
    [InlineData("[1979-05-27 , 1979-05-28 #c\n]")]
    public void ABlankAfterADateIsNotPartOfIt(string toml) =>
        Assert.All((TomlArray)Read.Value(toml), item => Assert.Equal(LocalDate, ((TomlDateTime)item!).Kind));
}

using FsCheck;
using FsCheck.Fluent;

namespace Supermachine.Runtime.Tests;

/// <summary>Sizes, times and near words, as machine files write them.</summary>
public sealed class TextTests
{
    [Fact]
    public void A_size_survives_its_own_text() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), bytes =>
        {
            ByteSize size = new(bytes & long.MaxValue);
            return ByteSize.TryParse(size.ToString(), out ByteSize read) && read == size;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_size_is_its_number_times_its_unit() =>
        Prop.ForAll(ArbMap.Default.ArbFor<uint>(), Gen.Elements("B", "KiB", "MiB", "GiB").ToArbitrary(), (count, unit) =>
        {
            ulong factor = unit switch { "B" => 1, "KiB" => 1024, "MiB" => 1024 * 1024, _ => 1024 * 1024 * 1024 };
            UInt128 expected = (UInt128)count * factor;
            bool read = ByteSize.TryParse($"{count} {unit}", out ByteSize size);
            return read == (expected <= long.MaxValue) && (!read || size.Bytes == expected);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("512")]
    [InlineData("512MB")]
    [InlineData("512mib")]
    [InlineData("-1MiB")]
    [InlineData("1.5GiB")]
    [InlineData("MiB")]
    [InlineData("")]
    [InlineData("8388608TiB")]
    [InlineData("99999999999999999999B")]
    public void What_is_no_size_is_refused(string text) => Assert.False(ByteSize.TryParse(text, out _));

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("1.5s", 1500)]
    [InlineData("2 s", 2000)]
    [InlineData("1min", 60_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("0s", 0)]
    public void Times_have_units(string text, double milliseconds)
    {
        Assert.True(DurationText.TryParse(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), duration);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("5m")]
    [InlineData("-5s")]
    [InlineData("1.2.3s")]
    [InlineData("s")]
    [InlineData(".s")]
    [InlineData("99999999999999999999h")]
    public void What_is_no_time_is_refused(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Fact]
    public void A_time_survives_its_own_text() =>
        Prop.ForAll(ArbMap.Default.ArbFor<uint>(), microseconds =>
        {
            TimeSpan time = TimeSpan.FromMicroseconds(microseconds);
            return DurationText.TryParse(DurationText.Format(time), out TimeSpan read) && read == time;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("vcpu", "vcpus")]
    [InlineData("queu_size", "queue_size")]
    [InlineData("queue_szie", "queue_size")]
    [InlineData("size", "queue_size")]
    [InlineData("colour", null)]
    [InlineData("x", null)]
    public void The_nearest_word_is_near(string word, string? expected) => Assert.Equal(expected, NearestWord.Of(word, ["vcpus", "queue_size", "memory", "path"]));

    [Fact]
    public void A_distance_counts_edits_and_swaps()
    {
        Assert.Equal(0, NearestWord.Distance("kitten", "kitten"));
        Assert.Equal(3, NearestWord.Distance("kitten", "sitting"));
        Assert.Equal(1, NearestWord.Distance("ab", "ba"));
        Assert.Equal(4, NearestWord.Distance("", "four"));
    }
}

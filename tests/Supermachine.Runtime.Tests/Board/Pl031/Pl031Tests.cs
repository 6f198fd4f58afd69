using Supermachine.Testing;

namespace Supermachine.Runtime.Tests;

/// <summary>Against ARM DDI 0224C.</summary>
public sealed class Pl031Tests
{
    private readonly FakeDeviceContext _context = new(name: "rtc0");
    private readonly Pl031Device _clock;

    public Pl031Tests()
    {
        _clock = new Pl031Device(_context);
        _clock.Start();
    }

    private uint Now => (uint)_context.WallTime.GetUtcNow().ToUnixTimeSeconds();

    private bool IsAsserted => _context.Line("rtc").IsAsserted;

    [Fact]
    public void It_shows_the_hosts_time_and_runs_with_it()
    {
        Assert.Equal(Now, Read(Pl031.RTCDR));
        _context.WallTime.Advance(TimeSpan.FromSeconds(90));
        Assert.Equal(Now, Read(Pl031.RTCDR));
        Assert.Equal(1u, Read(Pl031.RTCCR));
    }

    [Fact]
    public void It_can_be_set_and_runs_on_from_there()
    {
        Write(Pl031.RTCLR, 1000);
        Assert.Equal(1000u, Read(Pl031.RTCLR));
        _context.WallTime.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1005u, Read(Pl031.RTCDR));
        _clock.Reset();
        Assert.Equal(Now, Read(Pl031.RTCDR));
    }

    [Fact]
    public void The_alarm_rings_by_itself_at_the_match_and_stops_when_cleared()
    {
        Write(Pl031.RTCIMSC, 1);
        Write(Pl031.RTCMR, Now + 10);
        _context.WallTime.Advance(TimeSpan.FromSeconds(9));
        Assert.False(IsAsserted);
        _context.WallTime.Advance(TimeSpan.FromSeconds(1));
        Assert.True(IsAsserted);
        Assert.Equal((1u, 1u), (Read(Pl031.RTCRIS), Read(Pl031.RTCMIS)));
        Write(Pl031.RTCICR, 1);
        Assert.False(IsAsserted);
        _context.WallTime.Advance(TimeSpan.FromSeconds(100));
        Assert.False(IsAsserted);
    }

    [Fact]
    public void A_masked_alarm_is_raw_only()
    {
        Write(Pl031.RTCMR, Now + 3);
        _context.WallTime.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((1u, 0u), (Read(Pl031.RTCRIS), Read(Pl031.RTCMIS)));
        Assert.False(IsAsserted);
        Write(Pl031.RTCIMSC, 1);
        Assert.True(IsAsserted);
    }

    [Fact]
    public void An_alarm_months_away_is_kept()
    {
        Write(Pl031.RTCIMSC, 1);
        Write(Pl031.RTCMR, Now + (100 * 86400));
        for (int day = 0; day < 99; day++) _context.WallTime.Advance(TimeSpan.FromDays(1));
        Assert.False(IsAsserted);
        _context.WallTime.Advance(TimeSpan.FromDays(1));
        Assert.True(IsAsserted);
    }

    [Fact]
    public async Task A_stopped_clock_rings_when_it_is_started_again()
    {
        Write(Pl031.RTCIMSC, 1);
        Write(Pl031.RTCMR, Now + 10);
        await _clock.StopAsync();
        _context.WallTime.Advance(TimeSpan.FromSeconds(20));
        Assert.False(IsAsserted);
        _clock.Start();
        Assert.True(IsAsserted);
    }

    [Theory]
    [InlineData(0xfe0, 0x31)]
    [InlineData(0xfe4, 0x10)]
    [InlineData(0xfe8, 0x04)]
    [InlineData(0xfec, 0x00)]
    [InlineData(0xff0, 0x0d)]
    [InlineData(0xff4, 0xf0)]
    [InlineData(0xff8, 0x05)]
    [InlineData(0xffc, 0xb1)]
    public void It_identifies_itself(uint offset, uint value) => Assert.Equal(value, Read(offset));

    [Fact]
    public void Directions_are_kept()
    {
        Assert.Equal(MmioResult.NotPermitted, _clock.Write(Pl031.RTCDR, AccessWidth.Word, 1));
        Assert.Equal(MmioResult.NotPermitted, _clock.Read(Pl031.RTCICR, AccessWidth.Word, out _));
        Assert.Equal(MmioResult.NoSuchRegister, _clock.Read(0x20, AccessWidth.Word, out _));
    }

    [Fact]
    public void A_restored_clock_keeps_its_distance_from_the_hosts_and_its_alarm()
    {
        Write(Pl031.RTCLR, 5000);
        Write(Pl031.RTCIMSC, 1);
        Write(Pl031.RTCMR, 5100);
        FakeSnapshot snapshot = FakeSnapshot.Of(_clock);

        var context = new FakeDeviceContext();
        context.WallTime.Advance(TimeSpan.FromSeconds(60));
        var clock = new Pl031Device(context);
        clock.Restore(snapshot.Reader.State<Pl031State>());
        clock.Start();
        clock.Read(Pl031.RTCDR, AccessWidth.Word, out ulong value);
        Assert.Equal(5060u, value);
        context.WallTime.Advance(TimeSpan.FromSeconds(40));
        Assert.True(context.Line("rtc").IsAsserted);

        snapshot.Integers[5] = 2;
        Assert.Throws<InvalidDataException>(() => snapshot.Reader.State<Pl031State>());
    }

    private uint Read(uint offset)
    {
        Assert.Equal(MmioResult.Ok, _clock.Read(offset, AccessWidth.Word, out ulong value));
        return (uint)value;
    }

    private void Write(uint offset, uint value) => Assert.Equal(MmioResult.Ok, _clock.Write(offset, AccessWidth.Word, value));
}

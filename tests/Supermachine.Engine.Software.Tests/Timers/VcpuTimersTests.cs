using Supermachine.Testing;

namespace Supermachine.Engine.Software.Tests;

/// <summary>The timers of one vCPU on a clock that stands still until told (ARM ARM D11.2.4).</summary>
public class VcpuTimersTests
{
    private const uint Virtual = 27, Physical = 30;

    private readonly ManualTimeProvider _clock = new();
    private readonly GicRig _rig = GicRig.Ready();
    private readonly SystemCounter _counter;
    private readonly VcpuTimers _timers;

    public VcpuTimersTests()
    {
        _counter = new SystemCounter(_clock);
        _timers = new VcpuTimers(0, _counter, _rig.Gic);
        _rig.EnablePrivate(0, Virtual);
        _rig.EnablePrivate(0, Physical);
    }

    [Fact]
    public void The_counter_runs_at_its_frequency()
    {
        ulong before = _counter.Count;
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2ul * SystemCounter.UsualFrequency, _counter.Count - before);
        _counter.Count = 7;
        Assert.Equal(7ul, _counter.Count);
        Assert.True(SystemCounter.UsualFrequency >= 24_000_000);
    }

    [Theory]
    [InlineData(true, Virtual)]
    [InlineData(false, Physical)]
    public void A_timer_fires_at_its_value_and_not_before(bool isVirtual, uint intid)
    {
        _timers.WriteTval(isVirtual, SystemCounter.UsualFrequency / 1000);
        _timers.WriteCtl(isVirtual, 1);
        Assert.Equal(1ul, _timers.ReadCtl(isVirtual));
        Assert.Equal(_counter.Count + SystemCounter.UsualFrequency / 1000, _timers.Poll());
        _clock.Advance(TimeSpan.FromMicroseconds(999));
        _timers.Poll();
        Assert.False(_rig.Irq[0]);
        _clock.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal(VcpuTimers.Never, _timers.Poll());
        Assert.True(_rig.Irq[0]);
        Assert.Equal(5ul, _timers.ReadCtl(isVirtual));
        Assert.Equal(intid, _rig.Iar());
        _timers.WriteCval(isVirtual, ulong.MaxValue); // the line is a level: a new value takes it back
        _rig.Eoi(intid);
        Assert.False(_rig.Irq[0]);
    }

    [Fact]
    public void IMASK_holds_the_line_but_not_the_status()
    {
        _timers.WriteCval(true, 0);
        _timers.WriteCtl(true, 3);
        Assert.Equal(7ul, _timers.ReadCtl(true));
        Assert.False(_rig.Irq[0]);
        _timers.WriteCtl(true, 1);
        Assert.True(_rig.Irq[0]);
        _timers.WriteCtl(true, 0);
        Assert.False(_rig.Irq[0]);
        Assert.Equal(0ul, _timers.ReadCtl(true));
    }

    [Fact]
    public void TVAL_counts_down_through_zero()
    {
        _timers.WriteTval(false, 100);
        Assert.Equal(100ul, _timers.ReadTval(false));
        _clock.Advance(TimeSpan.FromMicroseconds(8)); // 500 ticks
        Assert.Equal(unchecked((ulong)(uint)-400), _timers.ReadTval(false));
        _timers.WriteTval(false, unchecked((uint)-1));
        Assert.Equal(_counter.Count - 1, _timers.ReadCval(false));
    }

    [Fact]
    public void The_virtual_timer_has_an_offset()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        _timers.State = new VcpuTimersState(1, ulong.MaxValue, 1, 1000, CNTVOFF: _counter.Count);
        Assert.Equal(0ul, _timers.VirtualCount);
        Assert.Equal(_counter.Count + 1000, _timers.Poll());
        Assert.False(_rig.Irq[0]);
        _clock.Advance(TimeSpan.FromMicroseconds(16));
        _timers.Poll();
        Assert.True(_rig.Irq[0]);
        Assert.Equal(1000ul, _timers.VirtualCount);
    }

    [Fact]
    public void A_deadline_that_never_comes_is_no_deadline()
    {
        _timers.WriteCtl(true, 1);
        _timers.WriteCval(true, ulong.MaxValue);
        Assert.Equal(VcpuTimers.Never, _timers.Poll());
        Assert.False(_rig.Irq[0]);
    }
}

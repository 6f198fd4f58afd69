namespace Supermachine.Engine.Software.Tests;

/// <summary>The real clock and real threads: that wakes arrive, not how fast.</summary>
public class TimerThreadTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_running_vCPUs_timer_fires_by_itself_and_an_earlier_one_overtakes()
    {
        GicRig rig = GicRig.Ready(2);
        var counter = new SystemCounter(TimeProvider.System);
        VcpuTimers[] timers = [new(0, counter, rig.Gic), new(1, counter, rig.Gic)];
        rig.EnablePrivate(0, 27);
        rig.EnablePrivate(1, 27);
        using var thread = new TimerThread(timers, counter);
        timers[0].WriteTval(true, 0x7FFF_FFFF);
        timers[0].WriteCtl(true, 1);
        timers[1].WriteTval(true, SystemCounter.UsualFrequency / 200);
        timers[1].WriteCtl(true, 1);
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref rig.Irq[1]), Patience));
        Assert.True(timers[1].VirtualCount >= timers[1].ReadCval(true));
        Assert.False(rig.Irq[0]);
        timers[0].WriteTval(true, 0);
        Assert.True(rig.Irq[0]);
    }

    [Fact]
    public void A_parked_vCPU_is_woken_by_its_own_timer()
    {
        GicRig rig = GicRig.Ready();
        var counter = new SystemCounter(TimeProvider.System);
        var timers = new VcpuTimers(0, counter, rig.Gic);
        rig.EnablePrivate(0, 30);
        var parker = new Parker();
        timers.WriteTval(false, SystemCounter.UsualFrequency / 500);
        timers.WriteCtl(false, 1);
        for (int rounds = 0; !rig.Irq[0]; rounds++)
        {
            Assert.True(rounds < 1000);
            timers.Park(parker);
        }
        Assert.True(timers.PhysicalCount >= timers.ReadCval(false));
    }

    [Fact]
    public void No_wake_is_lost()
    {
        const int Rounds = 20_000;
        var parker = new Parker();
        int posted = 0, seen = 0;
        var poster = new Thread(() =>
        {
            while (Volatile.Read(ref posted) < Rounds)
            {
                Interlocked.Increment(ref posted);
                parker.Unpark();
                while (Volatile.Read(ref seen) < Volatile.Read(ref posted)) Thread.Yield();
            }
        });
        poster.Start();
        while (seen < Rounds)
        {
            while (Volatile.Read(ref posted) <= seen) parker.Park();
            Volatile.Write(ref seen, seen + 1);
        }
        Assert.True(poster.Join(Patience));
    }
}

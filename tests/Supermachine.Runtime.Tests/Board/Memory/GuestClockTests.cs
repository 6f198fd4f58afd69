using Supermachine.Testing;

namespace Supermachine.Runtime.Tests;

public sealed class GuestClockTests
{
    [Fact]
    public void Guest_time_stands_still_while_the_machine_does()
    {
        var host = new ManualTimeProvider();
        host.Advance(TimeSpan.FromHours(1));
        var clock = new GuestClock(host);
        Assert.Equal(0, clock.GetTimestamp());
        host.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(0, clock.GetTimestamp());

        clock.Start();
        host.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(2), clock.GetElapsedTime(0));

        clock.Stop();
        clock.Stop();
        host.Advance(TimeSpan.FromSeconds(100));
        Assert.Equal(TimeSpan.FromSeconds(2), clock.GetElapsedTime(0));

        clock.Start();
        clock.Start();
        host.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(3), clock.GetElapsedTime(0));
    }
}

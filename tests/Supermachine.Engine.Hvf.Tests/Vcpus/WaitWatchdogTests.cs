using Microsoft.Extensions.Logging;
using Supermachine.Testing;
using static Supermachine.Engine.Hvf.hv_sys_reg_t;

namespace Supermachine.Engine.Hvf.Tests;

[Collection(OneFramework.Name)]
public sealed class WaitWatchdogTests : IDisposable
{
    private const ulong Enable = 1, Masked = 2;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    private readonly ManualTimeProvider _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly FakeMachine _machine;

    public WaitWatchdogTests()
    {
        _machine = new FakeMachine(options: new HvfOptions { Time = _time }, logger: _logger);
        FakeFramework.Now = 1_000;
        (_machine.Fake.Sys[HV_SYS_REG_CNTV_CTL_EL0], _machine.Fake.Sys[HV_SYS_REG_CNTV_CVAL_EL0]) = (Enable, 1_000);
    }

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void A_timer_that_a_sleeping_vCPU_missed_is_shown_again()
    {
        Assert.Equal(VcpuExitKind.Canceled, Sleep(ticks: 2).Kind);

        Assert.Equal((1, false), (_machine.Fake.CancelRequests, _machine.Fake.TimerMask));
        Assert.Equal((LogLevel.Warning, "vCPU 0 slept past its virtual timer inside the framework and was woken"), Assert.Single(_logger.Entries));

        Sleep(ticks: 2);
        Assert.Equal((2, false), (_machine.Fake.CancelRequests, _machine.Fake.TimerMask));
        Assert.Single(_logger.Entries);
    }

    [Theory]
    [InlineData(Enable, 1_001)]
    [InlineData(Enable | Masked, 1_000)]
    [InlineData(0, 1_000)]
    public void A_timer_that_has_nothing_to_tell_is_left_alone(ulong control, ulong value)
    {
        (_machine.Fake.Sys[HV_SYS_REG_CNTV_CTL_EL0], _machine.Fake.Sys[HV_SYS_REG_CNTV_CVAL_EL0]) = (control, value);

        Sleep(ticks: 2);

        Assert.Equal((1, true), (_machine.Fake.CancelRequests, _machine.Fake.TimerMask));
        Assert.Empty(_logger.Entries);
    }

    [Fact]
    public void A_vCPU_that_comes_out_by_itself_is_left_alone()
    {
        for (int i = 0; i < 5; i++) Sleep(ticks: 1);
        _time.Advance(5 * Tick);

        Assert.Equal((0, true), (_machine.Fake.CancelRequests, _machine.Fake.TimerMask));
    }

    /// <summary>A run that comes back after some ticks for whatever reason; the framework has masked the timer before it.</summary>
    private VcpuExit Sleep(int ticks)
    {
        _machine.Fake.TimerMask = true;
        _machine.Fake.Script.Enqueue(vcpu =>
        {
            for (int i = 0; i < ticks; i++) _time.Advance(Tick);
            unsafe
            {
                vcpu.Exit->reason = hv_exit_reason_t.HV_EXIT_REASON_CANCELED;
            }
        });
        return _machine.Vcpu.Run(VcpuEntry.Resume);
    }
}

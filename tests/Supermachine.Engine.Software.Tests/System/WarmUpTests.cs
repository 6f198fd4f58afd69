namespace Supermachine.Engine.Software.Tests;

public class WarmUpTests
{
    [Fact]
    public void The_warm_up_runs_its_guest_as_often_as_asked()
    {
        Assert.Equal(VcpuExitKind.FirmwareCall, WarmUp.Run());
        Assert.Equal(VcpuExitKind.FirmwareCall, WarmUp.Run());
    }
}

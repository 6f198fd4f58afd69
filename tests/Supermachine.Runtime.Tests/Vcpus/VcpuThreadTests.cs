using static Supermachine.Runtime.Tests.ScriptedVcpu;

namespace Supermachine.Runtime.Tests;

public sealed class VcpuThreadTests
{
    /// <summary>A stop follows a start so closely that most vCPUs have not even looked up yet.</summary>
    [Fact]
    public async Task A_vcpu_that_is_paused_before_it_got_to_run_counts_as_paused()
    {
        using var test = new TestMachine(_ => Enumerable.Repeat(Sleep, int.MaxValue), vcpus: 4);
        await using Machine machine = test.Builder.Build();
        Task work = Task.Run(() =>
        {
            for (int i = 0; i < 500; i++)
            {
                foreach (VcpuThread thread in machine.Vcpus.Threads) thread.Resume();
                foreach (VcpuThread thread in machine.Vcpus.Threads) thread.RequestPause();
                foreach (VcpuThread thread in machine.Vcpus.Threads) thread.WaitUntilPaused();
            }
        });
        await work.WaitAsync(TimeSpan.FromSeconds(30));
    }
}

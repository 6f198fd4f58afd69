using Supermachine.Cli.SelfTest;
using Supermachine.Engine.Software;

namespace Supermachine.Cli.Tests.Commands;

public sealed class SelfTestTests
{
    [Fact]
    public void A_sound_engine_passes_every_step()
    {
        using var output = new StringWriter();

        bool passed = new SelfTestReport(output, TimeProvider.System).Run(new SoftwareEngine());

        string text = output.ToString();
        Assert.True(passed, text);
        Assert.Contains("vectors          32 of 32 come back", text, StringComparison.Ordinal);
        Assert.Contains("INTID 27", text, StringComparison.Ordinal);
        Assert.DoesNotContain("FAILED", text, StringComparison.Ordinal);
        string[] lines = text.TrimEnd().Split(Environment.NewLine);
        Assert.Equal(("----- supermachine self-test, please send from here -----", "----- to here -----"), (lines[0], lines[^1]));
    }

    [Fact]
    public void A_step_that_fails_is_told_and_the_others_go_on()
    {
        using var output = new StringWriter();

        bool passed = new SelfTestReport(output, TimeProvider.System).Run(new Forgetful(new SoftwareEngine()));

        string text = output.ToString();
        Assert.False(passed);
        Assert.Contains("vectors          FAILED: 31 of 32 come back, not V5", text, StringComparison.Ordinal);
        Assert.Contains("state            FAILED: these do not come back: V5=", text, StringComparison.Ordinal);
        Assert.Contains("mmio             ", text, StringComparison.Ordinal);
        Assert.Contains("result           FAIL", text, StringComparison.Ordinal);
    }

    /// <summary>An engine whose V5 always holds another value than it was given.</summary>
    private sealed class Forgetful(IEngine engine) : IEngine
    {
        public EngineCapabilities Capabilities => engine.Capabilities;

        public IPartition CreatePartition(PartitionOptions options) => new Partition(engine.CreatePartition(options));

        private sealed class Partition(IPartition partition) : IPartition
        {
            public IInterruptController InterruptController => partition.InterruptController;

            public void Map(GuestAddress address, nint host, ulong length, MemoryProtection protection) => partition.Map(address, host, length, protection);

            public void Unmap(GuestAddress address, ulong length) => partition.Unmap(address, length);

            public IVcpu CreateVcpu(int index) => new Vcpu(partition.CreateVcpu(index));

            public void Dispose() => partition.Dispose();
        }

        private sealed class Vcpu(IVcpu vcpu) : IVcpu
        {
            public VcpuExit Run(VcpuEntry entry) => vcpu.Run(entry);

            public ulong ReadRegister(VcpuRegister register) => vcpu.ReadRegister(register);

            public void WriteRegister(VcpuRegister register, ulong value) => vcpu.WriteRegister(register, value);

            public VcpuState Capture() => new([.. vcpu.Capture().Registers.Select(register => register.Key == "V5" ? KeyValuePair.Create("V5", register.Value + 1) : register)]);

            public void Apply(VcpuState state) => vcpu.Apply(state);

            public void RequestExit() => vcpu.RequestExit();

            public void Dispose() => vcpu.Dispose();
        }
    }
}

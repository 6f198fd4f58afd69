using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Tests;

[Collection(OneFramework.Name)]
public sealed class HvfEngineTests
{
    private static readonly PartitionOptions TwoVcpus = new(2, new(0x800_0000), new(0x1000_0000));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Capabilities_are_what_the_framework_says(bool geometryNeedsVm)
    {
        HvfEngine engine = FakeFramework.Engine();
        FakeFramework.GeometryNeedsVm = geometryNeedsVm;

        EngineCapabilities capabilities = engine.Capabilities;

        Assert.Equal(new EngineCapabilities("hvf", 40, 16, 0x4000, new InterruptControllerGeometry(0x1_0000, 0x200_0000, 0x2_0000, 0x2_0000, 32, 988), true), capabilities);
        Assert.Equal(geometryNeedsVm ? ["hv_vm_create", "hv_vm_destroy"] : [], FakeFramework.Log);
    }

    [Fact]
    public void A_partition_is_made_in_order_and_taken_down_in_order()
    {
        HvfEngine engine = FakeFramework.Engine();
        using (IPartition partition = engine.CreatePartition(TwoVcpus))
        {
            Assert.Equal(new TimerInterrupts(29, 30, 27, 26), partition.InterruptController.Timers);
            partition.CreateVcpu(0).Dispose();
        }

        Assert.Equal(
            ["hv_vm_config_set_ipa_size 40", "hv_vm_create", "hv_gic_config_set_distributor_base 0x8000000", "hv_gic_config_set_redistributor_base 0x10000000", "hv_gic_create", "hv_vcpu_create"],
            FakeFramework.Log.Take(6));
        Assert.Equal(["hv_vcpu_destroy", "hv_vm_destroy"], FakeFramework.Log.TakeLast(2));
        Assert.Empty(FakeFramework.Objects);
    }

    [Theory]
    [InlineData("hv_vm_create", hv_return_t.HV_DENIED, "codesign")]
    [InlineData("hv_vm_create", hv_return_t.HV_BUSY, "one VM in a process")]
    [InlineData("hv_vm_create", hv_return_t.HV_NO_RESOURCES, "end other virtual machines")]
    [InlineData("hv_gic_create", hv_return_t.HV_UNSUPPORTED, "does not have it")]
    public void A_refusal_says_what_to_do_and_leaves_nothing(string call, object result, string advice)
    {
        HvfEngine engine = FakeFramework.Engine();
        FakeFramework.Refusals[call] = (hv_return_t)result;

        Assert.Contains(advice, Assert.Throws<HvException>(() => engine.CreatePartition(TwoVcpus)).Message, StringComparison.Ordinal);
        Assert.Empty(FakeFramework.Objects);
        Assert.Equal(call == "hv_vm_create" ? 0 : 1, FakeFramework.Log.Count(line => line == "hv_vm_destroy"));
    }

    [Fact]
    public void What_the_geometry_does_not_allow_is_refused()
    {
        HvfEngine engine = FakeFramework.Engine();

        Assert.Equal("engine \"hvf\" runs 1 to 16 vCPUs, not 17", Assert.Throws<ArgumentException>(() => engine.CreatePartition(TwoVcpus with { VcpuCount = 17 })).Message);
        Assert.Contains("0x20000", Assert.Throws<ArgumentException>(() => engine.CreatePartition(TwoVcpus with { RedistributorBase = new(0x1001_0000) })).Message, StringComparison.Ordinal);
        Assert.Empty(FakeFramework.Log);
    }

    [Fact]
    public void A_redistributor_outside_the_region_is_refused()
    {
        using FakeMachine machine = new();
        FakeFramework.Refusals["redistributor outside"] = hv_return_t.HV_SUCCESS;

        Assert.Contains("redistributor is at 0x50000000", Assert.Throws<InvalidOperationException>(() => machine.Vcpu.Run(VcpuEntry.Resume)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, Architecture.Arm64, "26.1", 1, "it needs macOS 15 or later on Apple silicon")]
    [InlineData(true, Architecture.X64, "26.1", 1, "it needs macOS 15 or later on Apple silicon, and this is an X64 program: run the arm64 one")]
    [InlineData(true, Architecture.Arm64, "14.7.1", 1, "it needs macOS 15 or later on Apple silicon, and this is macOS 14.7.1")]
    [InlineData(true, Architecture.Arm64, "15.0", 0, "the system does not allow hypervisors (sysctl kern.hv_support is 0)")]
    [InlineData(true, Architecture.Arm64, "15.0", 1, null)]
    public void A_host_says_why_it_does_not_have_the_engine(bool isMacOS, Architecture architecture, string version, int support, string? why)
    {
        HvApi api = FakeFramework.Reset();
        FakeFramework.HypervisorSupport = support;

        Assert.Equal(why, new HvfHost(isMacOS, architecture, Version.Parse(version), () => HvfHost.AllowsHypervisor(api)).WhyUnavailable());
    }

    [Fact]
    public void A_framework_that_lacks_something_is_a_reason_too()
    {
        HvfHost host = new(true, Architecture.Arm64, new Version(15, 0), () => throw new PlatformNotSupportedException("Hypervisor.framework has no hv_gic_create"));

        Assert.Equal("Hypervisor.framework has no hv_gic_create", host.WhyUnavailable());
    }

    [Fact]
    public void Elsewhere_the_engine_is_not_available()
    {
        if (OperatingSystem.IsMacOS()) return;

        Assert.NotNull(HvfEngine.WhyUnavailable());
        Assert.Throws<PlatformNotSupportedException>(() => new HvfEngine());
    }
}

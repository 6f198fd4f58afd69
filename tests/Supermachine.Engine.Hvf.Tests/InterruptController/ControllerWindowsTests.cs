using Supermachine.Testing;
using static Supermachine.Engine.Hvf.hv_gic_distributor_reg_t;
using static Supermachine.Engine.Hvf.hv_gic_redistributor_reg_t;

namespace Supermachine.Engine.Hvf.Tests;

/// <summary>Accesses to the interrupt controller that come out although the framework has it.</summary>
[Collection(OneFramework.Name)]
public sealed class ControllerWindowsTests : IDisposable
{
    private const ulong Distributor = 0x800_0000, Own = FakeFramework.RedistributorBase, Other = Own + FakeFramework.RedistributorSize;
    private readonly RecordingLogger _logger = new();
    private readonly FakeMachine _machine;

    public ControllerWindowsTests() => _machine = new FakeMachine(vcpus: 3, logger: _logger);

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(Distributor + 0x104, 4, 0x11)] // ISENABLER1
    [InlineData(Distributor + 0x421, 1, 0xa1)] // a byte of IPRIORITYR8
    [InlineData(Distributor + 0x422, 2, 0xa3a2)]
    [InlineData(Distributor + 0x6104, 4, 0x8000_0000)] // the upper half of IROUTER32
    [InlineData(Distributor + 0x6100, 8, 0x8000_0000_0000_0002)]
    [InlineData(Distributor + 0xffd0, 4, 0)]
    [InlineData(Own + 0x8, 8, 0x2_0000_0200)]
    [InlineData(Own + 0xc, 4, 2)]
    [InlineData(Own + 0x1_0100, 4, 0x77)]
    [InlineData(Own + 0x14, 4, 0)] // WAKER
    [InlineData(Other + 0x8, 8, 0x1_0000_0100)] // the next vCPU's TYPER
    [InlineData(Other + FakeFramework.RedistributorSize + 0x8, 4, 0x210)] // the last one's
    [InlineData(Other + 0xffe8, 4, 0x3b)]
    [InlineData(Other + 0x1_0100, 4, 0)] // another thread's
    [InlineData(Other + 0x10_0000, 4, 0)] // nobody's
    public void A_load_gives_the_register(ulong address, int size, ulong value)
    {
        FakeFramework.Gicd[HV_GIC_DISTRIBUTOR_REG_GICD_ISENABLER0 + 4] = 0x11;
        FakeFramework.Gicd[HV_GIC_DISTRIBUTOR_REG_GICD_IPRIORITYR0 + 0x20] = 0xa3a2_a1a0;
        FakeFramework.Gicd[HV_GIC_DISTRIBUTOR_REG_GICD_IROUTER32] = 0x8000_0000_0000_0002;
        _machine.Fake.Gicr[HV_GIC_REDISTRIBUTOR_REG_GICR_TYPER] = 0x2_0000_0200;
        _machine.Fake.Gicr[HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0] = 0x77;

        Access(address, size, isStore: false);

        Assert.Equal(VcpuExitKind.Canceled, _machine.Vcpu.Run(VcpuEntry.Resume).Kind);
        Assert.Equal((value, 4ul), (_machine.Fake.Regs[1], _machine.Fake.Pc));
        Assert.Contains(address < Own ? $"GICD + 0x{address - Distributor:x}" : $"GICR + 0x{address - Own:x}", Assert.Single(_logger.Entries).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Accesses_are_told_of_once()
    {
        for (int i = 0; i < 3; i++)
        {
            Access(Distributor + 0x104, 4, isStore: false);
            _machine.Vcpu.Run(VcpuEntry.Resume);
        }

        Assert.Single(_logger.Entries);
    }

    [Theory]
    [InlineData(Distributor + 0x104, 4, 0x6100, 0x1ul)]
    [InlineData(Distributor + 0x6104, 4, 0x6100, 0x5555_6666_0000_0001ul)]
    [InlineData(Distributor + 0x6100, 8, 0x6100, 0x8877_6655_5555_6666ul)]
    [InlineData(Distributor + 0x421, 1, 0x420, 0xa3a2_66a0ul)]
    public void A_store_reaches_the_register(ulong address, int size, uint register, ulong value)
    {
        FakeFramework.Gicd[HV_GIC_DISTRIBUTOR_REG_GICD_IPRIORITYR0 + 0x20] = 0xa3a2_a1a0;
        FakeFramework.Gicd[HV_GIC_DISTRIBUTOR_REG_GICD_IROUTER32] = 1;
        Access(address, size, isStore: true);

        Assert.Equal(VcpuExitKind.Canceled, _machine.Vcpu.Run(VcpuEntry.Resume).Kind);

        Assert.Equal(value, FakeFramework.Gicd[(hv_gic_distributor_reg_t)register]);
        if (address == Distributor + 0x104) Assert.Equal(0x5555_6666ul, FakeFramework.Gicd[HV_GIC_DISTRIBUTOR_REG_GICD_ISENABLER0 + 4]);
    }

    [Fact]
    public void A_store_reaches_the_vCPUs_own_redistributor_and_no_other()
    {
        Access(Own + 0x1_0403, 1, isStore: true);
        _machine.Fake.Gicr[HV_GIC_REDISTRIBUTOR_REG_GICR_IPRIORITYR0] = 0xa3a2_a1a0;
        _machine.Vcpu.Run(VcpuEntry.Resume);
        Assert.Equal(0x66a2_a1a0ul, _machine.Fake.Gicr[HV_GIC_REDISTRIBUTOR_REG_GICR_IPRIORITYR0]);

        Access(Other + 0x1_0100, 4, isStore: true);
        _machine.Vcpu.Run(VcpuEntry.Resume);
        Assert.All(FakeFramework.Vcpus, vcpu => Assert.False(vcpu.Gicr.ContainsKey(HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0)));
    }

    [Theory]
    [InlineData(Distributor + 0x1_0000)]
    [InlineData(Own + 0x200_0000)]
    [InlineData(Own - 8)]
    public void Beside_the_windows_are_devices(ulong address)
    {
        Access(address, 4, isStore: false);

        Assert.Equal(VcpuExitKind.MmioRead, _machine.Vcpu.Run(VcpuEntry.Resume).Kind);
    }

    private void Access(ulong address, int size, bool isStore)
    {
        _machine.Fake.Regs[1] = 0x8877_6655_5555_6666;
        _machine.Fake.Raise(0x24ul << 26 | 1 << 24 | (ulong)int.Log2(size) << 22 | 1 << 16 | 1 << 15 | (isStore ? 1ul << 6 : 0) | 6, address, address);
        _machine.Fake.Return(hv_exit_reason_t.HV_EXIT_REASON_CANCELED);
    }
}

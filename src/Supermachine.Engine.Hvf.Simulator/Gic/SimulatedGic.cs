using Supermachine.Engine.Software;

namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>hv_gic: the engine's GICv3 at the addresses of a configuration. Under the simulator's lock but where a member says otherwise.</summary>
internal sealed class SimulatedGic
{
    private const uint SetSpiNsr = 0x40, MsiTyper = 0x8;

    private readonly SimulatedVm _vm;
    private readonly (ulong Base, uint First, uint Count)? _msi;

    public SimulatedGic(SimulatedVm vm, GicConfig config)
    {
        _vm = vm;
        Geometry geometry = vm.Simulator.Geometry;
        DistributorBase = Aligned("distributor", config.DistributorBase, geometry.DistributorAlignment);
        RedistributorBase = Aligned("redistributor region", config.RedistributorBase, geometry.RedistributorAlignment);
        List<(ulong, ulong, string)> windows =
        [
            (DistributorBase, GicV3.DistributorSize, "distributor"),
            (RedistributorBase, geometry.RedistributorRegionSize, "redistributor region"),
        ];
        if (config.MsiBase is not null && config.MsiRange is { } range) // half of it is none of it
        {
            _msi = (Aligned("MSI region", config.MsiBase, geometry.MsiAlignment), range.Base, range.Count);
            windows.Add((_msi.Value.Base, geometry.MsiRegionSize, "MSI region"));
        }

        vm.Memory.AddWindows(windows);
    }

    public ulong DistributorBase { get; }

    public ulong RedistributorBase { get; }

    private GicV3 Chip => _vm.Partition.Gic;

    private Geometry Geometry => _vm.Simulator.Geometry;

    /// <summary>hv_gic_set_spi. Any thread, without the lock.</summary>
    public void SetSpi(uint intid, bool level)
    {
        if (intid < Geometry.SpiBase || intid - Geometry.SpiBase >= Geometry.SpiCount) throw Refused($"INTID {intid} is no SPI: they are {Geometry.SpiBase} to {Geometry.SpiBase + Geometry.SpiCount - 1}");
        if (IsMsi(intid)) throw Refused($"INTID {intid} is in the MSI range {_msi!.Value.First}+{_msi.Value.Count}: it is sent, not set");
        if (!IsEdge(intid)) Chip.SetSpi(intid, level);
        else if (level) Pulse(intid);
    }

    /// <summary>hv_gic_send_msi. Any thread, without the lock.</summary>
    public void SendMsi(ulong address, uint intid)
    {
        if (_msi is not { } msi) throw Refused("no MSI region and range were configured");
        if (address != msi.Base + SetSpiNsr) throw Refused($"0x{address:x} is not GICM_SET_SPI_NSR, which is at 0x{msi.Base + SetSpiNsr:x}");
        if (!IsMsi(intid)) throw Refused($"INTID {intid} is not in the MSI range {msi.First}+{msi.Count}");
        Pulse(intid);
    }

    public ulong ReadDistributor(uint register) => Chip.ReadDistributor(register, GicRegisterTable.DistributorWidth(register));

    public void WriteDistributor(uint register, ulong value)
    {
        int width = GicRegisterTable.DistributorWidth(register);
        Chip.WriteDistributor(register, width, Fitting(register, width, value));
    }

    public ulong RedistributorBaseOf(SimulatedVcpu vcpu) => RedistributorBase + (ulong)vcpu.Affinity * Redistributor.Size;

    public ulong ReadRedistributor(SimulatedVcpu vcpu, uint register)
    {
        int width = GicRegisterTable.RedistributorWidth(register);
        return Chip.ReadRedistributor((ulong)vcpu.Affinity * Redistributor.Size + register, width);
    }

    public void WriteRedistributor(SimulatedVcpu vcpu, uint register, ulong value)
    {
        int width = GicRegisterTable.RedistributorWidth(register);
        Chip.WriteRedistributor((ulong)vcpu.Affinity * Redistributor.Size + register, width, Fitting(register, width, value));
    }

    public ulong ReadInterface(SimulatedVcpu vcpu, uint register)
    {
        CheckInterface(register);
        return Chip.TryReadRegister(vcpu.Affinity, register, out ulong value) ? value : throw Unknown("ICC", register);
    }

    public void WriteInterface(SimulatedVcpu vcpu, uint register, ulong value)
    {
        CheckInterface(register);
        if (register == (uint)hv_gic_icc_reg_t.HV_GIC_ICC_REG_RPR_EL1) throw new Refusal(HV_DENIED, SimulatorRule.SystemRegisters, "ICC_RPR_EL1 is read-only");
        if (!Chip.TryWriteRegister(vcpu.Affinity, register, value)) throw Unknown("ICC", register);
    }

    public ulong ReadMsi(uint register) => (register, _msi) switch
    {
        (MsiTyper, { } msi) => (ulong)msi.First << 16 | msi.Count,
        (MsiTyper or SetSpiNsr, _) => 0,
        _ => throw Unknown("GICM", register),
    };

    public void WriteMsi(uint register, ulong value)
    {
        if (register is not (MsiTyper or SetSpiNsr)) throw Unknown("GICM", register);
        if (register == SetSpiNsr && _msi is { } msi) SendMsi(msi.Base + SetSpiNsr, (uint)value);
    }

    public void Reset() => Chip.Reset();

    /// <summary>hv_gic_state_create: null where there is nothing to be had now.</summary>
    public byte[]? Save() => _vm.Vcpus.Any(vcpu => vcpu.IsRunning) ? null : new GicBlob(this, _vm.Vcpus.Count()).Write(Chip.Save(0));

    /// <summary>hv_gic_set_state.</summary>
    public void Restore(ReadOnlySpan<byte> data)
    {
        int vcpus = _vm.Vcpus.Count();
        GicState state = new GicBlob(this, vcpus).Read(data);
        if (_vm.HasRun) throw _vm.Simulator.Unspecified(SimulatorRule.GicRestore, "the GIC's state is set before any vCPU has run");
        if (vcpus == 0)
        {
            // As observed: it succeeds, and the redistributors keep nothing of it.
            _vm.Simulator.Flag(SimulatorRule.GicRestore, nameof(HvApi.hv_gic_set_state), "there are no vCPUs yet: the redistributors' state is lost");
            state = state with { Private = Chip.Save(0).Private };
        }

        foreach (SimulatedVcpu vcpu in _vm.Vcpus) _ = vcpu.Affinity;
        Chip.Restore(state);
        for (int place = 0; place < Chip.VcpuCount; place++) Chip.ResetInterface(place); // so that a caller who does not write them after it finds out
    }

    /// <summary>
    /// Answers a guest's access to a window of the GIC that the engine's chip does not fill: frames of vCPUs that do not exist, and the
    /// MSI region. On the vCPU's thread, without the lock.
    /// </summary>
    public bool TryAnswer(uint syndrome, ulong address, SoftwareVcpu vcpu)
    {
        const uint ISV = 1 << 24, WnR = 1 << 6;
        if (syndrome >> 26 != Software.ExceptionClass.DataAbortLower || (syndrome & ISV) == 0) return false;
        bool isMsi = _msi is { } msi && address - msi.Base < Geometry.MsiRegionSize;
        bool isFrame = !_vm.Simulator.Options.GicExits && address - RedistributorBase < Geometry.RedistributorRegionSize;
        if (!isMsi && !isFrame) return false;
        int register = (int)(syndrome >> 16 & 31);
        uint offset = isMsi ? (uint)(address - _msi!.Value.Base) : uint.MaxValue;
        if ((syndrome & WnR) == 0)
        {
            if (register != 31) vcpu.WriteRegister(VcpuRegister.X0 + (byte)register, offset == MsiTyper ? ReadMsi(MsiTyper) : 0);
        }
        else if (offset == SetSpiNsr)
        {
            uint intid = register == 31 ? 0 : (uint)vcpu.ReadRegister(VcpuRegister.X0 + (byte)register);
            if (IsMsi(intid)) Pulse(intid);
        }

        return true;
    }

    private static ulong Fitting(uint register, int width, ulong value) => width == 8 || value <= uint.MaxValue
        ? value
        : throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.GicRegisters, $"the GIC register 0x{register:x} has 32 bits, not 0x{value:x}");

    private static void CheckInterface(uint register)
    {
        if (register == (uint)hv_gic_icc_reg_t.HV_GIC_ICC_REG_SRE_EL2) throw new Refusal(HV_UNSUPPORTED, SimulatorRule.SystemRegisters, "ICC_SRE_EL2 needs a VM with EL2");
        if (register > ushort.MaxValue || !Enum.IsDefined((hv_gic_icc_reg_t)register)) throw Unknown("ICC", register);
    }

    private static Refusal Unknown(string kind, uint register) => new(HV_BAD_ARGUMENT, SimulatorRule.GicRegisters, $"there is no {kind} register 0x{register:x}");

    private static Refusal Refused(string message) => new(HV_BAD_ARGUMENT, SimulatorRule.SharedInterrupts, message);

    private static ulong Aligned(string name, ulong? address, ulong alignment)
    {
        if (address is not { } value) throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.GicOrder, $"the base of the {name} was not set");
        return (value & (alignment - 1)) == 0 ? value : throw new Refusal(HV_BAD_ARGUMENT, SimulatorRule.GicOrder, $"the base of the {name} 0x{value:x} is no multiple of 0x{alignment:x}");
    }

    private bool IsMsi(uint intid) => _msi is { } msi && intid - msi.First < msi.Count;

    private bool IsEdge(uint intid) => (Chip.ReadDistributor(0xC00 + intid / 16 * 4, 4) >> (int)(intid % 16 * 2 + 1) & 1) != 0;

    private void Pulse(uint intid)
    {
        Chip.SetSpi(intid, true);
        Chip.SetSpi(intid, false);
    }
}

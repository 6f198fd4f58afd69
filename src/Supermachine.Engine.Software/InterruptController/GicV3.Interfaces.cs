namespace Supermachine.Engine.Software;

/// <summary>The CPU interfaces' system registers (IHI 0069 12.2), by encoding; ICC_SRE_EL1.SRE is always on.</summary>
internal sealed partial class GicV3
{
    private const uint PRIbits = 4 << 8; // ICC_CTLR_EL1: five priority bits
    private const uint A3V = 1 << 15;
    private const uint SRE = 7; // SRE, DFB, DIB: there is no memory-mapped interface and no bypass

    /// <summary>Reads a CPU interface register. Acknowledging is a read.</summary>
    /// <returns>False when there is no such readable register: the access is UNDEFINED.</returns>
    public bool TryReadRegister(int vcpu, uint encoding, out ulong value)
    {
        lock (_lock)
        {
            CpuInterface target = _interfaces[vcpu];
            ref CpuInterfaceState state = ref target.State;
            uint? found = encoding switch
            {
                GicRegister.ICC_PMR_EL1 => state.PMR,
                GicRegister.ICC_IAR0_EL1 => Acknowledge(vcpu, group1: false),
                GicRegister.ICC_IAR1_EL1 => Acknowledge(vcpu, group1: true),
                GicRegister.ICC_HPPIR0_EL1 => target.Highest is { Exists: true, IsGroup1: false } ? (uint)target.Highest.Intid : Spurious,
                GicRegister.ICC_HPPIR1_EL1 => target.Highest is { Exists: true, IsGroup1: true } ? (uint)target.Highest.Intid : Spurious,
                GicRegister.ICC_BPR0_EL1 => state.BPR0,
                GicRegister.ICC_BPR1_EL1 => (state.CTLR & CpuInterface.CBPR) != 0 ? Math.Min(state.BPR0 + 1, 7) : state.BPR1,
                GicRegister.ICC_AP0R0_EL1 => state.AP0R0,
                GicRegister.ICC_AP1R0_EL1 => state.AP1R0,
                GicRegister.ICC_RPR_EL1 => (uint)target.RunningPriority,
                GicRegister.ICC_CTLR_EL1 => state.CTLR | PRIbits | A3V,
                GicRegister.ICC_SRE_EL1 => SRE,
                GicRegister.ICC_IGRPEN0_EL1 => state.IGRPEN0,
                GicRegister.ICC_IGRPEN1_EL1 => state.IGRPEN1,
                _ => null,
            };
            value = found ?? 0;
            return found is not null;
        }
    }

    /// <summary>Writes a CPU interface register.</summary>
    /// <returns>False when there is no such writable register: the access is UNDEFINED.</returns>
    public bool TryWriteRegister(int vcpu, uint encoding, ulong value)
    {
        lock (_lock)
        {
            ref CpuInterfaceState state = ref _interfaces[vcpu].State;
            uint low = (uint)value;
            switch (encoding)
            {
                case GicRegister.ICC_PMR_EL1: state.PMR = low & InterruptBank.PriorityMask; break;
                case GicRegister.ICC_EOIR0_EL1: EndOfInterrupt(vcpu, low, group1: false); return true;
                case GicRegister.ICC_EOIR1_EL1: EndOfInterrupt(vcpu, low, group1: true); return true;
                case GicRegister.ICC_DIR_EL1: if ((state.CTLR & CpuInterface.EOImode) != 0) Deactivate(vcpu, low); return true;
                case GicRegister.ICC_BPR0_EL1: state.BPR0 = Math.Max(low & 7, CpuInterface.MinimumBpr0); break;
                case GicRegister.ICC_BPR1_EL1: if ((state.CTLR & CpuInterface.CBPR) == 0) state.BPR1 = Math.Max(low & 7, CpuInterface.MinimumBpr1); break;
                case GicRegister.ICC_AP0R0_EL1: state.AP0R0 = low; break;
                case GicRegister.ICC_AP1R0_EL1: state.AP1R0 = low; break;
                case GicRegister.ICC_CTLR_EL1: state.CTLR = low & (CpuInterface.CBPR | CpuInterface.EOImode); break;
                case GicRegister.ICC_SRE_EL1: return true;
                case GicRegister.ICC_IGRPEN0_EL1: state.IGRPEN0 = low & 1; break;
                case GicRegister.ICC_IGRPEN1_EL1: state.IGRPEN1 = low & 1; break;
                case GicRegister.ICC_SGI1R_EL1: GenerateSgi(vcpu, value, group1: true); return true;
                // With one Security state the "other" group of ASGI1R is Group 0, as it is SGI0R's.
                case GicRegister.ICC_SGI0R_EL1 or GicRegister.ICC_ASGI1R_EL1: GenerateSgi(vcpu, value, group1: false); return true;
                default: return false;
            }
            Update(vcpu);
            return true;
        }
    }

    private uint Acknowledge(int vcpu, bool group1)
    {
        CpuInterface target = _interfaces[vcpu];
        PendingInterrupt highest = target.Highest;
        if (highest.IsGroup1 != group1 || !target.Signals) return Spurious;
        target.RaisePriority();
        BankOf(vcpu, highest.Intid).Activate(highest.Intid);
        UpdateAround(vcpu, highest.Intid);
        return (uint)highest.Intid;
    }

    private void EndOfInterrupt(int vcpu, uint intid, bool group1)
    {
        CpuInterface target = _interfaces[vcpu];
        if (intid >= InterruptBank.FirstSpecial || !target.TryDropPriority(group1)) return;
        if ((target.State.CTLR & CpuInterface.EOImode) == 0) BankOf(vcpu, (int)intid).Deactivate((int)intid);
        UpdateAround(vcpu, (int)intid);
    }

    private void Deactivate(int vcpu, uint intid)
    {
        if (intid >= InterruptBank.FirstSpecial) return;
        BankOf(vcpu, (int)intid).Deactivate((int)intid);
        UpdateAround(vcpu, (int)intid);
    }

    /// <summary>ICC_SGI1R_EL1 (IHI 0069 12.2.24): IRM, or a target list of 16 within the range RS of Aff3.Aff2.Aff1.</summary>
    private void GenerateSgi(int sender, ulong value, bool group1)
    {
        int intid = (int)(value >> 24 & 15);
        bool allButSelf = (value >> 40 & 1) != 0;
        ulong cluster = value >> 16 & 0xFF | value >> 32 & 0xFF | value >> 48 & 0xFF | value >> 44 & 15; // Aff1, Aff2, Aff3, RS
        if (!allButSelf && cluster != 0) return;
        for (int vcpu = 0; vcpu < VcpuCount; vcpu++)
        {
            if (allButSelf ? vcpu == sender : (value >> vcpu & 1) == 0) continue;
            InterruptBank bank = _redistributors[vcpu].Private;
            if (bank.IsGroup1(intid) != group1) continue; // the target's group must be the one that the register generates
            bank.SetPending(intid);
            Update(vcpu);
        }
    }

    private InterruptBank BankOf(int vcpu, int intid) => intid < Distributor.FirstSpi ? _redistributors[vcpu].Private : _distributor.Spis;

    /// <summary>After an interrupt changed on behalf of a vCPU: an SPI may have been offered elsewhere too.</summary>
    private void UpdateAround(int vcpu, int intid)
    {
        if (intid < Distributor.FirstSpi) Update(vcpu);
        else UpdateAll();
    }
}

using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Tests;

/// <summary>A vCPU that holds registers and comes back from a run with what a test has put down for it.</summary>
internal sealed unsafe class FakeVcpu
{
    public FakeVcpu(ulong id)
    {
        Id = id;
        Exit = (hv_vcpu_exit_t*)NativeMemory.AllocZeroed((nuint)sizeof(hv_vcpu_exit_t));
        Sys[hv_sys_reg_t.HV_SYS_REG_MIDR_EL1] = 0x610f_0000;
        Sys[hv_sys_reg_t.HV_SYS_REG_ID_AA64PFR0_EL1] = 0x1100_0000_1111_0011 & ~0xf00_0000UL;
        Sys[hv_sys_reg_t.HV_SYS_REG_ID_AA64PFR1_EL1] = 0x0100_0021;
        Sys[hv_sys_reg_t.HV_SYS_REG_ID_AA64DFR0_EL1] = 0x0010_1006 | 1 << 12;
    }

    public ulong Id { get; }

    public hv_vcpu_exit_t* Exit { get; }

    public ulong[] Regs { get; } = new ulong[35];

    public hv_simd_fp_uchar16_t[] Simd { get; } = new hv_simd_fp_uchar16_t[32];

    public Dictionary<hv_sys_reg_t, ulong> Sys { get; } = [];

    public Dictionary<hv_gic_icc_reg_t, ulong> Icc { get; } = new() { [hv_gic_icc_reg_t.HV_GIC_ICC_REG_CTLR_EL1] = 0x400 };

    public Dictionary<hv_gic_redistributor_reg_t, ulong> Gicr { get; } = [];

    public ulong TimerOffset { get; set; }

    public bool TimerMask { get; set; } = true;

    public int CancelRequests { get; set; }

    /// <summary>What the next runs come back with.</summary>
    public Queue<Action<FakeVcpu>> Script { get; } = [];

    public ulong Pc
    {
        get => Regs[(int)hv_reg_t.HV_REG_PC];
        set => Regs[(int)hv_reg_t.HV_REG_PC] = value;
    }

    /// <summary>Puts down an exception for a run to come back with.</summary>
    public void Raise(ulong syndrome, ulong va = 0, ulong pa = 0, ulong? pc = null) => Script.Enqueue(vcpu =>
    {
        vcpu.Pc = pc ?? vcpu.Pc;
        vcpu.Exit->reason = hv_exit_reason_t.HV_EXIT_REASON_EXCEPTION;
        vcpu.Exit->exception = new hv_vcpu_exit_exception_t { syndrome = syndrome, virtual_address = va, physical_address = pa };
    });

    /// <summary>Puts down another reason, with nothing of use in the rest of the block.</summary>
    public void Return(hv_exit_reason_t reason) => Script.Enqueue(vcpu =>
    {
        new Span<byte>(vcpu.Exit, sizeof(hv_vcpu_exit_t)).Fill(0xcc);
        vcpu.Exit->reason = reason;
    });
}

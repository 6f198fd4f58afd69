using System.Runtime.Intrinsics;

namespace Supermachine.Engine.Hvf.Simulator.Tests;

/// <summary>Registers and arguments: rules 17 to 23.</summary>
public sealed unsafe class RegisterRules
{
    [Fact]
    public void Rule17_SystemRegisters()
    {
        using Rig rig = new();
        ulong id = rig.Vcpu(A64.HVC0).Id;
        rig.Refused(SimulatorRule.SystemRegisters, HV_BAD_ARGUMENT, () => Read(rig, id, (hv_sys_reg_t)0xDF02)); // CNTVCT_EL0
        rig.Refused(SimulatorRule.SystemRegisters, HV_BAD_ARGUMENT, () => Read(rig, id, (hv_sys_reg_t)0xD801)); // CTR_EL0
        rig.Refused(SimulatorRule.SystemRegisters, HV_UNSUPPORTED, () => Read(rig, id, HV_SYS_REG_CNTVOFF_EL2));
        rig.Refused(SimulatorRule.SystemRegisters, HV_BAD_ARGUMENT, () => rig.Api.hv_vcpu_set_sys_reg(id, HV_SYS_REG_ACTLR_EL1, 1));
        Rig.Ok(rig.Api.hv_vcpu_set_sys_reg(id, HV_SYS_REG_ACTLR_EL1, 2));
        rig.Refused(SimulatorRule.SystemRegisters, HV_DENIED, () => rig.Api.hv_gic_set_icc_reg(id, hv_gic_icc_reg_t.HV_GIC_ICC_REG_RPR_EL1, 0));
        rig.Refused(SimulatorRule.SystemRegisters, HV_UNSUPPORTED, () => rig.Api.hv_gic_set_icc_reg(id, hv_gic_icc_reg_t.HV_GIC_ICC_REG_SRE_EL2, 7));
        rig.Refused(SimulatorRule.SystemRegisters, HV_UNSUPPORTED, () =>
        {
            ulong value;
            return rig.Api.hv_gic_get_ich_reg(id, hv_gic_ich_reg_t.HV_GIC_ICH_REG_HCR_EL2, &value);
        });
    }

    [Fact]
    public void Rule17_SystemRegisters_without_a_GIC()
    {
        using Rig rig = new(gic: false);
        ulong id = rig.Vcpu(A64.HVC0).Id;
        rig.Refused(SimulatorRule.SystemRegisters, HV_UNSUPPORTED, () => Read(rig, id, HV_SYS_REG_CNTP_CTL_EL0));
    }

    [Fact]
    public void Every_register_of_the_enumeration_keeps_what_it_is_given()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.HVC0);
        foreach (hv_sys_reg_t register in SystemRegisterTable.All)
        {
            if (SystemRegisterTable.IsOfEl2(register) || SystemRegisterTable.IsOfSme(register)) continue;
            vcpu[register] = vcpu[register];
            ulong value = vcpu[register]; // with the bits that are one whatever is written
            vcpu[register] = value;
            if (register != HV_SYS_REG_CNTP_TVAL_EL0) Assert.Equal(value, vcpu[register]);
        }

        Assert.Equal(0x16u, vcpu.RunToException());
    }

    [Fact]
    public void Rule18_RegisterNumbers()
    {
        using Rig rig = new();
        ulong id = rig.Vcpu(A64.HVC0).Id;
        rig.Refused(SimulatorRule.RegisterNumbers, HV_BAD_ARGUMENT, () => rig.Api.hv_vcpu_set_reg(id, (hv_reg_t)35, 0));
        rig.Refused(SimulatorRule.RegisterNumbers, HV_BAD_ARGUMENT, () => rig.Api.hv_vcpu_set_simd_fp_reg(id, (hv_simd_fp_reg_t)32, default));
        Rig.Ok(rig.Api.hv_vcpu_set_reg(id, (hv_reg_t)31, 0x1234)); // the PC, and not XZR
        ulong pc;
        Rig.Ok(rig.Api.hv_vcpu_get_reg(id, HV_REG_PC, &pc));
        Assert.Equal(0x1234ul, pc);
    }

    [Fact]
    public void Rule19_NarrowArguments()
    {
        using Rig rig = new();
        ulong id = rig.Vcpu(A64.HVC0).Id;
        rig.Refused(SimulatorRule.NarrowArguments, HV_BAD_ARGUMENT, () => rig.Api.hv_vcpu_set_vtimer_mask(id, 2));
        rig.Refused(SimulatorRule.NarrowArguments, HV_BAD_ARGUMENT, () => ((delegate* unmanaged<ulong, uint, hv_return_t>)rig.Api.hv_vcpu_set_vtimer_mask)(id, 0xCC01));
        rig.Refused(SimulatorRule.NarrowArguments, HV_BAD_ARGUMENT, () =>
        {
            ulong value;
            return ((delegate* unmanaged<ulong, uint, ulong*, hv_return_t>)rig.Api.hv_vcpu_get_sys_reg)(id, 0xCC00_0000 | (uint)HV_SYS_REG_SCTLR_EL1, &value);
        });

        uint wide = 0xCCCC_CCCC; // a caller who takes a bool for an int
        Rig.Ok(rig.Api.hv_vcpu_get_vtimer_mask(id, (byte*)&wide));
        Assert.Equal(0xCCCC_CC00, wide);
    }

    [Fact]
    public void Rule20_VectorByValue()
    {
        using Rig rig = new();
        ulong id = rig.Vcpu(A64.HVC0).Id;
        for (uint i = 0; i < 32; i++) Rig.Ok(rig.Api.hv_vcpu_set_simd_fp_reg(id, (hv_simd_fp_reg_t)i, Pattern(i)));
        for (uint i = 0; i < 32; i++) Assert.Equal(Pattern(i).value, Vector(rig, id, i));

        // By pointer it succeeds as well, and stores something else.
        hv_simd_fp_uchar16_t other = Pattern(99);
        Rig.Ok(((delegate* unmanaged<ulong, uint, hv_simd_fp_uchar16_t*, hv_return_t>)rig.Api.hv_vcpu_set_simd_fp_reg)(id, 5, &other));
        Assert.NotEqual(other.value, Vector(rig, id, 5));
    }

    [Fact]
    public void Rule21_ExitStructure()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.HVC0);
        ulong id = vcpu.Id;
        Rig.Ok(rig.Api.hv_vcpus_exit(&id, 1));
        Assert.Equal(HV_EXIT_REASON_CANCELED, vcpu.Run());
        Assert.Equal(0xCCCC_CCCC_CCCC_CCCC, vcpu.Exit->exception.syndrome);
        Assert.Equal(0xCCCC_CCCC_CCCC_CCCC, vcpu.Exit->exception.physical_address);
        Assert.Equal(0x16u, vcpu.RunToException()); // read at the same address
    }

    [Fact]
    public void Rule22_PendingInterrupts()
    {
        using Rig rig = new(gic: false);
        TestVcpu vcpu = rig.Vcpu(A64.HVC0, A64.HVC0);
        ((uint*)rig.Memory)[0x1280 / 4] = A64.HVC1;
        vcpu[HV_SYS_REG_VBAR_EL1] = Rig.Ram + 0x1000;
        vcpu[HV_REG_CPSR] = 0x345; // IRQ unmasked
        Rig.Ok(rig.Api.hv_vcpu_set_pending_interrupt(vcpu.Id, hv_interrupt_type_t.HV_INTERRUPT_TYPE_IRQ, 1));
        vcpu.RunToException();
        Assert.Equal(1u, vcpu.Syndrome & 0xFFFF); // the vector's HVC
        byte pending;
        Rig.Ok(rig.Api.hv_vcpu_get_pending_interrupt(vcpu.Id, hv_interrupt_type_t.HV_INTERRUPT_TYPE_IRQ, &pending));
        Assert.Equal(0, pending);
        vcpu[HV_REG_CPSR] = 0x345;
        vcpu[HV_REG_PC] = Rig.Ram;
        vcpu.RunToException();
        Assert.Equal(0u, vcpu.Syndrome & 0xFFFF); // not again
    }

    [Fact]
    public void Rule22_PendingInterrupts_are_not_for_a_VM_with_a_GIC()
    {
        using Rig rig = new(new SimulatorOptions { SystemVersion = new(27, 0) });
        ulong id = rig.Vcpu(A64.HVC0).Id;
        rig.Refused(SimulatorRule.PendingInterrupts, HV_UNSUPPORTED, () => rig.Api.hv_vcpu_set_pending_interrupt(id, hv_interrupt_type_t.HV_INTERRUPT_TYPE_IRQ, 1));
        rig.Refused(SimulatorRule.PendingInterrupts, HV_UNSUPPORTED, () =>
        {
            byte pending;
            return rig.Api.hv_vcpu_get_pending_interrupt(id, hv_interrupt_type_t.HV_INTERRUPT_TYPE_FIQ, &pending);
        });
    }

    [Fact]
    public void Rule23_FreshVcpu()
    {
        using Rig rig = new();
        using TestVcpu vcpu = new(rig, 0, start: false);
        for (uint i = 0; i <= 34; i++) Assert.Equal(0ul, vcpu[(hv_reg_t)i]);
        Assert.Equal(0ul, vcpu[HV_SYS_REG_MPIDR_EL1]);
        Assert.Equal(0ul, vcpu[HV_SYS_REG_CNTV_CTL_EL0]);
        ulong offset;
        byte mask;
        Rig.Ok(rig.Api.hv_vcpu_get_vtimer_offset(vcpu.Id, &offset));
        Rig.Ok(rig.Api.hv_vcpu_get_vtimer_mask(vcpu.Id, &mask));
        Assert.Equal((0ul, (byte)0), (offset, mask));
        vcpu[HV_SYS_REG_CNTV_CTL_EL0] = 7;
        Assert.Equal(3ul, vcpu[HV_SYS_REG_CNTV_CTL_EL0]); // ISTATUS is not the caller's

        // A caller who only sets the PC is at EL0, where HVC is UNDEFINED.
        *(uint*)rig.Memory = A64.HVC0;
        vcpu[HV_SYS_REG_MPIDR_EL1] = 0;
        vcpu[HV_SYS_REG_CNTV_CTL_EL0] = 0;
        vcpu[HV_REG_PC] = Rig.Ram;
        Assert.Equal(0x20u, vcpu.RunToException()); // fetching the vector at 0x400, where nothing is
        Assert.Equal(0x400ul, vcpu.Exit->exception.physical_address);
    }

    private static hv_return_t Read(Rig rig, ulong id, hv_sys_reg_t register)
    {
        ulong value;
        return rig.Api.hv_vcpu_get_sys_reg(id, register, &value);
    }

    private static hv_simd_fp_uchar16_t Pattern(uint i) =>
        new() { value = Vector128.Create((byte)(i * 7 + 1)).WithElement(0, (byte)i).WithElement(15, (byte)~i) };

    private static Vector128<byte> Vector(Rig rig, ulong id, uint register)
    {
        hv_simd_fp_uchar16_t value;
        Rig.Ok(rig.Api.hv_vcpu_get_simd_fp_reg(id, (hv_simd_fp_reg_t)register, &value));
        return value.value;
    }
}

namespace Supermachine.Engine.Hvf.Simulator.Tests;

/// <summary>Processes, threads and vCPUs: rules 1 to 8.</summary>
public sealed unsafe class ProcessRules
{
    [Fact]
    public void Rule01_OneVmPerProcess()
    {
        using Rig rig = new();
        rig.Refused(SimulatorRule.OneVmPerProcess, HV_BUSY, () => rig.Api.hv_vm_create(0));

        using Rig none = Without(rig);
        none.Refused(SimulatorRule.OneVmPerProcess, HV_ERROR, () => none.Api.hv_vm_map(none.Memory, Rig.Ram, Rig.RamSize, Rig.All));
        none.Refused(SimulatorRule.OneVmPerProcess, HV_ERROR, () => none.Api.hv_gic_set_spi(32, 1));
        none.Refused(SimulatorRule.OneVmPerProcess, HV_ERROR, () => none.Api.hv_vm_destroy());
        none.Refused(SimulatorRule.OneVmPerProcess, HV_ERROR, () =>
        {
            ulong id;
            hv_vcpu_exit_t* exit;
            return none.Api.hv_vcpu_create(&id, &exit, 0);
        });
    }

    [Fact]
    public void Rule02_OwningThread()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.HVC0);
        rig.Refused(SimulatorRule.OwningThread, HV_BUSY, () => Create(rig));
        Rig.OnThread(() =>
        {
            rig.Refused(SimulatorRule.OwningThread, HV_ERROR, () => rig.Api.hv_vcpu_run(vcpu.Id));
            rig.Refused(SimulatorRule.OwningThread, HV_ERROR, () => rig.Api.hv_vcpu_destroy(vcpu.Id));
            rig.Refused(SimulatorRule.OwningThread, HV_ERROR, () => rig.Api.hv_vcpu_set_sys_reg(vcpu.Id, HV_SYS_REG_SCTLR_EL1, 0));
            rig.Refused(SimulatorRule.OwningThread, HV_ERROR, () => rig.Api.hv_vcpu_set_vtimer_mask(vcpu.Id, 1));
        });
        Assert.Equal(0x16u, vcpu.RunToException());
    }

    [Fact]
    public void Rule03_CallsFromOtherThreads()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.HVC0);
        byte* more = Posix.Anonymous(0x4000);
        Rig.OnThread(() =>
        {
            ulong value, requested = vcpu.Id;
            Rig.Ok(rig.Api.hv_vm_map(more, 0x5000_0000, 0x4000, Rig.All));
            Rig.Ok(rig.Api.hv_vm_protect(0x5000_0000, 0x4000, HV_MEMORY_READ));
            Rig.Ok(rig.Api.hv_vm_unmap(0x5000_0000, 0x4000));
            Rig.Ok(rig.Api.hv_gic_set_spi(40, 1));
            Rig.Ok(rig.Api.hv_gic_get_distributor_reg(hv_gic_distributor_reg_t.HV_GIC_DISTRIBUTOR_REG_GICD_CTLR, &value));
            Rig.Ok(rig.Api.hv_vcpus_exit(&requested, 1));
            rig.Api.os_release((void*)rig.Api.hv_gic_state_create());
            Assert.Empty(rig.Broken);
            rig.Refused(SimulatorRule.CallsFromOtherThreads, HV_ERROR, () =>
            {
                ulong pmr;
                return rig.Api.hv_gic_get_icc_reg(vcpu.Id, hv_gic_icc_reg_t.HV_GIC_ICC_REG_PMR_EL1, &pmr);
            });
            rig.Refused(SimulatorRule.CallsFromOtherThreads, HV_ERROR, () =>
                rig.Api.hv_gic_set_redistributor_reg(vcpu.Id, hv_gic_redistributor_reg_t.HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0, 1));
        });
    }

    [Fact]
    public void Rule04_VcpusWithinTheVm()
    {
        using Rig rig = new();
        rig.Vcpu(A64.HVC0);
        rig.Refused(SimulatorRule.VcpusWithinTheVm, HV_ERROR, () => rig.Api.hv_vm_destroy());
        uint most;
        Rig.Ok(rig.Api.hv_vm_get_max_vcpu_count(&most));
        using Barrier barrier = new((int)most);
        List<Companion> others = [.. Enumerable.Range(1, (int)most - 1).Select(index => Companion.Start(() =>
        {
            using TestVcpu vcpu = new(rig, index);
            barrier.SignalAndWait();
            barrier.SignalAndWait();
        }))];
        barrier.SignalAndWait();
        Rig.OnThread(() => rig.Refused(SimulatorRule.VcpusWithinTheVm, HV_NO_RESOURCES, () => Create(rig)));
        barrier.SignalAndWait();
        foreach (Companion other in others) other.Join();
    }

    [Fact]
    public void Rule05_FinalTopology()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.HVC0, A64.HVC0, A64.HVC0);
        using ManualResetEventSlim ran = new(), ended = new();
        Companion second = Companion.Start(() =>
        {
            using TestVcpu other = new(rig, 1);
            ran.Wait();
            other.Dispose();
            ended.Set();
        });
        SpinWait.SpinUntil(() => rig.Simulator.Vm!.Vcpus.Count() == 2);
        Assert.Equal(0x16u, vcpu.RunToException());
        Rig.OnThread(() => rig.Refused(SimulatorRule.FinalTopology, HV_ERROR, () => Create(rig)));
        ran.Set();
        ended.Wait();
        second.Join();
        rig.Refused(SimulatorRule.FinalTopology, HV_ERROR, () => rig.Api.hv_vcpu_run(vcpu.Id));
    }

    [Fact]
    public void Rule06_NotWhileRunning()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.Loop);
        Companion onlooker = Companion.Start(() =>
        {
            SpinWait.SpinUntil(() => rig.Simulator.Vm!.Find(vcpu.Id).IsRunning);
            rig.Refused(SimulatorRule.NotWhileRunning, HV_ERROR, () =>
            {
                ulong pc;
                return rig.Api.hv_vcpu_get_reg(vcpu.Id, HV_REG_PC, &pc);
            });
            ulong id = vcpu.Id;
            Rig.Ok(rig.Api.hv_vcpus_exit(&id, 1));
        });
        Assert.Equal(HV_EXIT_REASON_CANCELED, vcpu.Run());
        onlooker.Join();
        Assert.Single(rig.Broken);
    }

    [Fact]
    public void Rule07_ExitRequests()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.HVC0, A64.HVC0);
        ulong id = vcpu.Id, gone = 17;
        for (int i = 0; i < 3; i++) Rig.Ok(rig.Api.hv_vcpus_exit(&id, 1));
        Assert.Equal(HV_EXIT_REASON_CANCELED, vcpu.Run());
        Assert.Equal(Rig.Ram, vcpu[HV_REG_PC]); // the guest was not entered
        Assert.Equal(0x16u, vcpu.RunToException()); // three requests were one
        Assert.Empty(rig.Broken);
        Assert.Equal(HV_BAD_ARGUMENT, rig.Api.hv_vcpus_exit(&gone, 1));
        Assert.Equal([SimulatorRule.ExitRequests], rig.Broken);
    }

    [Fact]
    public void Rule07_ExitRequests_come_for_nothing_too()
    {
        using Rig rig = new(new SimulatorOptions { SpuriousCancels = true, Seed = 4 });
        TestVcpu vcpu = rig.Vcpu([.. Enumerable.Repeat(A64.HVC0, 500)]);
        int cancels = 0;
        for (int calls = 0; calls < 500;)
        {
            if (vcpu.Run() == HV_EXIT_REASON_CANCELED) cancels++;
            else calls++;
        }

        Assert.InRange(cancels, 1, 200);
    }

    [Fact]
    public void Rule08_Entitlement()
    {
        using Rig rig = new(new SimulatorOptions { IsEntitled = false }, vm: false);
        Assert.Equal(HV_DENIED, rig.Api.hv_vm_create(0));
        Assert.Contains("com.apple.security.hypervisor", new HvException(nameof(HvApi.hv_vm_create), HV_DENIED).Message, StringComparison.Ordinal);
    }

    private static hv_return_t Create(Rig rig)
    {
        ulong id;
        hv_vcpu_exit_t* exit;
        return rig.Api.hv_vcpu_create(&id, &exit, 0);
    }

    private static Rig Without(Rig rig)
    {
        rig.Dispose();
        return new Rig(vm: false);
    }
}

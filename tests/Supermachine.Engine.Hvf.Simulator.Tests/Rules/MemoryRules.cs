namespace Supermachine.Engine.Hvf.Simulator.Tests;

/// <summary>Guest memory: rules 9 to 16.</summary>
public sealed unsafe class MemoryRules : IDisposable
{
    private const ulong At = 0x5000_0000;
    private const nuint Page = 0x4000;

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData(0x1000, 0, 0x4000)]
    [InlineData(0, 0x1000, 0x4000)]
    [InlineData(0, 0, 0x5000)]
    [InlineData(0, 0, 0)]
    public void Rule09_Granule(int host, int ipa, int size)
    {
        using Rig rig = new(ram: false);
        rig.Refused(SimulatorRule.Granule, HV_BAD_ARGUMENT, () => rig.Api.hv_vm_map(rig.Memory + host, At + (ulong)ipa, (nuint)size, Rig.All));
        Rig.Ok(rig.Api.hv_vm_map(rig.Memory, At, Page, Rig.All));
        Assert.Single(rig.Broken);
    }

    [Fact]
    public void Rule10_AddressSpace()
    {
        using Rig rig = new(vm: false);
        nint config = rig.Api.hv_vm_config_create();
        uint bits, most;
        Rig.Ok(rig.Api.hv_vm_config_get_max_ipa_size(&most));
        Rig.Ok(rig.Api.hv_vm_config_get_default_ipa_size(&bits));
        Assert.Equal((36u, 40u), (bits, most));
        rig.Refused(SimulatorRule.AddressSpace, HV_BAD_ARGUMENT, () => rig.Api.hv_vm_config_set_ipa_size(config, 41));
        Rig.Ok(rig.Api.hv_vm_create(config));
        rig.Api.os_release((void*)config);
        rig.Refused(SimulatorRule.AddressSpace, HV_BAD_ARGUMENT, () => rig.Api.hv_vm_map(rig.Memory, 1ul << 36, Page, Rig.All));
        rig.Refused(SimulatorRule.AddressSpace, HV_BAD_ARGUMENT, () => rig.Api.hv_vm_map(rig.Memory, (1ul << 36) - Page, 2 * Page, Rig.All));
        rig.Refused(SimulatorRule.AddressSpace, HV_BAD_ARGUMENT, () => rig.Api.hv_vm_map(rig.Memory, 0, Page, Rig.All));
        Rig.Ok(rig.Api.hv_vm_map(rig.Memory, (1ul << 36) - Page, Page, Rig.All));
    }

    [Fact]
    public void Rule11_Overlap()
    {
        using Rig rig = new();
        rig.Refused(SimulatorRule.Overlap, HV_ERROR, () => rig.Api.hv_vm_map(rig.Memory, Rig.Ram + Rig.RamSize - Page, 2 * Page, Rig.All));
        rig.Refused(SimulatorRule.Overlap, HV_BAD_ARGUMENT, () => rig.Api.hv_vm_map(rig.Memory, Rig.Redistributors + 0x100_0000, Page, Rig.All));
        Rig.Ok(rig.Api.hv_vm_map(rig.Memory, Rig.Ram + Rig.RamSize, Page, Rig.All));
    }

    [Fact]
    public void Rule12_ExactUnmap()
    {
        using Rig rig = new();
        rig.Refused(SimulatorRule.ExactUnmap, HV_BAD_ARGUMENT, () => rig.Api.hv_vm_unmap(Rig.Ram, Page));
        rig.Refused(SimulatorRule.ExactUnmap, HV_BAD_ARGUMENT, () => rig.Api.hv_vm_unmap(At, Page));
        Rig.Ok(rig.Api.hv_vm_protect(Rig.Ram + Page, Page, HV_MEMORY_READ));
        Rig.Ok(rig.Api.hv_vm_unmap(Rig.Ram, Rig.RamSize)); // its parts belong together still
    }

    [Fact]
    public void Rule12_ExactUnmap_or_any_range()
    {
        using Rig rig = new(new SimulatorOptions { LaxUnmap = true });
        TestVcpu vcpu = rig.Vcpu(A64.LDR_X1_X0, A64.HVC0);
        Rig.Ok(rig.Api.hv_vm_unmap(Rig.Ram + Page, Page));
        Rig.Ok(rig.Api.hv_vm_unmap(At, Page));
        vcpu[HV_REG_X0] = Rig.Ram + Page + 8;
        Assert.Equal(0x24u, vcpu.RunToException());
        Assert.Equal(Rig.Ram + Page + 8, vcpu.Exit->exception.physical_address);
        Rig.Ok(rig.Api.hv_vm_map(rig.Memory + Page, Rig.Ram + Page, Page, Rig.All));
        Assert.Equal(0x16u, vcpu.RunToException()); // the same instruction, once more
        Assert.Empty(rig.Broken);
        Rig.Ok(rig.Api.hv_vm_unmap(Rig.Ram, Rig.RamSize));
    }

    [Fact]
    public void Rule13_MaximumProtection()
    {
        using Rig rig = new(ram: false);
        File.WriteAllBytes(_file, new byte[2 * Page]);
        byte* shared = Posix.File(_file, Page, Posix.PROT_READ, Posix.MAP_SHARED);
        byte* own = Posix.File(_file, Page, Posix.PROT_READ | Posix.PROT_WRITE, Posix.MAP_PRIVATE);
        rig.Refused(SimulatorRule.MaximumProtection, HV_ERROR, () => rig.Api.hv_vm_map(shared, At, Page, Rig.All));
        Rig.Ok(rig.Api.hv_vm_map(shared, At, Page, HV_MEMORY_READ | HV_MEMORY_EXEC));
        Rig.Ok(rig.Api.hv_vm_map(own, At + Page, Page, Rig.All));
        rig.Refused(SimulatorRule.MaximumProtection, HV_ERROR, () => rig.Api.hv_vm_protect(At, Page, Rig.All));
    }

    [Fact]
    public void Rule14_HostRemap()
    {
        using Rig rig = new();
        TestVcpu vcpu = rig.Vcpu(A64.HVC0, A64.HVC0);
        Assert.Equal(0x16u, vcpu.RunToException());
        Posix.Replace(rig.Memory + Page, Page, Posix.MAP_SHARED);
        rig.Refused(SimulatorRule.HostRemap, HV_ERROR, () => rig.Api.hv_vcpu_run(vcpu.Id));
    }

    [Fact]
    public void Rule15_HostBacking()
    {
        using Rig rig = new(new SimulatorOptions { Audit = true }, ram: false);
        File.WriteAllBytes(_file, new byte[4 * Page]);
        byte* crooked = Posix.File(_file, Page, Posix.PROT_READ | Posix.PROT_WRITE, Posix.MAP_PRIVATE, offset: 0x1000);
        rig.Refused(SimulatorRule.HostBacking, HV_BAD_ARGUMENT, () => rig.Api.hv_vm_map(crooked, At, Page, Rig.All));
        byte* own = Posix.File(_file, 2 * Page, Posix.PROT_READ | Posix.PROT_WRITE, Posix.MAP_PRIVATE, offset: (nint)Page);
        Rig.Ok(rig.Api.hv_vm_map(own, At, 2 * Page, Rig.All));
        Rig.Ok(rig.Api.hv_vm_map(rig.Memory, Rig.Ram, Rig.RamSize, Rig.All));
        TestVcpu vcpu = rig.Vcpu(A64.STR_X1_X0, A64.HVC0, A64.HVC0);
        vcpu[HV_REG_X0] = At;
        Assert.Equal(0x16u, vcpu.RunToException()); // what the guest wrote is its own
        Assert.Empty(rig.Broken.Skip(1));

        using (FileStream changed = new(_file, FileMode.Open, FileAccess.Write)) { changed.Position = (long)(2 * Page); changed.WriteByte(1); }
        rig.Refused(SimulatorRule.HostBacking, HV_ERROR, () => rig.Api.hv_vcpu_run(vcpu.Id));
        using (FileStream changed = new(_file, FileMode.Open, FileAccess.Write)) { changed.Position = (long)(2 * Page); changed.WriteByte(0); }
        Assert.Equal(0x16u, vcpu.RunToException());

        Posix.Free(own + Page, Page);
        rig.Refused(SimulatorRule.HostBacking, HV_ERROR, () => rig.Api.hv_vcpu_run(vcpu.Id));
    }

    [Fact]
    public void Rule16_Flags()
    {
        using Rig rig = new(ram: false);
        rig.Refused(SimulatorRule.Flags, HV_BAD_ARGUMENT, () => rig.Api.hv_vm_map(rig.Memory, At, Page, (hv_memory_flags_t)9));
        void* memory;
        Assert.Equal(HV_BAD_ARGUMENT, rig.Api.hv_vm_allocate(&memory, 0x1000, 0));
        Rig.Ok(rig.Api.hv_vm_allocate(&memory, Page, 0));
        Rig.Ok(rig.Api.hv_vm_deallocate(memory, Page));
        Assert.Equal([SimulatorRule.Flags, SimulatorRule.Flags], rig.Broken);
    }
}

using System.Runtime.InteropServices;

namespace Supermachine.Engine.Hvf.Tests;

/// <content>The interrupt controller.</content>
internal static unsafe partial class FakeFramework
{
    public const ulong RedistributorBase = 0x1000_0000, RedistributorSize = 0x2_0000;

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_distributor_size(nuint* value) => Size(value, 0x1_0000);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_distributor_base_alignment(nuint* value) => Size(value, 0x1_0000);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_region_size(nuint* value) => Size(value, 0x200_0000);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_size(nuint* value) => Size(value, (nuint)RedistributorSize);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_base_alignment(nuint* value) => Size(value, 0x2_0000);

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_spi_interrupt_range(uint* first, uint* count)
    {
        (*first, *count) = (32, 988);
        return GeometryNeedsVm && !HasVm ? hv_return_t.HV_ERROR : hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_intid(hv_gic_intid_t interrupt, uint* intid)
    {
        *intid = (uint)interrupt;
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static nint hv_gic_config_create() => NewObject();

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_config_set_distributor_base(nint config, ulong address) => Do("hv_gic_config_set_distributor_base", $"0x{address:x}");

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_config_set_redistributor_base(nint config, ulong address) => Do("hv_gic_config_set_redistributor_base", $"0x{address:x}");

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_create(nint config) => Do("hv_gic_create");

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_reset() => Do("hv_gic_reset");

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_spi(uint intid, byte level)
    {
        Lines[intid] = level != 0;
        return Do("hv_gic_set_spi", $"{intid} {level}");
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_distributor_reg(hv_gic_distributor_reg_t register, ulong* value)
    {
        *value = Gicd.GetValueOrDefault(register);
        return Refusals.GetValueOrDefault("hv_gic_get_distributor_reg");
    }

    /// <remarks>The pairs that set and clear act as such; the rest holds what it is given.</remarks>
    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_distributor_reg(hv_gic_distributor_reg_t register, ulong value)
    {
        hv_return_t result = Do("hv_gic_set_distributor_reg", $"0x{(uint)register:x} 0x{value:x}");
        uint offset = (uint)register;
        if (offset is >= 0x100 and < 0x400)
        {
            bool clears = (offset & 0x80) != 0;
            for (uint other = offset & ~0x80u; other <= (offset | 0x80); other += 0x80)
            {
                ulong old = Gicd.GetValueOrDefault((hv_gic_distributor_reg_t)other);
                Gicd[(hv_gic_distributor_reg_t)other] = clears ? old & ~value : old | value;
            }
        }
        else Gicd[register] = value;
        return result;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_base(ulong vcpu, ulong* address)
    {
        *address = Refuses("redistributor outside", out _) ? 0x5000_0000 : RedistributorBase + (RedistributorSize * (Vcpu(vcpu).Sys[hv_sys_reg_t.HV_SYS_REG_MPIDR_EL1] & 0xff));
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_redistributor_reg(ulong vcpu, hv_gic_redistributor_reg_t register, ulong* value)
    {
        *value = Vcpu(vcpu).Gicr.GetValueOrDefault(register);
        return Refusals.GetValueOrDefault("hv_gic_get_redistributor_reg");
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_redistributor_reg(ulong vcpu, hv_gic_redistributor_reg_t register, ulong value)
    {
        Vcpu(vcpu).Gicr[register] = value;
        return Do("hv_gic_set_redistributor_reg", $"{register} 0x{value:x}");
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_get_icc_reg(ulong vcpu, hv_gic_icc_reg_t register, ulong* value)
    {
        *value = Vcpu(vcpu).Icc.GetValueOrDefault(register);
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_icc_reg(ulong vcpu, hv_gic_icc_reg_t register, ulong value)
    {
        hv_return_t result = Do("hv_gic_set_icc_reg", $"{register} 0x{value:x}");
        if (result == hv_return_t.HV_SUCCESS) Vcpu(vcpu).Icc[register] = value;
        return result;
    }

    [UnmanagedCallersOnly]
    private static nint hv_gic_state_create() => Blob is null ? 0 : NewObject();

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_state_get_size(nint state, nuint* size)
    {
        *size = (nuint)Blob!.Length;
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_state_get_data(nint state, void* data)
    {
        Blob.CopyTo(new Span<byte>(data, Blob!.Length));
        return hv_return_t.HV_SUCCESS;
    }

    [UnmanagedCallersOnly]
    private static hv_return_t hv_gic_set_state(void* data, nuint size)
    {
        byte[] blob = new Span<byte>(data, (int)size).ToArray();
        hv_return_t result = Do("hv_gic_set_state", $"{Convert.ToHexString(blob)}");
        if (result == hv_return_t.HV_SUCCESS) TakeBlob?.Invoke(blob);
        return result;
    }

    private static hv_return_t Size(nuint* value, nuint size)
    {
        *value = size;
        return GeometryNeedsVm && !HasVm ? hv_return_t.HV_ERROR : hv_return_t.HV_SUCCESS;
    }
}

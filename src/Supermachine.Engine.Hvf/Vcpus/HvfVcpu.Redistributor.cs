using static Supermachine.Engine.Hvf.hv_gic_redistributor_reg_t;

namespace Supermachine.Engine.Hvf;

/// <content>The vCPU's redistributor. Its registers are this thread's; they serve where the framework's own state of the GIC does not.</content>
internal sealed unsafe partial class HvfVcpu
{
    /// <summary>The registers; none before every vCPU has its MPIDR_EL1, nor where the framework does not let them be read.</summary>
    private List<KeyValuePair<string, UInt128>> CaptureRedistributor()
    {
        if (_partition.Created != _partition.VcpuCount) return [];
        List<KeyValuePair<string, UInt128>> registers = [];
        foreach (RegisterEntry register in RegisterSet.Redistributor)
        {
            if (!_handle.TryGet((hv_gic_redistributor_reg_t)register.Number, out ulong value)) return [];
            registers.Add(KeyValuePair.Create(register.Name, (UInt128)value));
        }

        return registers;
    }

    private void RestoreRedistributor(Dictionary<string, UInt128> values, RedistributorRestore restore)
    {
        if (restore == RedistributorRestore.None || (restore == RedistributorRestore.Check && HasEnables(values))) return;
        Set(HV_GIC_REDISTRIBUTOR_REG_GICR_ICENABLER0, uint.MaxValue);
        Set(HV_GIC_REDISTRIBUTOR_REG_GICR_ICPENDR0, uint.MaxValue);
        Set(HV_GIC_REDISTRIBUTOR_REG_GICR_ICACTIVER0, uint.MaxValue);
        foreach (RegisterEntry register in RegisterSet.Redistributor)
            Set((hv_gic_redistributor_reg_t)register.Number, (ulong)values[register.Name]);
    }

    /// <summary>Whether the redistributor has the PPIs and SGIs of a state enabled, or the state does not tell.</summary>
    private bool HasEnables(Dictionary<string, UInt128> values) =>
        !RegisterSet.Redistributor.All(register => values.ContainsKey(register.Name))
        || (_handle.TryGet(HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0, out ulong enabled) && enabled == values["GICR_ISENABLER0"]
            && _handle.TryGet(HV_GIC_REDISTRIBUTOR_REG_GICR_IGROUPR0, out ulong groups) && groups == values["GICR_IGROUPR0"]);

    private void Set(hv_gic_redistributor_reg_t register, ulong value)
    {
        if (!_handle.TrySet(register, value)) throw new InvalidOperationException($"vCPU {Index}: the framework does not take {register}");
    }
}

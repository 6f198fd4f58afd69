namespace Supermachine.Engine.Hvf;

/// <summary>INTIDs that the GIC reserves for the vCPU's own devices.</summary>
internal enum hv_gic_intid_t : ushort
{
    HV_GIC_INT_PERFORMANCE_MONITOR = 23,
    HV_GIC_INT_MAINTENANCE = 25,
    HV_GIC_INT_EL2_PHYSICAL_TIMER = 26,
    HV_GIC_INT_EL1_VIRTUAL_TIMER = 27,
    HV_GIC_INT_EL1_PHYSICAL_TIMER = 30,
}

/// <summary>GICD registers by offset. Of a numbered register only the first is here; 4 bytes (IROUTER: 8) lie between two.</summary>
internal enum hv_gic_distributor_reg_t : ushort
{
    HV_GIC_DISTRIBUTOR_REG_GICD_CTLR = 0x0,
    HV_GIC_DISTRIBUTOR_REG_GICD_TYPER = 0x4,
    HV_GIC_DISTRIBUTOR_REG_GICD_IGROUPR0 = 0x80,
    HV_GIC_DISTRIBUTOR_REG_GICD_ISENABLER0 = 0x100,
    HV_GIC_DISTRIBUTOR_REG_GICD_ICENABLER0 = 0x180,
    HV_GIC_DISTRIBUTOR_REG_GICD_ISPENDR0 = 0x200,
    HV_GIC_DISTRIBUTOR_REG_GICD_ICPENDR0 = 0x280,
    HV_GIC_DISTRIBUTOR_REG_GICD_ISACTIVER0 = 0x300,
    HV_GIC_DISTRIBUTOR_REG_GICD_ICACTIVER0 = 0x380,
    HV_GIC_DISTRIBUTOR_REG_GICD_IPRIORITYR0 = 0x400,
    HV_GIC_DISTRIBUTOR_REG_GICD_ICFGR0 = 0xc00,
    HV_GIC_DISTRIBUTOR_REG_GICD_IROUTER32 = 0x6100,
    HV_GIC_DISTRIBUTOR_REG_GICD_PIDR2 = 0xffe8,
}

/// <summary>GICR registers by offset in a vCPU's two frames. IPRIORITYR1 to 7 follow IPRIORITYR0 at 4 bytes.</summary>
internal enum hv_gic_redistributor_reg_t : uint
{
    HV_GIC_REDISTRIBUTOR_REG_GICR_TYPER = 0x8,
    HV_GIC_REDISTRIBUTOR_REG_GICR_PIDR2 = 0xffe8,
    HV_GIC_REDISTRIBUTOR_REG_GICR_IGROUPR0 = 0x10080,
    HV_GIC_REDISTRIBUTOR_REG_GICR_ISENABLER0 = 0x10100,
    HV_GIC_REDISTRIBUTOR_REG_GICR_ICENABLER0 = 0x10180,
    HV_GIC_REDISTRIBUTOR_REG_GICR_ISPENDR0 = 0x10200,
    HV_GIC_REDISTRIBUTOR_REG_GICR_ICPENDR0 = 0x10280,
    HV_GIC_REDISTRIBUTOR_REG_GICR_ISACTIVER0 = 0x10300,
    HV_GIC_REDISTRIBUTOR_REG_GICR_ICACTIVER0 = 0x10380,
    HV_GIC_REDISTRIBUTOR_REG_GICR_IPRIORITYR0 = 0x10400,
    HV_GIC_REDISTRIBUTOR_REG_GICR_ICFGR0 = 0x10c00,
    HV_GIC_REDISTRIBUTOR_REG_GICR_ICFGR1 = 0x10c04,
}

/// <summary>CPU interface registers, encoded like hv_sys_reg_t.</summary>
internal enum hv_gic_icc_reg_t : ushort
{
    HV_GIC_ICC_REG_PMR_EL1 = 0xc230,
    HV_GIC_ICC_REG_BPR0_EL1 = 0xc643,
    HV_GIC_ICC_REG_AP0R0_EL1 = 0xc644,
    HV_GIC_ICC_REG_AP1R0_EL1 = 0xc648,
    HV_GIC_ICC_REG_RPR_EL1 = 0xc65b,
    HV_GIC_ICC_REG_BPR1_EL1 = 0xc663,
    HV_GIC_ICC_REG_CTLR_EL1 = 0xc664,
    HV_GIC_ICC_REG_SRE_EL1 = 0xc665,
    HV_GIC_ICC_REG_IGRPEN0_EL1 = 0xc666,
    HV_GIC_ICC_REG_IGRPEN1_EL1 = 0xc667,
    HV_GIC_ICC_REG_SRE_EL2 = 0xe64d,
}

/// <summary>Hypervisor interface registers; only in a VM with EL2.</summary>
internal enum hv_gic_ich_reg_t : ushort
{
    HV_GIC_ICH_REG_AP0R0_EL2 = 0xe640,
    HV_GIC_ICH_REG_AP1R0_EL2 = 0xe648,
    HV_GIC_ICH_REG_HCR_EL2 = 0xe658,
    HV_GIC_ICH_REG_VTR_EL2 = 0xe659,
    HV_GIC_ICH_REG_MISR_EL2 = 0xe65a,
    HV_GIC_ICH_REG_EISR_EL2 = 0xe65b,
    HV_GIC_ICH_REG_ELRSR_EL2 = 0xe65d,
    HV_GIC_ICH_REG_VMCR_EL2 = 0xe65f,
    HV_GIC_ICH_REG_LR0_EL2 = 0xe660,
}

/// <summary>Virtual CPU interface registers; only in a VM with EL2.</summary>
internal enum hv_gic_icv_reg_t : ushort
{
    HV_GIC_ICV_REG_PMR_EL1 = 0xc230,
    HV_GIC_ICV_REG_BPR0_EL1 = 0xc643,
    HV_GIC_ICV_REG_AP0R0_EL1 = 0xc644,
    HV_GIC_ICV_REG_AP1R0_EL1 = 0xc648,
    HV_GIC_ICV_REG_RPR_EL1 = 0xc65b,
    HV_GIC_ICV_REG_BPR1_EL1 = 0xc663,
    HV_GIC_ICV_REG_CTLR_EL1 = 0xc664,
    HV_GIC_ICV_REG_SRE_EL1 = 0xc665,
    HV_GIC_ICV_REG_IGRPEN0_EL1 = 0xc666,
    HV_GIC_ICV_REG_IGRPEN1_EL1 = 0xc667,
}

/// <summary>GICM registers by offset.</summary>
internal enum hv_gic_msi_reg_t : ushort
{
    HV_GIC_MSI_REG_GICM_TYPER = 0x8,
    HV_GIC_MSI_REG_GICM_SET_SPI_NSR = 0x40,
}

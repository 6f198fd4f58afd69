namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>Which GIC registers the framework gives access to, and how wide they are. There is no GICR_WAKER, GICR_CTLR or GICx_IGRPMODR among them.</summary>
internal static class GicRegisterTable
{
    /// <summary>Bytes of a GICD register.</summary>
    /// <exception cref="Refusal">It is not one of hv_gic_distributor_reg_t.</exception>
    public static int DistributorWidth(uint register) => register switch
    {
        0x0 or 0x4 or 0xFFE8 => 4, // CTLR, TYPER, PIDR2
        >= 0x80 and < 0x400 when register % 4 == 0 => 4, // IGROUPR to ICACTIVER
        >= 0x400 and <= 0x7F8 when register % 4 == 0 => 4, // IPRIORITYR
        >= 0xC00 and < 0xD00 when register % 4 == 0 => 4, // ICFGR
        >= 0x6100 and <= 0x7FD8 when register % 8 == 0 => 8, // IROUTER
        _ => throw new Refusal(HV_BAD_ARGUMENT, null, $"there is no GICD register 0x{register:x}"),
    };

    /// <summary>Bytes of a GICR register.</summary>
    /// <exception cref="Refusal">It is not one of hv_gic_redistributor_reg_t.</exception>
    public static int RedistributorWidth(uint register) => register switch
    {
        0x8 => 8, // TYPER
        0xFFE8 => 4, // PIDR2
        0x1_0080 or 0x1_0100 or 0x1_0180 or 0x1_0200 or 0x1_0280 or 0x1_0300 or 0x1_0380 => 4, // IGROUPR0 to ICACTIVER0
        >= 0x1_0400 and <= 0x1_041C when register % 4 == 0 => 4, // IPRIORITYR
        0x1_0C00 or 0x1_0C04 => 4, // ICFGR
        _ => throw new Refusal(HV_BAD_ARGUMENT, null, $"there is no GICR register 0x{register:x}"),
    };
}

namespace Supermachine.Engine.Hvf.Simulator.Tests;

/// <summary>The instructions that the guests of these tests are made of.</summary>
internal static class A64
{
    public const uint HVC0 = 0xD400_0002, HVC1 = 0xD400_0022, SMC0 = 0xD400_0003, BRK0 = 0xD420_0000, WFI = 0xD503_207F, NOP = 0xD503_201F, Loop = 0x1400_0000;
    public const uint LDR_X1_X0 = 0xF940_0001, LDR_W1_X0 = 0xB940_0001, LDRH_W1_X0 = 0x7940_0001, LDRB_W1_X0 = 0x3940_0001;
    public const uint LDRSB_X1_X0 = 0x3980_0001, LDRSB_W1_X0 = 0x39C0_0001, LDRSW_X1_X0 = 0xB980_0001, LDAR_X1_X0 = 0xC8DF_FC01;
    public const uint STR_XZR_X0 = 0xF900_001F, STR_W1_X0 = 0xB900_0001, STR_X1_X0 = 0xF900_0001, STRB_W1_X0 = 0x3900_0001;
    public const uint LDP_X1_X2_X0 = 0xA940_0801, LDR_X1_X0_Post = 0xF840_8401, LDR_Q0_X0 = 0x3DC0_0000, LDXR_X1_X0 = 0xC85F_7C01;
    public const uint DC_CIVAC_X0 = 0xD50B_7E20;
    public const uint MRS_X1_OSLSR = 0xD530_1181, MSR_OSLAR_XZR = 0xD510_109F, MRS_X1_PMCR = 0xD53B_9C01, MRS_X1_ICC_IAR1 = 0xD538_CC01, MRS_X1_MDSCR = 0xD530_0241;
    public const uint MRS_X1_CNTVCT = 0xD53B_E041, MRS_X1_CNTFRQ = 0xD53B_E001;
}

namespace Supermachine.Engine.Software;

/// <summary>
/// Encodings of the CPU interface's system registers as op0:op1:CRn:CRm:op2 in 2+3+4+4+3 bits, the layout of MRS's bits [20:5]
/// with op0's upper bit.
/// </summary>
internal static class GicRegister
{
    public const uint ICC_PMR_EL1 = 3 << 14 | 4 << 7 | 6 << 3 | 0;
    public const uint ICC_IAR0_EL1 = C12 | 8 << 3 | 0;
    public const uint ICC_EOIR0_EL1 = C12 | 8 << 3 | 1;
    public const uint ICC_HPPIR0_EL1 = C12 | 8 << 3 | 2;
    public const uint ICC_BPR0_EL1 = C12 | 8 << 3 | 3;
    public const uint ICC_AP0R0_EL1 = C12 | 8 << 3 | 4;
    public const uint ICC_AP1R0_EL1 = C12 | 9 << 3 | 0;
    public const uint ICC_DIR_EL1 = C12 | 11 << 3 | 1;
    public const uint ICC_RPR_EL1 = C12 | 11 << 3 | 3;
    public const uint ICC_SGI1R_EL1 = C12 | 11 << 3 | 5;
    public const uint ICC_ASGI1R_EL1 = C12 | 11 << 3 | 6;
    public const uint ICC_SGI0R_EL1 = C12 | 11 << 3 | 7;
    public const uint ICC_IAR1_EL1 = C12 | 12 << 3 | 0;
    public const uint ICC_EOIR1_EL1 = C12 | 12 << 3 | 1;
    public const uint ICC_HPPIR1_EL1 = C12 | 12 << 3 | 2;
    public const uint ICC_BPR1_EL1 = C12 | 12 << 3 | 3;
    public const uint ICC_CTLR_EL1 = C12 | 12 << 3 | 4;
    public const uint ICC_SRE_EL1 = C12 | 12 << 3 | 5;
    public const uint ICC_IGRPEN0_EL1 = C12 | 12 << 3 | 6;
    public const uint ICC_IGRPEN1_EL1 = C12 | 12 << 3 | 7;

    private const uint C12 = 3 << 14 | 12 << 7;
}

namespace Supermachine.Engine.Software;

/// <summary>The identification registers at the end of each GIC frame (IHI 0069 12.1.2): offsets 0xFFD0 to 0xFFFC.</summary>
internal static class IdentificationRegisters
{
    public const ulong Start = 0xFFD0;

    /// <summary>GICD_IIDR and GICR_IIDR: product 'S', Arm's JEP106 code as the architecture's owner.</summary>
    public const uint IIDR = 0x5300_043B;

    /// <summary>PIDR4 to PIDR7, PIDR0 to PIDR3 (PIDR2.ArchRev is 3: GICv3), CIDR0 to CIDR3.</summary>
    private static ReadOnlySpan<byte> Values => [0x44, 0, 0, 0, 0x92, 0xB4, 0x3B, 0, 0x0D, 0xF0, 0x05, 0xB1];

    public static uint Read(ulong offset) => Values[(int)(offset - Start) / 4];
}

namespace Supermachine.Engine.Software;

/// <summary>AT S1E1R, S1E1W, S1E0R, S1E0W (ARM ARM C6.2.21): the value they leave in PAR_EL1.</summary>
internal static class AddressTranslation
{
    private const ulong RES1 = 1ul << 11;
    private const ulong NS = 1ul << 9;

    /// <summary>PAR_EL1 for a walk's result.</summary>
    /// <param name="result">The walk of the operand's address.</param>
    /// <param name="mair">MAIR_EL1.</param>
    /// <param name="wanted">The one permission that is asked for.</param>
    public static ulong Par(in WalkResult result, ulong mair, Permissions wanted)
    {
        if (result.IsFault) return Failed(result.FaultCode);
        if (!result.Allows(wanted)) return Failed(result.PermissionFault);
        ulong attribute = result.Attribute == WalkResult.NoAttribute ? 0 : mair >> 8 * result.Attribute & 0xFF;
        // Device and Non-cacheable memory is Outer Shareable whatever the entry says.
        bool outer = (attribute & 0xF0) == 0 || attribute == 0x44;
        ulong shareability = outer ? 2u : result.Shareability;
        return attribute << 56 | result.PhysicalAddress & 0x0000_FFFF_FFFF_F000 | RES1 | NS | shareability << 7;
    }

    private static ulong Failed(byte code) => RES1 | (ulong)code << 1 | 1;
}

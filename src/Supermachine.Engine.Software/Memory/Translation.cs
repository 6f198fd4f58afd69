namespace Supermachine.Engine.Software;

/// <summary>The kind of an access, as permissions and syndromes distinguish them.</summary>
internal enum AccessKind
{
    Read,
    Write,
    Fetch,

    /// <summary>Cache maintenance by address, DC ZVA apart: needs read permission and is reported as a write (ESR_ELx.CM).</summary>
    CacheMaintenance,
}

/// <summary>What a translation gives for the 4 KiB around an address.</summary>
/// <param name="Pa">Physical address of the access.</param>
/// <param name="Readable">Whether the current exception level, or EL0 where asked so, may load.</param>
/// <param name="Writable">Likewise for stores.</param>
/// <param name="Executable">Likewise for fetches.</param>
/// <param name="Device">Device memory: unaligned accesses fault.</param>
/// <param name="PageBits">Log2 of the bytes that the table's entry maps.</param>
/// <param name="Private">The table's entry belongs to the current ASID alone (nG).</param>
internal readonly record struct Translation(ulong Pa, bool Readable, bool Writable, bool Executable, bool Device, int PageBits, bool Private);

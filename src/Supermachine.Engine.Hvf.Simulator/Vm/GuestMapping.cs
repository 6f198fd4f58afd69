namespace Supermachine.Engine.Hvf.Simulator;

/// <summary>A part of guest memory with one protection: a whole mapping, or what hv_vm_protect made of it.</summary>
/// <param name="Ipa">Its first byte in the guest.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Host">Its first byte on the host.</param>
/// <param name="Flags">What the guest may do.</param>
/// <param name="Origin">The call of hv_vm_map that it came from.</param>
internal sealed record GuestMapping(ulong Ipa, ulong Size, ulong Host, hv_memory_flags_t Flags, MapCall Origin)
{
    public ulong End => Ipa + Size;

    public bool Touches(ulong ipa, ulong size) => Ipa < ipa + size && ipa < End;

    /// <summary>The part of it that lies in a range.</summary>
    public GuestMapping Within(ulong start, ulong end)
    {
        ulong from = Math.Max(start, Ipa), to = Math.Min(end, End);
        return this with { Ipa = from, Size = to - from, Host = Host + (from - Ipa) };
    }
}

/// <summary>What hv_vm_map was called with, and what the host memory was then.</summary>
internal sealed record MapCall(ulong Ipa, ulong Size, HostBacking Backing);

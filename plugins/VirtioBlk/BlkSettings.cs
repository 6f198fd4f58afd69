namespace Supermachine.Plugins.VirtioBlk;

/// <summary>What the device promises the guest.</summary>
/// <param name="ReadOnly">Whether writes are refused.</param>
/// <param name="Serial">What GET_ID answers.</param>
internal sealed record BlkSettings(bool ReadOnly, string Serial);

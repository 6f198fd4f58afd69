namespace Supermachine.Virtio;

/// <summary>One buffer of a descriptor chain. Never empty, never past the end of the address space; whether it lies in RAM only an access tells.</summary>
/// <param name="Address">The first byte.</param>
/// <param name="Length">Bytes.</param>
public readonly record struct GuestBuffer(GuestAddress Address, uint Length);

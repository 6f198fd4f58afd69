namespace Supermachine.Testing;

/// <summary>One buffer for a chain.</summary>
/// <param name="Address">The first byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="DeviceWrites">Whether the device writes it.</param>
public readonly record struct VirtioDriverBuffer(GuestAddress Address, uint Length, bool DeviceWrites);

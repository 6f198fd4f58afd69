using Microsoft.Extensions.Logging;

namespace Supermachine.Runtime;

/// <summary>
/// Finds the device behind an address and sets the policy for accesses that a device refuses: ones on read, a dropped write, one
/// rate-limited log line. An address without a device is the caller's to refuse. Devices are added before the first access.
/// </summary>
internal sealed class MmioBus(TimeProvider time)
{
    private ulong[] _starts = [];
    private MmioSlot[] _slots = [];

    /// <summary>The devices in order of address.</summary>
    public IReadOnlyList<MmioSlot> Slots => _slots;

    /// <summary>Puts a device behind a window of addresses.</summary>
    /// <exception cref="ArgumentException">The window is misshapen, misaligned or overlaps another.</exception>
    public void Add(string name, GuestAddress address, IMmioDevice device, ILogger logger)
    {
        var slot = new MmioSlot(name, address, device, logger, time);
        if (_slots.FirstOrDefault(slot.Overlaps) is { } other)
            throw new ArgumentException($"device \"{name}\": the window at {address} overlaps that of \"{other.Name}\"");
        _slots = [.. _slots, slot];
        Array.Sort(_slots, static (a, b) => a.Address.CompareTo(b.Address));
        _starts = Array.ConvertAll(_slots, each => each.Address.Value);
    }

    /// <returns>False when no device is there.</returns>
    public bool TryRead(ulong address, AccessWidth width, int vcpu, out ulong value)
    {
        if (Find(address) is not { } slot)
        {
            value = 0;
            return false;
        }

        value = slot.Read((uint)(address - slot.Address.Value), width, vcpu);
        return true;
    }

    /// <returns>False when no device is there.</returns>
    public bool TryWrite(ulong address, AccessWidth width, ulong value, int vcpu)
    {
        if (Find(address) is not { } slot) return false;
        slot.Write((uint)(address - slot.Address.Value), width, value, vcpu);
        return true;
    }

    private MmioSlot? Find(ulong address)
    {
        int index = Array.BinarySearch(_starts, address);
        if (index < 0) index = ~index - 1;
        return index >= 0 && address - _starts[index] < _slots[index].Size ? _slots[index] : null;
    }
}

using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Supermachine.Runtime;

/// <summary>Guest RAM by guest-physical address. Without RAM, before the machine is built, every access is refused.</summary>
internal sealed unsafe class GuestMemory : IGuestMemory
{
    // Windows begin every GiB and are almost two long, so any request up to one GiB lies wholly in the one it begins in.
    private const int WindowShift = 30;
    private const int LongestInWindow = 1 << WindowShift;

    private nint _host;
    private ulong _base;
    private ulong _length;
    private RamWindow[] _windows = [];

    /// <summary>Puts RAM in place. Called once, before any device runs.</summary>
    public void Attach(GuestAddress address, GuestRam ram)
    {
        (_host, _base, _length) = (ram.Address, address.Value, ram.Length);
        _windows = new RamWindow[(int)((ram.Length + LongestInWindow - 1) >> WindowShift)];
        for (int i = 0; i < _windows.Length; i++)
        {
            ulong start = (ulong)i << WindowShift;
            _windows[i] = new RamWindow(ram.Address + (nint)start, (int)Math.Min(ram.Length - start, int.MaxValue));
        }
    }

    /// <summary>Takes RAM away; from here on every access is refused.</summary>
    public void Detach() => (_length, _host, _windows) = (0, 0, []);

    /// <summary>Whether all of the range lies in RAM.</summary>
    public bool Contains(GuestAddress address, ulong length) => TryOffset(address, length, out _);

    public bool TryRead(GuestAddress address, Span<byte> destination)
    {
        if (!TryOffset(address, (ulong)destination.Length, out nint offset)) return false;

        // SAFETY: TryOffset has checked the whole range against RAM.
        new ReadOnlySpan<byte>((byte*)_host + offset, destination.Length).CopyTo(destination);
        return true;
    }

    public bool TryWrite(GuestAddress address, ReadOnlySpan<byte> source)
    {
        if (!TryOffset(address, (ulong)source.Length, out nint offset)) return false;

        // SAFETY: TryOffset has checked the whole range against RAM.
        source.CopyTo(new Span<byte>((byte*)_host + offset, source.Length));
        return true;
    }

    public bool TryGetMemory(GuestAddress address, int length, out Memory<byte> memory)
    {
        memory = default;
        if (length < 0 || !TryOffset(address, (ulong)length, out nint offset)) return false;
        if (length == 0) return true;
        memory = length <= LongestInWindow - 1
            ? _windows[(int)(offset >> WindowShift)].Memory.Slice((int)offset & (LongestInWindow - 1), length)
            : new RamWindow(_host + offset, length).Memory;
        return true;
    }

    public bool TryLoadAcquire(GuestAddress address, out ushort value)
    {
        value = 0;
        if ((address.Value & 1) != 0 || !TryOffset(address, sizeof(ushort), out nint offset)) return false;

        // SAFETY: checked against RAM, and aligned, so the load is single-copy atomic.
        ushort raw = Volatile.Read(ref Unsafe.AsRef<ushort>((byte*)_host + offset));
        value = BitConverter.IsLittleEndian ? raw : BinaryPrimitives.ReverseEndianness(raw);
        return true;
    }

    public bool TryStoreRelease(GuestAddress address, ushort value)
    {
        if ((address.Value & 1) != 0 || !TryOffset(address, sizeof(ushort), out nint offset)) return false;
        ushort raw = BitConverter.IsLittleEndian ? value : BinaryPrimitives.ReverseEndianness(value);

        // SAFETY: checked against RAM, and aligned, so the store is single-copy atomic.
        Volatile.Write(ref Unsafe.AsRef<ushort>((byte*)_host + offset), raw);
        return true;
    }

    // Subtractions only: no sum of guest numbers that could wrap.
    private bool TryOffset(GuestAddress address, ulong length, out nint offset)
    {
        ulong start = address.Value - _base;
        offset = (nint)start;
        return address.Value >= _base && start <= _length && length <= _length - start && _host != 0;
    }
}

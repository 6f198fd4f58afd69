using System.Buffers.Binary;

namespace Supermachine.Virtio;

/// <summary>
/// A device's configuration space (virtio 1.2, section 2.5): little-endian bytes that the guest reads, and the few of them that
/// it may write. Change what the guest reads through <see cref="VirtioDevice.ConfigChanged"/> once the device lives.
/// </summary>
public sealed class VirtioConfigSpace
{
    private readonly byte[] bytes;
    private readonly bool[] writable;

    /// <summary>A space of zeroes that the guest can read and not write.</summary>
    /// <param name="length">Bytes, at most 0x100: the part of the window behind the registers.</param>
    public VirtioConfigSpace(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, MaxLength);
        bytes = new byte[length];
        writable = new bool[length];
    }

    /// <summary>The most bytes that fit into the device's window.</summary>
    public const int MaxLength = 0x100;

    /// <summary>The bytes, for the device to fill.</summary>
    public Span<byte> Bytes => bytes;

    /// <summary>Lets the guest write a field.</summary>
    public void AllowWrites(int offset, int length)
    {
        foreach (ref bool each in writable.AsSpan(offset, length)) each = true;
    }

    /// <summary>Reads for the guest; bytes behind the end of the space are zero.</summary>
    /// <returns>False when the first byte lies behind the end.</returns>
    internal bool TryRead(uint offset, int width, out uint value)
    {
        value = 0;
        if (offset >= bytes.Length) return false;
        Span<byte> field = stackalloc byte[sizeof(uint)];
        field.Clear();
        bytes.AsSpan((int)offset, Math.Min(width, bytes.Length - (int)offset)).CopyTo(field);
        value = BinaryPrimitives.ReadUInt32LittleEndian(field);
        return true;
    }

    /// <summary>Writes for the guest.</summary>
    /// <returns>False, with nothing written, when any byte may not be written.</returns>
    internal bool TryWrite(uint offset, int width, uint value)
    {
        if (offset >= bytes.Length || width > bytes.Length - (int)offset) return false;
        if (writable.AsSpan((int)offset, width).Contains(false)) return false;
        Span<byte> field = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(field, value);
        field[..width].CopyTo(bytes.AsSpan((int)offset));
        return true;
    }
}

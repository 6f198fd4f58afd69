using System.Diagnostics;

namespace Supermachine.Runtime;

/// <summary>A ring of bytes with a fixed capacity.</summary>
internal sealed class ByteFifo(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private int _head;

    public int Count { get; private set; }

    public int Room => _bytes.Length - Count;

    public void Push(byte value)
    {
        Debug.Assert(Room > 0, "the caller checks for room");
        _bytes[(_head + Count++) % _bytes.Length] = value;
    }

    public byte Peek() => _bytes[_head];

    public byte Pop()
    {
        Debug.Assert(Count > 0, "the caller checks for bytes");
        byte value = _bytes[_head];
        _head = (_head + 1) % _bytes.Length;
        Count--;
        return value;
    }

    /// <summary>Takes as many bytes as fit in <paramref name="destination"/>, in at most two copies.</summary>
    public int PopInto(Span<byte> destination)
    {
        int taken = Math.Min(Count, destination.Length);
        int first = Math.Min(taken, _bytes.Length - _head);
        _bytes.AsSpan(_head, first).CopyTo(destination);
        _bytes.AsSpan(0, taken - first).CopyTo(destination[first..]);
        _head = (_head + taken) % _bytes.Length;
        Count -= taken;
        return taken;
    }

    public void Clear() => (_head, Count) = (0, 0);

    public void Fill(ReadOnlySpan<byte> bytes)
    {
        Clear();
        bytes.CopyTo(_bytes);
        Count = bytes.Length;
    }

    public byte[] ToArray()
    {
        byte[] all = new byte[Count];
        for (int i = 0; i < all.Length; i++) all[i] = _bytes[(_head + i) % _bytes.Length];
        return all;
    }
}

namespace Supermachine;

/// <summary>An address in the guest's physical address space (an IPA, in the words of the ARM ARM).</summary>
/// <param name="Value">The address in bytes.</param>
public readonly record struct GuestAddress(ulong Value) : IComparable<GuestAddress>
{
    /// <summary>The address <paramref name="offset"/> bytes after <paramref name="start"/>.</summary>
    /// <exception cref="OverflowException">The sum does not fit in 64 bits. Never pass a guest's number unchecked.</exception>
    public static GuestAddress operator +(GuestAddress start, ulong offset) => new(checked(start.Value + offset));

    /// <summary>Whether <paramref name="left"/> lies below <paramref name="right"/>.</summary>
    public static bool operator <(GuestAddress left, GuestAddress right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> lies above <paramref name="right"/>.</summary>
    public static bool operator >(GuestAddress left, GuestAddress right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is not above <paramref name="right"/>.</summary>
    public static bool operator <=(GuestAddress left, GuestAddress right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is not below <paramref name="right"/>.</summary>
    public static bool operator >=(GuestAddress left, GuestAddress right) => left.Value >= right.Value;

    /// <summary>Orders by address.</summary>
    public int CompareTo(GuestAddress other) => Value.CompareTo(other.Value);

    /// <summary>The address in hexadecimal, as <c>0x40000000</c>.</summary>
    public override string ToString() => $"0x{Value:x}";
}

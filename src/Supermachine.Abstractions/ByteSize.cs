using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Supermachine;

/// <summary>A size in bytes, written in machine files with its unit: <c>"512MiB"</c>. Use it for any plugin option that is a size.</summary>
/// <param name="Bytes">The size in bytes.</param>
public readonly record struct ByteSize(ulong Bytes) : IComparable<ByteSize>
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>A size of <paramref name="count"/> times 1024 bytes.</summary>
    public static ByteSize FromKiB(ulong count) => new(checked(count << 10));

    /// <summary>A size of <paramref name="count"/> times 1024 KiB.</summary>
    public static ByteSize FromMiB(ulong count) => new(checked(count << 20));

    /// <summary>Reads a whole number followed by one of B, KiB, MiB, GiB, TiB, with or without a space between.</summary>
    /// <returns>False when the text is anything else, or the size does not fit in 63 bits.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out ByteSize size)
    {
        size = default;
        if (text is null) return false;
        int digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits])) digits++;
        int unit = Array.IndexOf(Units, text[digits..].TrimStart(' '));
        if (unit < 0 || !ulong.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out ulong count)) return false;
        if (count > (ulong)long.MaxValue >> (10 * unit)) return false;
        size = new ByteSize(count << (10 * unit));
        return true;
    }

    /// <summary>Orders by size.</summary>
    public int CompareTo(ByteSize other) => Bytes.CompareTo(other.Bytes);

    /// <summary>Whether <paramref name="left"/> is smaller than <paramref name="right"/>.</summary>
    public static bool operator <(ByteSize left, ByteSize right) => left.Bytes < right.Bytes;

    /// <summary>Whether <paramref name="left"/> is larger than <paramref name="right"/>.</summary>
    public static bool operator >(ByteSize left, ByteSize right) => left.Bytes > right.Bytes;

    /// <summary>Whether <paramref name="left"/> is not larger than <paramref name="right"/>.</summary>
    public static bool operator <=(ByteSize left, ByteSize right) => left.Bytes <= right.Bytes;

    /// <summary>Whether <paramref name="left"/> is not smaller than <paramref name="right"/>.</summary>
    public static bool operator >=(ByteSize left, ByteSize right) => left.Bytes >= right.Bytes;

    /// <summary>The size in the largest unit that divides it, as <c>512MiB</c>.</summary>
    public override string ToString()
    {
        ulong count = Bytes;
        int unit = 0;
        while (count != 0 && count % 1024 == 0 && unit < Units.Length - 1) (count, unit) = (count / 1024, unit + 1);
        return string.Create(CultureInfo.InvariantCulture, $"{count}{Units[unit]}");
    }
}

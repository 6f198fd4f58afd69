using System.Globalization;

namespace Supermachine.Runtime;

/// <summary>Times as machine files write them: a number and a unit, <c>"500ms"</c>, <c>"1.5s"</c>.</summary>
internal static class DurationText
{
    private static readonly (string Unit, decimal Ticks)[] Units =
    [
        ("h", TimeSpan.TicksPerHour), ("min", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond),
        ("ms", TimeSpan.TicksPerMillisecond), ("us", TimeSpan.TicksPerMicrosecond),
    ];

    /// <summary>Reads a number that is not negative, followed by one of us, ms, s, min, h, with or without a space between.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        int digits = 0;
        while (digits < text.Length && (char.IsAsciiDigit(text[digits]) || text[digits] == '.')) digits++;
        decimal ticks = Units.FirstOrDefault(u => u.Unit == text[digits..].TrimStart(' ')).Ticks;
        if (ticks == 0 || !decimal.TryParse(text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)) return false;
        if (number > TimeSpan.MaxValue.Ticks / ticks) return false;
        duration = new TimeSpan((long)(number * ticks));
        return true;
    }

    /// <summary>Writes a time in the largest unit that divides it.</summary>
    public static string Format(TimeSpan duration)
    {
        (string unit, decimal ticks) = Units.FirstOrDefault(u => duration.Ticks % u.Ticks == 0 && duration.Ticks != 0);
        if (unit is null) (unit, ticks) = duration == TimeSpan.Zero ? ("s", TimeSpan.TicksPerSecond) : ("us", TimeSpan.TicksPerMicrosecond);
        return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / ticks:0.#}{unit}");
    }
}

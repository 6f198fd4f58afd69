using System.Globalization;

namespace Supermachine.Toml;

/// <summary>
/// offset-date-time, local-date-time, local-date and local-time (RFC 3339), from a whole token. What <see cref="DateTimeOffset"/> cannot
/// hold is refused: the year 0000, a leap second, an offset beyond 14 hours.
/// </summary>
internal static class TomlDateTimeParser
{
    private const string Shape = "it does not have the form YYYY-MM-DDThh:mm:ss.fraction+hh:mm, or its date or its time alone";
    private const int DateLength = 10; // full-date: YYYY-MM-DD
    private const int MaximumPrecision = 7; // a tick is 100 ns
    private const int MaximumOffsetMinutes = 14 * 60;

    /// <summary>Whether the token is meant to be a date or a time: it starts with <c>0000-</c> or <c>00:</c>.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<char> token) =>
        (token.Length > 4 && token[4] == '-' && AreDigits(token[..4])) || (token.Length > 2 && token[2] == ':' && AreDigits(token[..2]));

    /// <summary>Whether the token is a date, to which a blank and a time may belong.</summary>
    public static bool IsDate(ReadOnlySpan<char> token) => token.Length == DateLength && token[4] == '-' && token[7] == '-' && LooksLikeOne(token);

    /// <summary>The value, or why the token is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> token, out TomlDateTime value, out string? error)
    {
        value = default;
        DateTime date = default;
        TimeSpan time = default;
        int precision = 0;
        bool hasDate = token[2] != ':';
        bool hasTime = !hasDate || token.Length > DateLength;
        if (hasDate && !TryParseDate(ref token, out date, out error)) return false;
        error = Shape;
        if (hasDate && hasTime && !TryTake(ref token, 'T', 't', ' ')) return false;
        if (hasTime && !TryParseTime(ref token, out time, out precision, out error)) return false;
        if (hasDate && hasTime && !token.IsEmpty) return TryParseOffset(token, date + time, precision, out value, out error);
        error = token.IsEmpty ? null : Shape;
        TomlDateTimeKind kind = !hasTime ? TomlDateTimeKind.LocalDate : hasDate ? TomlDateTimeKind.LocalDateTime : TomlDateTimeKind.LocalTime;
        value = new TomlDateTime(new DateTimeOffset(date + time, TimeSpan.Zero), precision, kind);
        return error is null;
    }

    // full-date
    private static bool TryParseDate(ref ReadOnlySpan<char> rest, out DateTime date, out string? error)
    {
        date = default;
        error = Shape;
        if (!TryTakeNumber(ref rest, 4, out int year) || !TryTake(ref rest, '-') || !TryTakeNumber(ref rest, 2, out int month)
            || !TryTake(ref rest, '-') || !TryTakeNumber(ref rest, 2, out int day)) return false;
        if (!IsBetween("year", year, 1, 9999, ref error) || !IsBetween("month", month, 1, 12, ref error)
            || !IsBetween("day", day, 1, DateTime.DaysInMonth(year, month), ref error)) return false;
        date = new DateTime(year, month, day);
        return true;
    }

    // partial-time; the seconds may be left out since TOML 1.1
    private static bool TryParseTime(ref ReadOnlySpan<char> rest, out TimeSpan time, out int precision, out string? error)
    {
        time = default;
        precision = 0;
        error = Shape;
        int second = 0;
        long ticks = 0;
        if (!TryTakeNumber(ref rest, 2, out int hour) || !TryTake(ref rest, ':') || !TryTakeNumber(ref rest, 2, out int minute)) return false;
        if (TryTake(ref rest, ':'))
        {
            if (!TryTakeNumber(ref rest, 2, out second)) return false;
            if (TryTake(ref rest, '.') && !TryTakeFraction(ref rest, out ticks, out precision)) return false;
        }
        if (!IsBetween("hour", hour, 0, 23, ref error) || !IsBetween("minute", minute, 0, 59, ref error)
            || !IsBetween("second", second, 0, 59, ref error)) return false;
        time = new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(ticks);
        return true;
    }

    // time-secfrac without its point
    private static bool TryTakeFraction(ref ReadOnlySpan<char> rest, out long ticks, out int precision)
    {
        int length = 0;
        while (length < rest.Length && char.IsAsciiDigit(rest[length])) length++;
        precision = Math.Min(length, MaximumPrecision);
        ticks = 0;
        for (int i = 0; i < MaximumPrecision; i++) ticks = (ticks * 10) + (i < length ? rest[i] - '0' : 0);
        rest = rest[length..];
        return length > 0;
    }

    // time-offset
    private static bool TryParseOffset(ReadOnlySpan<char> rest, DateTime local, int precision, out TomlDateTime value, out string? error)
    {
        value = default;
        error = Shape;
        int minutes = 0;
        bool isZ = TryTake(ref rest, 'Z', 'z');
        if (!isZ)
        {
            int sign = rest[0] == '-' ? -1 : 1;
            if (!TryTake(ref rest, '+', '-') || !TryTakeNumber(ref rest, 2, out int hour) || !TryTake(ref rest, ':')
                || !TryTakeNumber(ref rest, 2, out int minute)) return false;
            if (!IsBetween("offset hour", hour, 0, 23, ref error) || !IsBetween("offset minute", minute, 0, 59, ref error)) return false;
            minutes = sign * ((hour * 60) + minute);
        }
        if (!rest.IsEmpty) return false;
        error = Math.Abs(minutes) > MaximumOffsetMinutes ? "offsets beyond 14:00 are not supported" : "in UTC it is not in the years 1 to 9999";
        TimeSpan offset = TimeSpan.FromMinutes(minutes);
        if (Math.Abs(minutes) > MaximumOffsetMinutes || local.Ticks - offset.Ticks < 0 || local.Ticks - offset.Ticks > DateTime.MaxValue.Ticks) return false;
        error = null;
        TomlDateTimeKind kind = isZ ? TomlDateTimeKind.OffsetDateTimeByZ : TomlDateTimeKind.OffsetDateTimeByNumber;
        value = new TomlDateTime(new DateTimeOffset(local, offset), precision, kind);
        return true;
    }

    private static bool IsBetween(string name, int value, int minimum, int maximum, ref string? error)
    {
        if (value >= minimum && value <= maximum) return true;
        error = string.Create(CultureInfo.InvariantCulture, $"{name} {value} is not between {minimum} and {maximum}");
        return false;
    }

    private static bool TryTake(ref ReadOnlySpan<char> rest, params ReadOnlySpan<char> expected)
    {
        if (rest.IsEmpty || !expected.Contains(rest[0])) return false;
        rest = rest[1..];
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<char> rest, int digits, out int number)
    {
        number = 0;
        if (rest.Length < digits || !AreDigits(rest[..digits])) return false;
        number = int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        rest = rest[digits..];
        return true;
    }

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}

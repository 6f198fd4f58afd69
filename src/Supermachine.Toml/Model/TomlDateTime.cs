using System.Globalization;

namespace Supermachine.Toml;

/// <summary>A date, a time, or both.</summary>
/// <param name="DateTime">
/// The moment. A local kind has offset zero, a local date the time 00:00:00, a local time the date 0001-01-01.
/// </param>
/// <param name="SecondPrecision">Digits of the second's fraction as written, at most 7: finer ones are cut off, not rounded.</param>
/// <param name="Kind">Which type it is.</param>
public readonly record struct TomlDateTime(DateTimeOffset DateTime, int SecondPrecision, TomlDateTimeKind Kind)
{
    /// <summary>The value in TOML, seconds always written.</summary>
    public override string ToString()
    {
        string fraction = SecondPrecision > 0 ? "." + new string('f', SecondPrecision) : "";
        string format = Kind switch
        {
            TomlDateTimeKind.LocalDate => "yyyy-MM-dd",
            TomlDateTimeKind.LocalTime => $"HH:mm:ss{fraction}",
            TomlDateTimeKind.LocalDateTime => $"yyyy-MM-dd'T'HH:mm:ss{fraction}",
            TomlDateTimeKind.OffsetDateTimeByZ => $"yyyy-MM-dd'T'HH:mm:ss{fraction}'Z'",
            _ => $"yyyy-MM-dd'T'HH:mm:ss{fraction}zzz",
        };
        return DateTime.ToString(format, CultureInfo.InvariantCulture);
    }
}

namespace Supermachine.Toml;

/// <summary>Which of TOML's date and time types a <see cref="TomlDateTime"/> is.</summary>
public enum TomlDateTimeKind
{
    /// <summary>An offset date-time written with <c>Z</c>.</summary>
    OffsetDateTimeByZ,

    /// <summary>An offset date-time written with a numeric offset.</summary>
    OffsetDateTimeByNumber,

    /// <summary>A local date-time.</summary>
    LocalDateTime,

    /// <summary>A local date.</summary>
    LocalDate,

    /// <summary>A local time.</summary>
    LocalTime,
}

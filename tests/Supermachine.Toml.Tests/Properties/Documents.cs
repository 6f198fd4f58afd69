using FsCheck;
using FsCheck.Fluent;

namespace Supermachine.Toml.Tests.Properties;

/// <summary>Random documents: what they hold, apart from how they are written.</summary>
internal static class Documents
{
    private const int MaximumEntries = 5;

    private static readonly string[] Pieces =
    [
        "a", "Z", "_", "-", "7", " ", "\t", "\n", "\r\n", "\"", "'", "\"\"\"", "'''", "\\", "\\n", "#", "=", ".", ",", "[", "]", "{", "}",
        "\0", "\u0001", "\u001b", "\u007f", "\u0080", "\u00e9", "e\u0301", "\u2028", "\ufeff", "\ufffd", "\uffff", "\ud7ff", "\ue000", "\U0001F980", "\U0010ffff",
    ];

    private static readonly Gen<string> Text =
        Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces));

    private static readonly Gen<string> Key =
        Gen.Frequency((3, Gen.Elements("a", "b", "c", "key", "id", "1", "-", "true")), (1, Text));

    private static readonly Gen<object> Integer = ArbMap.Default.GeneratorFor<long>()
        .SelectMany(any => Gen.Elements(any, any % 100, long.MaxValue, long.MinValue, 0, any >>> 1)).Select(value => (object)value);

    private static readonly Gen<object> Float = ArbMap.Default.GeneratorFor<double>()
        .SelectMany(any => Gen.Elements(any, Math.Round(any, 2), double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon))
        .Select(value => (object)value);

    private static readonly Gen<object> Moment =
        from ticks in ArbMap.Default.GeneratorFor<long>()
        from whole in Gen.Choose(0, 7)
        from kind in Gen.Elements(Enum.GetValues<TomlDateTimeKind>())
        from minutes in Gen.Choose(-14 * 60, 14 * 60)
        select (object)Cut(new TomlDateTime(new DateTimeOffset((long)((ulong)ticks % (ulong)DateTime.MaxValue.Ticks), TimeSpan.Zero), whole, kind), minutes);

    private static readonly Gen<object> Scalar = Gen.Frequency(
        (3, Text.Select(text => (object)text)), (2, Integer), (2, Float), (1, Moment), (1, ArbMap.Default.GeneratorFor<bool>().Select(flag => (object)flag)));

    public static Gen<TomlTable> Table { get; } = Gen.Sized(size => TableOf(Math.Min(size / 10, 4)));

    private static Gen<object> Value(int depth) => depth == 0
        ? Scalar
        : Gen.Frequency((4, Scalar), (2, TableOf(depth - 1).Select(table => (object)table)), (1, ArrayOf(Value(depth - 1))), (1, ArrayOf(TableOf(depth - 1).Select(table => (object)table))));

    private static Gen<object> ArrayOf(Gen<object> items) => ShortListOf(items).Select(list =>
    {
        var array = new TomlArray();
        foreach (object item in list) array.Add(item);
        return (object)array;
    });

    private static Gen<TomlTable> TableOf(int depth) => ShortListOf(Key.Zip(Value(depth))).Select(entries =>
    {
        var table = new TomlTable();
        foreach ((string key, object value) in entries) table[key] = value;
        return table;
    });

    private static Gen<IReadOnlyList<T>> ShortListOf<T>(Gen<T> items) =>
        Gen.Choose(0, MaximumEntries).SelectMany(count => items.ListOf(count)).Select(list => (IReadOnlyList<T>)[.. list]);

    // A moment that is exactly what its kind and its precision can say.
    private static TomlDateTime Cut(TomlDateTime moment, int minutes)
    {
        long unit = (long)Math.Pow(10, 7 - moment.SecondPrecision);
        DateTime time = moment.DateTime.DateTime;
        time = time.AddTicks(-(time.Ticks % unit));
        if (moment.Kind == TomlDateTimeKind.LocalDate) return new TomlDateTime(new DateTimeOffset(time.Date, TimeSpan.Zero), 0, moment.Kind);
        if (moment.Kind == TomlDateTimeKind.LocalTime) time = DateTime.MinValue + time.TimeOfDay;
        bool shifts = moment.Kind == TomlDateTimeKind.OffsetDateTimeByNumber && time.Year is > 1 and < 9999;
        return moment with { DateTime = new DateTimeOffset(time, TimeSpan.FromMinutes(shifts ? minutes : 0)) };
    }
}

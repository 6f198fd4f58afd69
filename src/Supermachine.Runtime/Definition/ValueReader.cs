using System.Globalization;

namespace Supermachine.Runtime;

/// <summary>What is wrong with a value; the text goes on after the key's name.</summary>
internal readonly record struct ValueProblem(string Code, string Text, SourcePlace? Place = null);

/// <summary>Turns values of a machine file into the types that options are made of, and back into TOML.</summary>
internal static class ValueReader
{
    /// <summary>Whether options may have a property of this type.</summary>
    public static bool Supports(Type type) =>
        ElementOf(type) is { } element ? ElementOf(element) is null && Supports(element) : Plain(type) is var plain && (plain.IsEnum || Scalars.Contains(plain));

    /// <summary>The element type of a list property; null for anything else.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsArray ? type.GetElementType() :
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>Reads a value as <paramref name="type"/>. Exactly one of result and problem is set.</summary>
    public static object? Read(SourceValue value, Type type, out ValueProblem? problem)
    {
        problem = null;
        if (ElementOf(type) is { } element) return ReadList(value, element, out problem);
        type = Plain(type);
        if (type == typeof(string)) return value.Content as string ?? value.Raw ?? Wrong("must be a string", value, out problem);
        if (type == typeof(bool)) return value.Content is bool ? value.Content : Wrong("must be true or false", value, out problem);
        if (type == typeof(double)) return value.Content switch { double d => d, long l => (double)l, _ => Wrong("must be a number", value, out problem) };
        if (type == typeof(ByteSize)) return ReadText<ByteSize>(value, ByteSize.TryParse, "must be a size such as \"512MiB\"", out problem);
        if (type == typeof(TimeSpan)) return ReadText<TimeSpan>(value, DurationText.TryParse, "must be a time such as \"500ms\"", out problem);
        if (type == typeof(GuestAddress)) return ReadAddress(value, out problem);
        return type.IsEnum ? ReadWord(value, type, out problem) : ReadInteger(value, type, out problem);
    }

    /// <summary>Writes a value as TOML.</summary>
    public static string Format(object? value) => value switch
    {
        null => "\"\"",
        string text => Quote(text),
        bool flag => flag ? "true" : "false",
        ByteSize size => Quote(size.ToString()),
        TimeSpan duration => Quote(DurationText.Format(duration)),
        GuestAddress address => Quote(address.ToString()),
        Enum word => Quote(Word(word)),
        System.Collections.IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Format))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    /// <summary>An enum's value as machine files write it.</summary>
    public static string Word(Enum value) => WordCase.Lower(value.ToString(), '-');

    private static readonly HashSet<Type> Scalars =
    [
        typeof(string), typeof(bool), typeof(double), typeof(ByteSize), typeof(TimeSpan), typeof(GuestAddress),
        typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint), typeof(long), typeof(ulong),
    ];

    private delegate bool Parser<T>(string text, out T value);

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static object? ReadText<T>(SourceValue value, Parser<T> parse, string rule, out ValueProblem? problem)
    {
        problem = null;
        if ((value.Content as string ?? value.Raw) is not { } text) return Wrong(rule, value, out problem);
        if (parse(text, out T parsed)) return parsed;
        problem = new(DiagnosticCodes.Malformed, $"{rule}, was \"{text}\"", value.Place);
        return null;
    }

    private static object? ReadAddress(SourceValue value, out ValueProblem? problem)
    {
        problem = null;
        if (value.Content is long and >= 0) return new GuestAddress((ulong)(long)value.Content);
        return ReadText<GuestAddress>(value, TryParseAddress, "must be an address such as \"0x40000000\"", out problem);
    }

    private static bool TryParseAddress(string text, out GuestAddress address)
    {
        bool read = ulong.TryParse(text.StartsWith("0x", StringComparison.Ordinal) ? text.AsSpan(2) : "", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong number);
        address = new GuestAddress(number);
        return read;
    }

    private static object? ReadWord(SourceValue value, Type type, out ValueProblem? problem)
    {
        problem = null;
        Dictionary<string, object> words = Enum.GetValues(type).Cast<Enum>().ToDictionary(Word, word => (object)word);
        string rule = $"must be one of {string.Join(", ", words.Keys.Select(Quote))}";
        if ((value.Content as string ?? value.Raw) is not { } text) return Wrong(rule, value, out problem);
        if (words.TryGetValue(text, out object? found)) return found;
        string hint = NearestWord.Of(text, words.Keys) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";
        problem = new(DiagnosticCodes.UnknownWord, $"{rule}, was \"{text}\"{hint}", value.Place);
        return null;
    }

    private static object? ReadInteger(SourceValue value, Type type, out ValueProblem? problem)
    {
        problem = null;
        if (value.Content is not long number) return Wrong("must be an integer", value, out problem);
        (decimal least, decimal most) = Limits(type);
        if (number >= least && number <= most) return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
        problem = new(DiagnosticCodes.Refused, string.Create(CultureInfo.InvariantCulture, $"must be between {least} and {most}, was {number}"), value.Place);
        return null;
    }

    private static (decimal Least, decimal Most) Limits(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Byte => (byte.MinValue, byte.MaxValue),
        TypeCode.SByte => (sbyte.MinValue, sbyte.MaxValue),
        TypeCode.Int16 => (short.MinValue, short.MaxValue),
        TypeCode.UInt16 => (ushort.MinValue, ushort.MaxValue),
        TypeCode.Int32 => (int.MinValue, int.MaxValue),
        TypeCode.UInt32 => (uint.MinValue, uint.MaxValue),
        TypeCode.UInt64 => (ulong.MinValue, ulong.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };

    private static Array? ReadList(SourceValue value, Type element, out ValueProblem? problem)
    {
        problem = null;
        if (value.Content is not List<SourceValue> items) return (Array?)Wrong("must be an array", value, out problem);
        Array list = Array.CreateInstance(element, items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            object? item = Read(items[i], element, out problem);
            if (problem is { } bad)
            {
                problem = bad with { Text = $"element {i + 1} {bad.Text}", Place = items[i].Place };
                return null;
            }

            list.SetValue(item, i);
        }

        return list;
    }

    private static object? Wrong(string rule, SourceValue value, out ValueProblem? problem)
    {
        problem = new(DiagnosticCodes.WrongType, $"{rule}, was {value}", value.Place);
        return null;
    }

    private static string Quote(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}

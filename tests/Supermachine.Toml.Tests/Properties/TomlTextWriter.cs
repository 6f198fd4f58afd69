using System.Globalization;
using System.Text;

namespace Supermachine.Toml.Tests.Properties;

/// <summary>
/// Writes a table as TOML in any of the ways TOML allows, chosen at random: it shares no code with the reader. Within a table the plain
/// entries come first, since a header would take them over.
/// </summary>
internal sealed class TomlTextWriter(Random random)
{
    private readonly StringBuilder _text = new();

    public string Write(TomlTable root)
    {
        WriteTable(root, "");
        return _text.ToString();
    }

    private void WriteTable(TomlTable table, string path)
    {
        var below = new List<KeyValuePair<string, object>>();
        foreach (KeyValuePair<string, object> entry in table)
        {
            if (CanBeHeaders(entry.Value) && Chance(60)) below.Add(entry);
            else if (entry.Value is TomlTable { Count: > 0 } dotted && Chance(40)) WriteDotted(dotted, Key(entry.Key));
            else Line($"{Key(entry.Key)}{Blank()}={Blank()}{Value(entry.Value)}");
        }
        foreach ((string key, object value) in below)
        {
            if (value is TomlTable inner) WriteHeader(inner, Join(path, key));
            else foreach (TomlTable item in ((TomlArray)value).Cast<TomlTable>()) WriteArrayHeader(item, Join(path, key));
        }
    }

    private void WriteHeader(TomlTable table, string path)
    {
        // A header that a table below it implies may be left out.
        bool implied = table.Count > 0 && table.Values.All(value => value is TomlTable) && Chance(50);
        if (implied)
        {
            foreach ((string key, object value) in table) WriteHeader((TomlTable)value, Join(path, key));
            return;
        }
        Line($"[{Blank()}{path}{Blank()}]");
        WriteTable(table, path);
    }

    private void WriteArrayHeader(TomlTable table, string path)
    {
        Line($"[[{Blank()}{path}{Blank()}]]");
        WriteTable(table, path);
    }

    private void WriteDotted(TomlTable table, string path)
    {
        foreach ((string key, object value) in table)
        {
            if (value is TomlTable { Count: > 0 } inner && Chance(50)) WriteDotted(inner, Join(path, key));
            else Line($"{Join(path, key)}{Blank()}={Blank()}{Value(value)}");
        }
    }

    private string Value(object? value) => value switch
    {
        string text => String(text),
        long integer => Integer(integer),
        double number => Float(number),
        bool flag => flag ? "true" : "false",
        TomlDateTime moment => Moment(moment),
        TomlArray array => $"[{Trivia()}{Items(array.Select(Value))}]",
        TomlTable table => $"{{{Trivia()}{Items(table.Select(entry => $"{Key(entry.Key)}{Blank()}={Blank()}{Value(entry.Value)}"))}}}",
        _ => throw new NotSupportedException($"{value}"),
    };

    private string Items(IEnumerable<string> items)
    {
        string[] written = [.. items];
        string separated = string.Join($"{Trivia()},{Trivia()}", written);
        return written.Length == 0 ? "" : separated + Trivia() + (Chance(30) ? "," + Trivia() : "");
    }

    private string Key(string key)
    {
        bool bare = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        if (bare && Chance(80)) return key;
        return CanBeLiteral(key, severalLines: false) && Chance(50) ? $"'{key}'" : $"\"{Escaped(key, severalLines: false)}\"";
    }

    private string String(string text)
    {
        bool skipsNewline = text.StartsWith('\n') || text.StartsWith("\r\n", StringComparison.Ordinal) || Chance(50);
        string start = skipsNewline ? Newline() : "";
        return random.Next(4) switch
        {
            0 when CanBeLiteral(text, severalLines: false) => $"'{text}'",
            1 when CanBeLiteral(text, severalLines: true) => $"'''{start}{text}'''",
            2 => $"\"\"\"{start}{Escaped(text, severalLines: true)}\"\"\"",
            _ => $"\"{Escaped(text, severalLines: false)}\"",
        };
    }

    private static bool CanBeLiteral(string text, bool severalLines)
    {
        string rest = severalLines ? text.Replace("\r\n", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal) : text;
        return !rest.Any(c => c is < ' ' and not '\t' or '\u007f') && !text.Contains(severalLines ? "'''" : "'", StringComparison.Ordinal);
    }

    private string Escaped(string text, bool severalLines)
    {
        var written = new StringBuilder();
        for (int i = 0; i < text.Length; i++)
        {
            Rune rune = Rune.GetRuneAt(text, i);
            bool newline = severalLines && (text[i] == '\n' || (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n'));
            if (newline && Chance(50))
            {
                written.Append(text[i] == '\r' ? "\r\n" : "\n");
                i += text[i] == '\r' ? 1 : 0;
                continue;
            }
            i += rune.Utf16SequenceLength - 1;
            bool must = rune.Value is < 32 and not 9 or 127 or '"' or '\\';
            written.Append(must || Chance(10) ? Escape(rune) : rune.ToString());
            // A continuation takes all white space after it, so none of the text may follow.
            bool blankFollows = i + 1 < text.Length && text[i + 1] is (' ' or '\t' or '\n' or '\r');
            if (severalLines && !blankFollows && Chance(5)) written.Append('\\').Append(Blank()).Append(Newline()).Append(Blank());
        }
        return written.ToString();
    }

    private string Escape(Rune rune)
    {
        int named = "\b\t\n\f\r\u001b\"\\".IndexOf(rune.Value < 128 ? (char)rune.Value : 'x', StringComparison.Ordinal);
        if (named >= 0 && Chance(60)) return $"\\{"btnfre\"\\"[named]}";
        string format = random.Next(2) == 0 ? "x" : "X";
        int form = random.Next(3);
        if (rune.Value < 0x100 && form == 0) return "\\x" + rune.Value.ToString(format + "2", CultureInfo.InvariantCulture);
        if (rune.Value < 0x10000 && form < 2) return "\\u" + rune.Value.ToString(format + "4", CultureInfo.InvariantCulture);
        return "\\U" + rune.Value.ToString(format + "8", CultureInfo.InvariantCulture);
    }

    private string Integer(long value)
    {
        if (value < 0) return Underscored(value.ToString(CultureInfo.InvariantCulture));
        return random.Next(5) switch
        {
            0 => "0x" + Underscored(value.ToString(random.Next(2) == 0 ? "x4" : "X", CultureInfo.InvariantCulture)),
            1 => "0o" + Underscored(Convert.ToString(value, 8)),
            2 => "0b" + Underscored(Convert.ToString(value, 2)),
            3 => "+" + Underscored(value.ToString(CultureInfo.InvariantCulture)),
            _ => Underscored(value.ToString(CultureInfo.InvariantCulture)),
        };
    }

    private string Float(double value)
    {
        if (double.IsNaN(value)) return "+-"[..random.Next(2)] + "nan";
        if (double.IsInfinity(value)) return value > 0 ? "+"[..random.Next(2)] + "inf" : "-inf";
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) || text.Contains('.', StringComparison.Ordinal) ? Underscored(text) : text + (Chance(50) ? ".0" : "e0");
    }

    private string Underscored(string digits)
    {
        var written = new StringBuilder();
        for (int i = 0; i < digits.Length; i++)
        {
            bool between = i > 0 && char.IsAsciiHexDigit(digits[i - 1]) && char.IsAsciiHexDigit(digits[i]) && digits[i] != 'E' && digits[i - 1] != 'E';
            if (between && Chance(10)) written.Append('_');
            written.Append(digits[i]);
        }
        return written.ToString();
    }

    private string Moment(TomlDateTime moment)
    {
        DateTimeOffset time = moment.DateTime;
        string fraction = moment.SecondPrecision == 0 ? "" : "." + (time.Ticks % 10_000_000).ToString("0000000", CultureInfo.InvariantCulture)[..moment.SecondPrecision];
        string date = $"{time.Year:0000}-{time.Month:00}-{time.Day:00}";
        bool seconds = time.Second != 0 || fraction.Length > 0 || Chance(50);
        string clock = $"{time.Hour:00}:{time.Minute:00}" + (seconds ? $":{time.Second:00}{fraction}" : "");
        string between = "Tt "[random.Next(3)].ToString();
        string offset = $"{(time.Offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(time.Offset.Hours):00}:{Math.Abs(time.Offset.Minutes):00}";
        return moment.Kind switch
        {
            TomlDateTimeKind.LocalDate => date,
            TomlDateTimeKind.LocalTime => clock,
            TomlDateTimeKind.LocalDateTime => date + between + clock,
            TomlDateTimeKind.OffsetDateTimeByZ => date + between + clock + "Zz"[random.Next(2)],
            _ => date + between + clock + offset,
        };
    }

    private void Line(string expression)
    {
        if (Chance(10)) _text.Append(Blank()).Append(Comment()).Append(Newline());
        _text.Append(Blank()).Append(expression).Append(Blank()).Append(Comment()).Append(Newline());
    }

    private static bool CanBeHeaders(object value) =>
        value is TomlTable || (value is TomlArray { Count: > 0 } array && array.All(item => item is TomlTable));

    private string Join(string path, string key) => path.Length == 0 ? Key(key) : $"{path}{Blank()}.{Blank()}{Key(key)}";

    private string Trivia() => Chance(20) ? Blank() + Comment() + Newline() + Blank() : Blank();

    private string Comment() => Chance(10) ? "# ] } ' \" \u00e9 \U0001F980" : "";

    private string Newline() => Chance(30) ? "\r\n" : "\n";

    private string Blank() => " \t "[..(Chance(70) ? 0 : random.Next(3))];

    private bool Chance(int percent) => random.Next(100) < percent;
}

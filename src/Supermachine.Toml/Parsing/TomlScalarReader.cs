namespace Supermachine.Toml;

/// <summary>Booleans, numbers, dates and times: the values without quotes or brackets.</summary>
internal sealed class TomlScalarReader(TomlCursor cursor)
{
    /// <summary>Reads the value here. One that is malformed is reported, null, and passed over; where there is none at all reading fails.</summary>
    public bool TryRead(out object? value)
    {
        value = null;
        int start = cursor.Position;
        SkipToken();
        if (cursor.Position == start) return cursor.FailExpected("a value");
        bool mayHaveTime = TomlDateTimeParser.IsDate(cursor.Since(start)) && cursor.Current == ' ' && char.IsAsciiDigit(cursor.Peek(1));
        if (mayHaveTime)
        {
            cursor.Position++;
            SkipToken();
        }
        string token = cursor.Since(start).ToString();
        if (TryParse(token, out value, out string message)) return true;
        value = null;
        cursor.Report(start, cursor.Position, message);
        return true;
    }

    private static bool TryParse(string token, out object? value, out string message)
    {
        message = "";
        value = token switch { "true" => true, "false" => false, _ => null };
        if (value is not null) return true;
        string shown = MessageText.Quote(token);
        if (TomlDateTimeParser.LooksLikeOne(token))
        {
            bool isOne = TomlDateTimeParser.TryParse(token, out TomlDateTime moment, out string? reason);
            value = moment;
            message = $"{shown} is not a date or time: {reason}";
            return isOne;
        }
        bool isNumber = TomlNumber.TryParse(token, out value, out string? error);
        bool meantAsNumber = char.IsAsciiDigit(token[0]) || token[0] is '+' or '-' or '.';
        message = meantAsNumber ? $"{shown} is not a number: {error}" : $"{shown} is not a value (a string needs quotes)";
        return isNumber;
    }

    // Only what may follow a value ends the token, so that the message shows the whole of a wrong one.
    private void SkipToken()
    {
        while (!cursor.AtEnd && cursor.Current is not (' ' or '\t' or ',' or ']' or '}' or '#'))
        {
            int length = cursor.CharacterLength();
            if (length == 0) return;
            cursor.Position += length;
        }
    }
}

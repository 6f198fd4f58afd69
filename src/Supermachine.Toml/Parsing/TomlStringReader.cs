using System.Globalization;
using System.Text;

namespace Supermachine.Toml;

/// <summary>The four kinds of string: basic, literal, and each of them in several lines.</summary>
internal sealed class TomlStringReader(TomlCursor cursor)
{
    private const int LongestClosing = 5; // Two quotes may stand before the three that close.

    /// <summary>Reads the string whose opening quote is here.</summary>
    public bool TryRead(out string value)
    {
        char quote = cursor.Current;
        bool several = cursor.Peek(1) == quote && cursor.Peek(2) == quote;
        var content = new StringBuilder();
        bool closed = several ? TryReadLines(quote, content) : TryReadLine(quote, content);
        value = content.ToString();
        return closed;
    }

    // basic-string, literal-string
    private bool TryReadLine(char quote, StringBuilder content)
    {
        int start = cursor.Position++;
        while (!cursor.TryTake(quote))
        {
            if (cursor.AtEnd || cursor.AtNewline) return cursor.Fail(start, cursor.Position, "the string is not closed on its line");
            if (quote == '"' && cursor.Current == '\\') ReadEscape(content);
            else ReadCharacter(content);
        }
        return true;
    }

    // ml-basic-string, ml-literal-string
    private bool TryReadLines(char quote, StringBuilder content)
    {
        int start = cursor.Position;
        cursor.Position += 3;
        cursor.TryTakeNewline();
        while (!TryReadClosing(quote, content))
        {
            int lineStart = cursor.Position;
            if (cursor.AtEnd) return cursor.Fail(start, start + 3, "the multi-line string that starts here is not closed");
            if (cursor.TryTakeNewline()) content.Append(cursor.Since(lineStart));
            else if (quote == '"' && cursor.Current == '\\') ReadEscapeOrContinuation(content);
            else ReadCharacter(content);
        }
        return true;
    }

    // Quotes that do not close belong to the string; so do up to two directly before the closing ones.
    private bool TryReadClosing(char quote, StringBuilder content)
    {
        int count = 0;
        while (count < LongestClosing && cursor.TryTake(quote)) count++;
        content.Append(quote, count < 3 ? count : count - 3);
        return count >= 3;
    }

    // mlb-escaped-nl: a backslash at the end of a line takes all white space and newlines after it.
    private void ReadEscapeOrContinuation(StringBuilder content)
    {
        int start = cursor.Position++;
        cursor.SkipBlanks();
        if (cursor.AtNewline)
        {
            do cursor.SkipBlanks();
            while (cursor.TryTakeNewline());
            return;
        }
        cursor.Position = start;
        ReadEscape(content);
    }

    private void ReadEscape(StringBuilder content)
    {
        int start = cursor.Position++;
        if (cursor.AtEnd || cursor.AtNewline) return; // The caller finds that the string is not closed.
        char escape = cursor.Current;
        if (cursor.CharacterLength() == 0) return; // The caller reports the character.
        cursor.Position += cursor.CharacterLength();
        switch (escape)
        {
            case 'b': content.Append('\b'); break;
            case 't': content.Append('\t'); break;
            case 'n': content.Append('\n'); break;
            case 'f': content.Append('\f'); break;
            case 'r': content.Append('\r'); break;
            case 'e': content.Append('\e'); break;
            case '"' or '\\': content.Append(escape); break;
            case 'x': ReadScalarValue(content, start, 2); break;
            case 'u': ReadScalarValue(content, start, 4); break;
            case 'U': ReadScalarValue(content, start, 8); break;
            default: cursor.Report(start, cursor.Position, $"{MessageText.Quote(cursor.Since(start))} is not an escape"); break;
        }
    }

    private void ReadScalarValue(StringBuilder content, int start, int digits)
    {
        int first = cursor.Position;
        while (cursor.Position - first < digits && char.IsAsciiHexDigit(cursor.Current)) cursor.Position++;
        ReadOnlySpan<char> written = cursor.Since(first);
        if (written.Length < digits)
            cursor.Report(start, cursor.Position, $"'{cursor.Since(start)}' needs {digits} hexadecimal digits");
        else if (Rune.TryCreate(uint.Parse(written, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), out Rune rune))
            content.Append(rune.ToString());
        else
            cursor.Report(start, cursor.Position, $"'{cursor.Since(start)}' is not a Unicode scalar value");
    }

    private void ReadCharacter(StringBuilder content)
    {
        int start = cursor.Position;
        int length = cursor.CharacterLength();
        if (length == 0) cursor.Report(start, start + 1, $"{cursor.Describe()} is not allowed in a string");
        if (cursor.AtEnd) return; // That was one error too many.
        cursor.Position += Math.Max(length, 1);
        if (length > 0) content.Append(cursor.Since(start));
    }
}

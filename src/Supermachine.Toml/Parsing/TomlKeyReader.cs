namespace Supermachine.Toml;

/// <summary>key = simple-key / dotted-key</summary>
internal sealed class TomlKeyReader(TomlCursor cursor, TomlStringReader strings)
{
    /// <summary>Reads a key and the blanks around its parts.</summary>
    public bool TryRead(out List<KeyPart> parts)
    {
        parts = new(capacity: 4);
        int start = cursor.Position;
        do
        {
            cursor.SkipBlanks();
            if (!TryReadPart(out KeyPart part)) return false;
            if (parts.Count == TomlSerializer.MaximumDepth)
                return cursor.Fail(start, cursor.Position, $"a key of more than {TomlSerializer.MaximumDepth} parts");
            parts.Add(part);
            cursor.SkipBlanks();
        }
        while (cursor.TryTake('.'));
        return true;
    }

    private bool TryReadPart(out KeyPart part)
    {
        int start = cursor.Position;
        part = default;
        string name;
        if (cursor.Current is '"' or '\'')
        {
            if (cursor.Peek(1) == cursor.Current && cursor.Peek(2) == cursor.Current)
                return cursor.Fail(start, start + 3, "a multi-line string cannot be a key");
            if (!strings.TryRead(out name)) return false;
        }
        else
        {
            while (IsBareKeyCharacter(cursor.Current)) cursor.Position++;
            if (cursor.Position == start) return cursor.FailExpected("a key");
            name = cursor.Since(start).ToString();
        }
        part = new KeyPart(name, start, cursor.Position);
        return true;
    }

    // unquoted-key = 1*( ALPHA / DIGIT / - / _ )
    private static bool IsBareKeyCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';
}

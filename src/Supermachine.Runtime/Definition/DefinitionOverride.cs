namespace Supermachine.Runtime;

/// <summary>
/// A key of the machine definition set from the command line: <c>boot.cmdline=quiet</c>, <c>device.disk0.path=web.ext4</c>,
/// <c>machine.vcpus=4</c>, or <c>boot.cmdline+=quiet</c> to add to what is there. The value is TOML, or text that stands for itself.
/// </summary>
public sealed record DefinitionOverride
{
    private DefinitionOverride(string key, IReadOnlyList<string> path, string text, bool append) => (Key, Path, Text, Append) = (key, path, text, append);

    /// <summary>The dotted key as written.</summary>
    public string Key { get; }

    /// <summary>The value as written.</summary>
    public string Text { get; }

    /// <summary>Whether the value is added: to a string after a space, to an array at its end.</summary>
    public bool Append { get; }

    /// <summary>Whether <see cref="Text"/> is a string whatever it looks like. Set it for options of the command line that take a text.</summary>
    public bool IsString { get; init; }

    internal IReadOnlyList<string> Path { get; }

    /// <summary>Makes an override of a key whose value is a text, such as a path from an option of the command line.</summary>
    /// <exception cref="FormatException">The key is not one or more words with dots between.</exception>
    public static DefinitionOverride Set(string key, string text, bool append = false) =>
        new(key, Split(key) ?? throw new FormatException($"\"{key}\" is not a key"), text, append) { IsString = true };

    /// <summary>Reads <c>KEY=VALUE</c> or <c>KEY+=VALUE</c>.</summary>
    /// <exception cref="FormatException">It is neither; the message says so.</exception>
    public static DefinitionOverride Parse(string setting)
    {
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) throw new FormatException($"\"{setting}\" is not KEY=VALUE");
        bool append = equals > 0 && setting[equals - 1] == '+';
        string key = setting[..(append ? equals - 1 : equals)].Trim();
        if (Split(key) is not { } path) throw new FormatException($"\"{key}\" is not a key: expected words with dots between, as boot.cmdline");
        return new DefinitionOverride(key, path, setting[(equals + 1)..], append);
    }

    /// <summary>Splits a dotted key; a word with other characters stands in quotes. Null when it is no key.</summary>
    private static List<string>? Split(string key)
    {
        List<string> words = [];
        for (int i = 0; ; i++)
        {
            int start = i;
            if (i < key.Length && key[i] is '"' or '\'')
            {
                int close = key.IndexOf(key[i], i + 1);
                if (close < 0) return null;
                words.Add(key[(i + 1)..close]);
                i = close + 1;
            }
            else
            {
                while (i < key.Length && (char.IsAsciiLetterOrDigit(key[i]) || key[i] is '_' or '-')) i++;
                if (i == start) return null;
                words.Add(key[start..i]);
            }

            if (i == key.Length) return words;
            if (key[i] != '.') return null;
        }
    }
}

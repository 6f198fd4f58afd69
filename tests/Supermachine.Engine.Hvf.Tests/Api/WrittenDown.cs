using System.Globalization;
using System.Text.RegularExpressions;

namespace Supermachine.Engine.Hvf.Tests;

/// <summary>The lists of <c>eng/hypervisor</c>, parsed.</summary>
internal static partial class WrittenDown
{
    public static IReadOnlyList<Prototype> Prototypes { get; } = [.. Lines("prototypes.txt").Select(Parse)];

    public static IReadOnlyList<Group> Constants { get; } = Groups("constants.txt");

    public static IReadOnlyList<Group> Structures { get; } = Groups("structures.txt");

    /// <summary>The constants that a line stands for: its own, or one for each number of a range.</summary>
    public static IEnumerable<(string Name, long Value)> Expand(string[] line)
    {
        string[] value = line[1].Split('+');
        long first = Number(value[0]);
        Match range = Range().Match(line[0]);
        if (!range.Success) return [(line[0], first)];
        int from = int.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture), to = int.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture);
        return Enumerable.Range(from, to - from + 1).Select(n => (Range().Replace(line[0], $"{n}"), first + (Number(value[1]) * (n - from))));
    }

    public static long Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? long.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : long.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "hypervisor", file)).Where(line => line.Length != 0 && line[0] != '#');

    private static Prototype Parse(string line)
    {
        Match match = PrototypeLine().Match(line);
        Assert.True(match.Success, line);
        string parameters = match.Groups["parameters"].Value;
        return new Prototype(
            Version.Parse(match.Groups["since"].Value),
            match.Groups["source"].Value,
            match.Groups["name"].Value,
            match.Groups["returns"].Value,
            parameters == "void" ? [] : [.. parameters.Split(',').Select(parameter => LastWord().Replace(parameter.Trim(), ""))]);
    }

    private static List<Group> Groups(string file)
    {
        List<Group> groups = [];
        foreach (string line in Lines(file))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (line[0] != ' ') groups.Add(new Group(words, []));
            else groups[^1].Lines.Add(words);
        }

        return groups;
    }

    [GeneratedRegex(@"^(?<since>[\d.]+) (?<source>\S+) (?<returns>\w+) (?<name>\w+)\((?<parameters>.*)\)$")]
    private static partial Regex PrototypeLine();

    [GeneratedRegex(@"\{(\d+)\.\.(\d+)\}")]
    private static partial Regex Range();

    [GeneratedRegex(@"\w+$")]
    private static partial Regex LastWord();

    /// <summary>A function in C; the types of its parameters without their names.</summary>
    internal sealed record Prototype(Version Since, string Source, string Name, string Returns, string[] Parameters);

    /// <summary>A line that begins in the first column, and the lines below it, as words.</summary>
    internal sealed record Group(string[] Head, List<string[]> Lines)
    {
        public string Name => Head[0];
    }
}

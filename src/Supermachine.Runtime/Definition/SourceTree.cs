namespace Supermachine.Runtime;

/// <summary>A table of a machine definition, with the place of everything in it. What a file and its overrides become before anybody asks what they mean.</summary>
internal sealed class SourceTable(SourcePlace place)
{
    private readonly OrderedDictionary<string, SourceEntry> entries = new(StringComparer.Ordinal);

    /// <summary>The table's header, or its opening brace.</summary>
    public SourcePlace Place { get; } = place;

    /// <summary>The entries in the order they were written.</summary>
    public OrderedDictionary<string, SourceEntry> Entries => entries;

    public SourceEntry? this[string key]
    {
        get => entries.GetValueOrDefault(key);
        set => entries[key] = value!;
    }

    /// <summary>The table under a key; null when there is none or something else.</summary>
    public SourceTable? Table(string key) => this[key]?.Value.Content as SourceTable;
}

/// <summary>A key with its value.</summary>
internal sealed record SourceEntry(SourcePlace Place, SourceValue Value);

/// <summary>A value with its place.</summary>
/// <param name="Content">A string, long, double, bool, <see cref="SourceTable"/>, list of <see cref="SourceValue"/>, or a date or time.</param>
/// <param name="Place">Where it was written.</param>
/// <param name="Raw">The text of an override that was not quoted: stands for itself wherever a string is wanted.</param>
internal sealed record SourceValue(object Content, SourcePlace Place, string? Raw = null)
{
    /// <summary>The value's type and content as a message shows it.</summary>
    public override string ToString() => Content switch
    {
        string text => $"the string \"{text}\"",
        long number => $"the integer {number}",
        double number => FormattableString.Invariant($"the float {number}"),
        bool flag => flag ? "the boolean true" : "the boolean false",
        SourceTable => "a table",
        List<SourceValue> => "an array",
        _ => "a date or time",
    };
}

namespace Supermachine.Toml;

/// <summary>Where one key of a table and its value are.</summary>
public sealed class TomlPropertyMetadata
{
    /// <summary>From the first character of the key to the last of the value; a whole header for a table that a header made.</summary>
    public SourceSpan Span { get; set; }

    /// <summary>The key alone, quotes included; of a dotted key only the part that names this entry.</summary>
    public SourceSpan KeySpan { get; set; }

    /// <summary>
    /// The value, quotes and brackets included. Of a table or array of tables that headers made it is the (first) header, of a table
    /// that a dotted key made it is the first key and value in it.
    /// </summary>
    public SourceSpan ValueSpan { get; set; }
}

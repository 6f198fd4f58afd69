namespace Supermachine.Toml;

/// <summary>What made a table, which decides what may still add to it.</summary>
internal enum TableOrigin
{
    /// <summary>A header below it. One header may still define it.</summary>
    Implicit,

    /// <summary>Its own header (or it is the root). Headers may add tables to it.</summary>
    Header,

    /// <summary>A dotted key. More dotted keys, and headers below it, may add to it.</summary>
    Dotted,

    /// <summary>An inline table: complete.</summary>
    Inline,
}

using System.Diagnostics.CodeAnalysis;

namespace Supermachine.Toml;

/// <summary>
/// Reads TOML 1.1 documents into <see cref="TomlTable"/>. Thread safe: nothing is shared between calls.
/// </summary>
public static class TomlSerializer
{
    /// <summary>
    /// How many tables and arrays may lie around a value, the root apart, and how many parts a dotted key may have.
    /// Deeper documents are refused, so that neither this reader nor its consumers can run out of stack.
    /// </summary>
    public const int MaximumDepth = 64;

    /// <summary>How many errors are reported before the rest of a document is left unread.</summary>
    public const int MaximumErrors = 100;

    /// <summary>Reads a document.</summary>
    /// <typeparam name="T"><see cref="TomlTable"/>; no other type can be read into.</typeparam>
    /// <param name="toml">The text; a byte order mark at its start is skipped.</param>
    /// <param name="options">How to read it.</param>
    /// <returns>The root table, never null.</returns>
    /// <exception cref="TomlException">The text is not TOML; carries all errors that were found.</exception>
    /// <exception cref="NotSupportedException"><typeparamref name="T"/> is not <see cref="TomlTable"/>.</exception>
    public static T? Deserialize<T>(string toml, TomlSerializerOptions? options = null) where T : class =>
        TryDeserialize(toml, options, out T value, out DiagnosticsBag diagnostics) ? value : throw new TomlException(diagnostics);

    /// <summary>Reads a document in UTF-8.</summary>
    /// <inheritdoc cref="Deserialize{T}(string, TomlSerializerOptions)"/>
    public static T? Deserialize<T>(ReadOnlySpan<byte> toml, TomlSerializerOptions? options = null) where T : class =>
        TryDeserialize(toml, options, out T value, out DiagnosticsBag diagnostics) ? value : throw new TomlException(diagnostics);

    /// <summary>Reads a document, or says that it cannot be read.</summary>
    /// <typeparam name="T"><see cref="TomlTable"/>.</typeparam>
    /// <param name="toml">The text.</param>
    /// <param name="value">The root table, or null if there are errors.</param>
    /// <param name="options">How to read it.</param>
    public static bool TryDeserialize<T>(string toml, [NotNullWhen(true)] out T? value, TomlSerializerOptions? options = null)
        where T : class
    {
        bool valid = TryDeserialize(toml, options, out T read, out _);
        value = valid ? read : null;
        return valid;
    }

    /// <summary>
    /// Reads as much of a document as can be read. (Tomlyn has no such overload: it is for a consumer that adds errors of its own.)
    /// </summary>
    /// <typeparam name="T"><see cref="TomlTable"/>.</typeparam>
    /// <param name="toml">The text.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="value">The root table; if there are errors, without the keys and tables that they concern.</param>
    /// <param name="diagnostics">What was found, in the order of the text.</param>
    /// <returns>Whether the document has no error.</returns>
    public static bool TryDeserialize<T>(string toml, TomlSerializerOptions? options, out T value, out DiagnosticsBag diagnostics)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(toml);
        RequireTable<T>();
        string text = toml.StartsWith('\uFEFF') ? toml[1..] : toml;
        return Read(new SourceText(text, options?.SourceName), options, out value, out diagnostics);
    }

    /// <summary>
    /// Reads as much of a document in UTF-8 as can be read. Nothing is read of one with a byte that is not UTF-8.
    /// </summary>
    /// <inheritdoc cref="TryDeserialize{T}(string, TomlSerializerOptions, out T, out DiagnosticsBag)"/>
    public static bool TryDeserialize<T>(
        ReadOnlySpan<byte> toml, TomlSerializerOptions? options, out T value, out DiagnosticsBag diagnostics)
        where T : class
    {
        RequireTable<T>();
        if (Utf8Text.TryDecode(toml, out string text, out string? error))
            return Read(new SourceText(text, options?.SourceName), options, out value, out diagnostics);
        value = (T)(object)new TomlTable();
        diagnostics = [];
        diagnostics.Error(new SourceText(text, options?.SourceName).Span(text.Length, text.Length), error);
        return false;
    }

    private static bool Read<T>(SourceText source, TomlSerializerOptions? options, out T value, out DiagnosticsBag diagnostics)
    {
        var parser = new TomlParser(source);
        value = (T)(object)parser.Parse(options?.MetadataStore);
        diagnostics = parser.Diagnostics();
        return !diagnostics.HasErrors;
    }

    private static void RequireTable<T>()
    {
        if (typeof(T) != typeof(TomlTable))
            throw new NotSupportedException($"Supermachine.Toml reads into {nameof(TomlTable)}, not into {typeof(T)}.");
    }
}

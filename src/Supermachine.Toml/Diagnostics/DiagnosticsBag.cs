using System.Collections;

namespace Supermachine.Toml;

/// <summary>Everything said about one document. The reader gives it in the order of the text.</summary>
public sealed class DiagnosticsBag : IReadOnlyList<DiagnosticMessage>
{
    private readonly List<DiagnosticMessage> _messages = [];

    /// <summary>How many messages there are, warnings included.</summary>
    public int Count => _messages.Count;

    /// <summary>True when one of the messages is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>The message at a place in the bag.</summary>
    /// <param name="index">From 0.</param>
    public DiagnosticMessage this[int index] => _messages[index];

    /// <summary>Adds a message at the end.</summary>
    /// <param name="message">The message.</param>
    public void Add(DiagnosticMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        _messages.Add(message);
        HasErrors |= message.Kind == DiagnosticMessageKind.Error;
    }

    /// <summary>Adds an error.</summary>
    /// <param name="span">Where.</param>
    /// <param name="text">What.</param>
    public void Error(SourceSpan span, string text) => Add(new DiagnosticMessage(DiagnosticMessageKind.Error, span, text));

    /// <summary>Adds a warning.</summary>
    /// <param name="span">Where.</param>
    /// <param name="text">What.</param>
    public void Warning(SourceSpan span, string text) => Add(new DiagnosticMessage(DiagnosticMessageKind.Warning, span, text));

    /// <inheritdoc/>
    public IEnumerator<DiagnosticMessage> GetEnumerator() => _messages.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>One message a line.</summary>
    public override string ToString() => string.Join(Environment.NewLine, _messages);
}

using System.Globalization;
using System.Text;

namespace Supermachine.Toml;

/// <summary>
/// A place in the text that moves forward, and the errors found on the way. Readers of a production return false when the place after
/// an error is unclear (the caller then gives up as well, up to the document, which looks for the next line); an error that does not
/// confuse the structure is reported and reading goes on.
/// </summary>
internal sealed class TomlCursor(SourceText source)
{
    private readonly List<DiagnosticMessage> _errors = [];
    private readonly string _text = source.Text;

    public int Position
    {
        get;
        set => field = Math.Min(value, _text.Length);
    }

    public SourceText Source => source;

    public IReadOnlyList<DiagnosticMessage> Errors => _errors;

    public bool AtEnd => Position >= _text.Length;

    /// <summary>The character here, NUL at the end (which no production takes).</summary>
    public char Current => Peek(0);

    public bool AtNewline => IsNewline(Position);

    public char Peek(int ahead) => Position + ahead < _text.Length ? _text[Position + ahead] : '\0';

    public ReadOnlySpan<char> Since(int start) => _text.AsSpan(start, Position - start);

    public bool TryTake(char expected)
    {
        if (AtEnd || Current != expected) return false;
        Position++;
        return true;
    }

    /// <summary>ws = *wschar (tab and space).</summary>
    public void SkipBlanks()
    {
        while (Current is ' ' or '\t') Position++;
    }

    /// <summary>newline = LF / CRLF; a CR alone is no newline.</summary>
    public bool TryTakeNewline()
    {
        if (!AtNewline) return false;
        Position += Current == '\r' ? 2 : 1;
        return true;
    }

    /// <summary>comment = # *non-eol, if there is one here.</summary>
    public void SkipComment()
    {
        if (Current != '#') return;
        bool reported = false;
        while (!AtEnd && !AtNewline)
        {
            int length = CharacterLength();
            if (length == 0 && !reported) Report(Position, Position + 1, $"{Describe()} is not allowed in a comment");
            reported |= length == 0;
            Position += Math.Max(length, 1);
        }
    }

    /// <summary>ws-comment-newline: what may stand between the parts of arrays and inline tables.</summary>
    public void SkipTrivia()
    {
        do
        {
            SkipBlanks();
            SkipComment();
        }
        while (TryTakeNewline());
    }

    /// <summary>UTF-16 code units of the character here; 0 for one no string or comment may hold: a control character or half a pair.</summary>
    public int CharacterLength()
    {
        char c = Current;
        if (c is < ' ' and not '\t' or '\u007F') return 0;
        if (!char.IsSurrogate(c)) return 1;
        return char.IsSurrogatePair(c, Peek(1)) ? 2 : 0;
    }

    /// <summary>The character here in the words of a message.</summary>
    public string Describe()
    {
        if (AtEnd) return "the end of the document";
        if (AtNewline) return "the end of the line";
        if (!Rune.TryGetRuneAt(_text, Position, out Rune rune)) return $"the lone surrogate U+{(int)Current:X4}";
        return MessageText.IsVisible(rune) ? $"'{rune}'" : $"the character U+{rune.Value:X4}";
    }

    /// <summary>Reports an error and returns false, for a reader that gives up.</summary>
    public bool Fail(int start, int end, string message)
    {
        Report(start, end, message);
        return false;
    }

    /// <summary>Reports that something else than what is here was expected.</summary>
    public bool FailExpected(string expected) =>
        Fail(Position, Position + Math.Max(CharacterLength(), 1), $"expected {expected}, found {Describe()}");

    /// <summary>Reports an error after which reading goes on. One too many ends the document.</summary>
    public void Report(int start, int end, string message)
    {
        if (_errors.Count > TomlSerializer.MaximumErrors) return;
        if (_errors.Count == TomlSerializer.MaximumErrors)
        {
            message = string.Create(CultureInfo.InvariantCulture, $"more than {TomlSerializer.MaximumErrors} errors, the rest of the document was not read");
            Position = _text.Length;
        }
        _errors.Add(new DiagnosticMessage(DiagnosticMessageKind.Error, source.Span(start, end), message));
    }

    private bool IsNewline(int position) =>
        position < _text.Length && (_text[position] == '\n' || (_text[position] == '\r' && position + 1 < _text.Length && _text[position + 1] == '\n'));
}

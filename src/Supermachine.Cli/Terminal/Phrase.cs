namespace Supermachine.Cli.Terminal;

/// <summary>
/// How much of some words has come so far, however the output is cut. It starts over at a byte that does not fit: words right behind a
/// part of themselves may be missed, which lines of a kernel never are.
/// </summary>
internal struct Phrase
{
    private int matched;

    /// <summary>Takes the next byte.</summary>
    /// <returns>Whether it completes the words.</returns>
    public bool Match(byte value, ReadOnlySpan<byte> words)
    {
        if (value == words[matched]) matched++;
        else matched = value == words[0] ? 1 : 0;
        if (matched != words.Length) return false;
        matched = 0;
        return true;
    }
}

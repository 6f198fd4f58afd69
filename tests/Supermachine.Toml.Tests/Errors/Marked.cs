namespace Supermachine.Toml.Tests.Errors;

/// <summary>A document in which ⟦ and ⟧ stand around what each expected span covers. Marks may not nest.</summary>
internal sealed class Marked
{
    public Marked(string marked)
    {
        string rest = marked;
        for (int start = rest.IndexOf('⟦', StringComparison.Ordinal); start >= 0; start = rest.IndexOf('⟦', StringComparison.Ordinal))
        {
            int end = rest.IndexOf('⟧', StringComparison.Ordinal) - 1;
            rest = rest.Remove(start, 1).Remove(end, 1);
            Spans.Add((start, Math.Max(end - start, 1)));
        }
        Text = rest;
    }

    public string Text { get; }

    /// <summary>Offset and length of each; an empty mark (the end of the document or of a line) has length one, like all spans.</summary>
    public List<(int Offset, int Length)> Spans { get; } = [];
}

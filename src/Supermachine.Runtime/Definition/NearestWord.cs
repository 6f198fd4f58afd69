namespace Supermachine.Runtime;

/// <summary>Finds the word a person probably meant.</summary>
internal static class NearestWord
{
    /// <summary>The candidate nearest to <paramref name="word"/>; null when none is near enough to be worth saying.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        int limit = Math.Max(1, Math.Min(3, word.Length / 3));
        return candidates
            .Select(candidate => (candidate, distance: Distance(word, candidate)))
            .Where(pair => pair.distance <= limit || IsPartOf(word, pair.candidate))
            .OrderBy(pair => pair.distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>What follows a message about an unknown word: the nearest candidate, or all of them.</summary>
    public static string Hint(string word, IReadOnlyCollection<string> candidates, string plural) => Of(word, candidates) switch
    {
        { } nearest => $"; did you mean \"{nearest}\"?",
        _ when candidates.Count == 0 => "",
        _ => $"; the {plural} are {string.Join(", ", candidates.Order(StringComparer.Ordinal))}",
    };

    private static bool IsPartOf(string word, string candidate) =>
        word.Length >= 3 && (candidate.Split('-', '_').Contains(word) || word.Split('-', '_').Contains(candidate));

    /// <summary>Edits between two words; a swap of neighbours counts as one (optimal string alignment).</summary>
    internal static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (int j = 0; j <= b.Length; j++) d[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = d[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                d[i, j] = Math.Min(substitution, Math.Min(d[i - 1, j], d[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}

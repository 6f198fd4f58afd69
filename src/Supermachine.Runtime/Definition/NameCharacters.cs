namespace Supermachine.Runtime;

/// <summary>What names in machine files are made of.</summary>
internal static class NameCharacters
{
    /// <summary>Whether a text is nothing but ASCII letters, digits and a few others.</summary>
    public static bool Only(string text, string others)
    {
        foreach (char c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !others.Contains(c)) return false;
        }

        return true;
    }
}

using System.Text;

namespace Supermachine.Runtime;

/// <summary>Turns names of C# into words of a machine file, as the naming policies of System.Text.Json do, which a start would load for this alone.</summary>
internal static class WordCase
{
    /// <summary>A name in lower case with a separator between its words: <c>MaxHTTPRequests</c> becomes <c>max_http_requests</c>.</summary>
    public static string Lower(string name, char separator)
    {
        StringBuilder words = new(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            if (BeginsWord(name, i)) words.Append(separator);
            words.Append(char.ToLowerInvariant(name[i]));
        }

        return words.ToString();
    }

    /// <summary>A capital begins a word after a small letter or a digit, and where it is the last of several.</summary>
    private static bool BeginsWord(string name, int index)
    {
        if (index == 0 || !char.IsUpper(name[index])) return false;
        char before = name[index - 1];
        return char.IsLower(before) || char.IsDigit(before) || (char.IsUpper(before) && index + 1 < name.Length && char.IsLower(name[index + 1]));
    }
}

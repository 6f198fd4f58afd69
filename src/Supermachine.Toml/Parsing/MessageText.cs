using System.Globalization;
using System.Text;

namespace Supermachine.Toml;

/// <summary>Text of the document in the words of a message: short, in one line, and nothing in it invisible.</summary>
internal static class MessageText
{
    private const int ShownLength = 40;

    /// <summary>The text in quotes, cut off if it is long.</summary>
    public static string Quote(ReadOnlySpan<char> text)
    {
        var shown = new StringBuilder("'");
        foreach (Rune rune in (text.Length > ShownLength ? text[..ShownLength] : text).EnumerateRunes())
            shown.Append(IsVisible(rune) ? rune.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}"));
        return shown.Append(text.Length > ShownLength ? "...'" : "'").ToString();
    }

    /// <summary>Whether a person sees the character, or the plain space.</summary>
    public static bool IsVisible(Rune rune) => rune.Value == ' ' || Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}

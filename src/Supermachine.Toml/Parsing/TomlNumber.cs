using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Supermachine.Toml;

/// <summary>integer and float, from a whole token.</summary>
internal static class TomlNumber
{
    /// <summary>A <see cref="long"/> or <see cref="double"/>, or why the token is neither.</summary>
    public static bool TryParse(string token, [NotNullWhen(true)] out object? value, [NotNullWhen(false)] out string? error)
    {
        bool signed = token[0] is '+' or '-';
        string rest = signed ? token[1..] : token;
        value = rest switch
        {
            "inf" => token[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            "nan" => double.NaN,
            _ => null,
        };
        error = null;
        if (value is not null) return true;
        error = rest is ['0', 'x' or 'o' or 'b', ..] ? ParsePrefixed(rest, signed, ref value) : ParseDecimal(token, rest, ref value);
        return error is null && value is not null;
    }

    // hex-int, oct-int, bin-int
    private static string? ParsePrefixed(string token, bool signed, ref object? value)
    {
        int radix = token[1] switch { 'x' => 16, 'o' => 8, _ => 2 };
        if (signed) return $"no sign may stand before '0{token[1]}'";
        ReadOnlySpan<char> digits = token.AsSpan(2);
        if (digits.IsEmpty || DigitRun(digits, radix) != digits.Length)
            return $"only digits of base {radix}, with single underscores between them, may follow '0{token[1]}'";
        UInt128 sum = 0;
        foreach (char c in digits)
        {
            if (c == '_') continue;
            sum = (sum * (uint)radix) + (uint)DigitValue(c);
            if (sum > long.MaxValue) return "it does not fit in a signed 64-bit integer";
        }
        value = (long)sum;
        return null;
    }

    // dec-int, float
    private static string? ParseDecimal(string token, string unsigned, ref object? value)
    {
        ReadOnlySpan<char> rest = unsigned;
        int length = DigitRun(rest, 10);
        if (length == 0) return "it does not start with a digit";
        if (length > 1 && rest[0] == '0') return "a leading zero is not allowed";
        bool fraction = length < rest.Length && rest[length] == '.';
        if (fraction && !TryExtend(rest, length + 1, ref length)) return "digits must follow the point";
        bool exponent = length < rest.Length && rest[length] is 'e' or 'E';
        bool exponentSigned = exponent && length + 1 < rest.Length && rest[length + 1] is '+' or '-';
        if (exponent && !TryExtend(rest, length + (exponentSigned ? 2 : 1), ref length)) return "digits must follow the 'e'";
        if (length < rest.Length)
            return rest[length] == '_' ? "an underscore must stand between two digits" : $"it goes on with {MessageText.Quote(rest[length..])}";

        string digits = token.Replace("_", "", StringComparison.Ordinal);
        if (fraction || exponent) value = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        else if (long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long integer)) value = integer;
        else return "it does not fit in a signed 64-bit integer";
        return null;
    }

    // zero-prefixable-int from a place on.
    private static bool TryExtend(ReadOnlySpan<char> text, int from, ref int length)
    {
        int run = DigitRun(text[from..], 10);
        length = from + run;
        return run > 0;
    }

    // The longest start that is digits, with single underscores between them.
    private static int DigitRun(ReadOnlySpan<char> text, int radix)
    {
        int length = 0;
        while (IsDigit(text, length, radix) || (length > 0 && At(text, length) == '_' && IsDigit(text, length + 1, radix)))
            length++;
        return length;
    }

    private static bool IsDigit(ReadOnlySpan<char> text, int index, int radix) => DigitValue(At(text, index)) < radix;

    private static char At(ReadOnlySpan<char> text, int index) => index < text.Length ? text[index] : '\0';

    private static int DigitValue(char c) =>
        char.IsAsciiDigit(c) ? c - '0' : char.IsAsciiHexDigit(c) ? (c | 0x20) - 'a' + 10 : int.MaxValue;
}

using FsCheck;
using FsCheck.Fluent;
using Supermachine.Cli.Terminal;

namespace Supermachine.Cli.Tests.Terminal;

public sealed class EscapeFilterTests
{
    [Theory]
    [InlineData("abc", "abc", "None")]
    [InlineData("a\u0001xb", "a", "Leave")]
    [InlineData("\u0001X", "", "Leave")]
    [InlineData("\u0001ab", "\u0001b", "None")]
    [InlineData("\u0001\u0001b", "\u0001b", "None")]
    [InlineData("\u0001hb", "b", "Help")]
    [InlineData("\u0001?", "", "Help")]
    [InlineData("\u0001qb", "\u0001qb", "None")]
    [InlineData("b\u0001", "b", "None")]
    public void TakesOurKeysOut(string typed, string sent, string action) => Assert.Equal((sent, action), Filter(new EscapeFilter(), typed));

    [Fact]
    public void AKeyMayComeLater()
    {
        var filter = new EscapeFilter();
        Assert.Equal(("a", "None"), Filter(filter, "a\u0001"));
        Assert.Equal(("", "Leave"), Filter(filter, "x"));
        Assert.Equal(("\u0001z", "None"), Filter(Armed(), "z"));
    }

    [Fact]
    public void HowTheInputIsCutMakesNoDifference()
    {
        Gen<string> typed = Gen.Elements('\u0001', 'a', 'h', 'q', 'b').ArrayOf().Select(keys => new string(keys));
        Prop.ForAll(typed.ToArbitrary(), text =>
        {
            var filter = new EscapeFilter();
            string pieces = string.Concat(text.Select(key => Filter(filter, key.ToString()).Sent));
            return pieces == Filter(new EscapeFilter(), text).Sent;
        }).QuickCheckThrowOnFailure();
    }

    private static EscapeFilter Armed()
    {
        var filter = new EscapeFilter();
        Filter(filter, "\u0001");
        return filter;
    }

    private static (string Sent, string Action) Filter(EscapeFilter filter, string typed)
    {
        byte[] output = new byte[typed.Length + 1];
        EscapeAction action = filter.Filter([.. typed.Select(key => (byte)key)], output, out int written);
        return (new string([.. output.Take(written).Select(value => (char)value)]), action.ToString());
    }
}

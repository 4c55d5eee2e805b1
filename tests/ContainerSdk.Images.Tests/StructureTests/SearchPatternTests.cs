using ContainerSdk.Images.StructureTests;
using Xunit;

namespace ContainerSdk.Images.Tests.StructureTests;

/// <summary>What Go matches is matched, and nothing else.</summary>
public sealed class SearchPatternTests
{
    [Theory]
    [InlineData(".*archive\\.ubuntu\\.com.*", "deb http://archive.ubuntu.com/ jammy", true)]
    [InlineData("^b$", "a\nb\nc", false)]
    [InlineData("(?m)^b$", "a\nb\nc", true)]
    [InlineData("(?m:^b$)", "a\nb\nc", true)]
    [InlineData("(?m:^a$)\nb$", "a\nb\nc", false)]
    [InlineData("(?m:^a$)\nb$", "a\nb", true)]
    [InlineData("((?m)^a$)\nb$", "a\nb\n", false)]
    [InlineData("(?m)b(?-m)$", "b\nc", false)]
    [InlineData("foo$", "foo\n", false)]
    [InlineData("foo$", "foo", true)]
    [InlineData("foo\\z", "foo\n", false)]
    [InlineData("a.b", "a\nb", false)]
    [InlineData("(?s)a.b", "a\nb", true)]
    [InlineData("(?i)ABC", "xabcx", true)]
    [InlineData("(?U)a+", "aa", true)]
    [InlineData("(?iU:A+)b", "aab", true)]
    [InlineData("(?P<year>\\d{4})-(?<month>\\d\\d)", "2024-05", true)]
    [InlineData("^\\d+$", "١٢", false)]
    [InlineData("^\\w+$", "grün", false)]
    [InlineData("^[\\w-]+$", "a-b_1", true)]
    [InlineData("\\s", "a\vb", false)]
    [InlineData("^\\S+$", "a\vb", true)]
    [InlineData("^\\D\\W$", "x-", true)]
    [InlineData("^[[:alpha:]]+[^[:space:][:digit:]]$", "abc!", true)]
    [InlineData("^[[:punct:]]+$", "[]\\-!/", true)]
    [InlineData("^[a-z-[aeiou]]+$", "a]]", true)]
    [InlineData("^[]a]+$", "a]", true)]
    [InlineData("^[^]a]+$", "b", true)]
    [InlineData("^\\pL\\p{Lu}\\PN$", "aBc", true)]
    [InlineData("^\\x41\\x{1F600}$", "A😀", true)]
    [InlineData("^\\Qa.b*\\E+$", "a.b***", true)]
    [InlineData("^\\Qa.b", "a.b", true)]
    [InlineData("{\"level\":\"info\"}", "{\"level\":\"info\"}", true)]
    [InlineData("\\[\\]\\-\\}\\/\\#\\ ", "[]-}/# ", true)]
    [InlineData("", "", true)]
    [InlineData("\\bcat\\b", "a cat.", true)]
    public void MatchesAsGoDoes(string expression, string text, bool expected)
    {
        Assert.True(SearchPattern.TryParse(expression, out var pattern, out var problem), problem);

        Assert.Equal(expected, pattern.IsMatch(text));
        Assert.Equal(expression, pattern.Text);
    }

    [Theory]
    [InlineData("(?=a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)")]
    [InlineData("(?(a)b|c)")]
    [InlineData("(?x)a")]
    [InlineData("(?n:a)")]
    [InlineData("(a)\\1")]
    [InlineData("(?<n>a)\\k<n>")]
    [InlineData("(")]
    [InlineData(")")]
    [InlineData("(?")]
    [InlineData("(?i")]
    [InlineData("[a")]
    [InlineData("[]")]
    [InlineData("[[:nope:]]")]
    [InlineData("[[:alpha")]
    [InlineData("a**")]
    [InlineData("*a")]
    [InlineData("\\")]
    [InlineData("\\Z")]
    [InlineData("\\G")]
    [InlineData("\\p")]
    [InlineData("\\p{")]
    [InlineData("\\p{Klingon}")]
    [InlineData("\\x{110000}")]
    [InlineData("\\x{D800}")]
    [InlineData("\\x{")]
    [InlineData("\\xZZ")]
    [InlineData("[b-a]")]
    public void RefusesWhatGoDoesNotHave(string expression)
    {
        Assert.False(SearchPattern.TryParse(expression, out _, out var problem));
        Assert.NotEmpty(problem);
    }

    [Fact]
    public void TakesNoLongerForAnExpressionThatWouldGoBackALot()
    {
        Assert.True(SearchPattern.TryParse("^(a+)+$", out var pattern, out _));

        Assert.False(pattern.IsMatch(new string('a', 50_000) + "b"));
    }

    [Fact]
    public void TakesALargeExpressionToo() => Assert.True(SearchPattern.TryParse("(?:ab?c{1,30}){30}x{500}", out _, out var problem), problem);
}

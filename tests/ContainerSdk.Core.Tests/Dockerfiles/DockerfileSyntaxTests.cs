using System.Text;
using System.Text.Json;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Core.Tests.Dockerfiles;

/// <summary>The trait names the rule of Dockerfile quoting that a test stands for; see <see cref="QuotingRules"/>.</summary>
public sealed class DockerfileSyntaxTests
{
    [Theory, Trait("Rule", "6.1-7")]
    [InlineData("", "\"\"")]
    [InlineData("a b", "\"a b\"")]
    [InlineData("a=b", "\"a=b\"")]
    [InlineData("a#b", "\"a#b\"")]
    [InlineData("it's", "\"it's\"")]
    [InlineData("say \"hi\"", "\"say \\\"hi\\\"\"")]
    [InlineData("$HOME", "\"\\$HOME\"")]
    [InlineData("${X}", "\"\\${X}\"")]
    [InlineData("pa$$word$1", "\"pa\\$\\$word\\$1\"")]
    [InlineData("\\n", "\"\\\\n\"")]
    [InlineData("\\\"", "\"\\\\\\\"\"")]
    [InlineData("`id`", "\"`id`\"")]
    [InlineData("<<EOF", "\"<<EOF\"")]
    [InlineData("{\"a\": 1}", "\"{\\\"a\\\": 1}\"")]
    [InlineData("\ttab\t", "\"\ttab\t\"")]
    [InlineData("名前 😀", "\"名前 😀\"")]
    public void QuotesAValueSoThatOnlyBackslashQuoteAndDollarAreEscaped(string value, string expected) =>
        Assert.Equal(expected, DockerfileSyntax.Quote(value));

    [Theory, Trait("Rule", "6.1-3")]
    [InlineData("c:\\", "\"c:\\\\\"")]
    [InlineData("\\", "\"\\\\\"")]
    [InlineData("\\\\", "\"\\\\\\\\\"")]
    [InlineData("x\\ ", "\"x\\\\ \"")]
    public void QuotesAValueThatEndsInABackslashSoThatTheLineEnds(string value, string expected)
    {
        Assert.Equal(expected, DockerfileSyntax.Quote(value));
        Assert.Equal(["ENV", "USER"], BuildKitReader.Read($"ENV P={DockerfileSyntax.Quote(value)}\nUSER 1654\n").Select(instruction => instruction.Keyword));
    }

    [Theory, Trait("Rule", "6.1-8")]
    [InlineData("$HOME", "[\"$HOME\"]")]
    [InlineData("${X:-y}", "[\"${X:-y}\"]")]
    [InlineData("$$", "[\"$$\"]")]
    public void LeavesDollarsInAnExecArrayBecauseNothingExpandsThere(string word, string expected) =>
        Assert.Equal(expected, DockerfileSyntax.ExecArray([word]));

    [Theory, Trait("Rule", "6.1-8")]
    [InlineData("a$B.txt", """["a\\$B.txt", "/x"]""")]
    [InlineData("${A}", """["\\${A}", "/x"]""")]
    [InlineData("it's", """["it\\'s", "/x"]""")]
    [InlineData("say \"hi\"", """["say \\\"hi\\\"", "/x"]""")]
    public void EscapesShellCharactersInACopyArrayBecauseItIsExpanded(string source, string expected) =>
        Assert.Equal(expected, DockerfileSyntax.CopyArray([source], "/x"));

    [Theory, Trait("Rule", "6.1-9")]
    [InlineData("\\q", """["\\q"]""")]
    [InlineData("a\"b", """["a\"b"]""")]
    [InlineData("\t", """["\t"]""")]
    [InlineData("<a&b>'+", """["<a&b>'+"]""")]
    [InlineData("名前", """["名前"]""")]
    public void WritesExecWordsAsStrictJson(string word, string expected) => Assert.Equal(expected, DockerfileSyntax.ExecArray([word]));

    [Fact, Trait("Rule", "6.1-9")]
    public void WritesSeveralWordsInOneArrayAndNoneAsAnEmptyOne() =>
        Assert.Equal(("[\"/app/run\", \"--x\", \"\"]", "[]"), (DockerfileSyntax.ExecArray(["/app/run", "--x", ""]), DockerfileSyntax.ExecArray([])));

    [Fact, Trait("Rule", "6.1-9")]
    public void WritesJsonForEveryHostileWord()
    {
        var words = HostileValues.Sample(500);
        Assert.Equal(words, JsonSerializer.Deserialize<string[]>(DockerfileSyntax.ExecArray(words)));
    }

    [Theory, Trait("Rule", "6.1-10")]
    [InlineData("--foo", """["--foo", "/x"]""")]
    [InlineData("--from=build", """["--from=build", "/x"]""")]
    public void KeepsAFileNameThatLooksLikeAFlagInTheArray(string source, string expected)
    {
        Assert.Equal(expected, DockerfileSyntax.CopyArray([source], "/x"));
        Assert.Empty(BuildKitReader.Read($"COPY {expected}\n").Single().Flags);
    }

    [Theory, Trait("Rule", "6.1-11")]
    [InlineData("<<EOF", """["<<EOF", "/x"]""")]
    [InlineData("<<-\"E\"", """["<<-\\\"E\\\"", "/x"]""")]
    public void KeepsAFileNameThatLooksLikeAHeredocInTheArray(string source, string expected)
    {
        Assert.Equal(expected, DockerfileSyntax.CopyArray([source], "/x"));
        Assert.Equal(expected, BuildKitReader.Read($"COPY {expected}\n").Single().Rest);
    }

    [Theory, Trait("Rule", "6.1-12")]
    [InlineData("a*", """["a[*]", "/x"]""")]
    [InlineData("a?", """["a[?]", "/x"]""")]
    [InlineData("[a-z]", """["[[]a-z]", "/x"]""")]
    [InlineData("a]", """["a]", "/x"]""")]
    public void TakesAPatternLiterally(string source, string expected) => Assert.Equal(expected, DockerfileSyntax.CopyArray([source], "/x"));

    [Fact, Trait("Rule", "6.1-12")]
    public void LeavesThePatternCharactersOfATarget() => Assert.Equal("""["a", "/x*?[y]"]""", DockerfileSyntax.CopyArray(["a"], "/x*?[y]"));

    [Fact, Trait("Rule", "6.1-2")]
    public void LeavesALineOfTheMaximumLengthInOnePiece()
    {
        var line = "ENV A=\"" + new string('a', DockerfileSyntax.MaxLineBytes - 8) + "\"";
        Assert.Equal((DockerfileSyntax.MaxLineBytes, line), (Encoding.UTF8.GetByteCount(line), DockerfileSyntax.Wrap(line)));
    }

    [Theory, Trait("Rule", "6.1-2")]
    [InlineData("a")]
    [InlineData("名a1")]
    [InlineData("😀😀😀😀ab")]
    [InlineData("# ab")]
    public void ContinuesALongLineInPhysicalLinesThatTheParsersRead(string unit)
    {
        var line = "ENV A=\"" + string.Concat(Enumerable.Repeat(unit, 200_000 / unit.Length)) + "\"";
        var wrapped = DockerfileSyntax.Wrap(line)!;
        Assert.Equal(line, wrapped.Replace("\\\n", "", StringComparison.Ordinal));
        Assert.DoesNotContain(wrapped.Split('\n'), physical => Encoding.UTF8.GetByteCount(physical) > 65535);
        Assert.Equal(line[4..], BuildKitReader.Read(wrapped + "\n").Single().Rest);
    }

    [Fact, Trait("Rule", "6.1-4")]
    public void NeverContinuesALineBeforeAHashWhichWouldBeDropped()
    {
        var wrapped = DockerfileSyntax.Wrap("ENV A=\"" + string.Concat(Enumerable.Repeat("#ab ", 50_000)) + "\"")!;
        Assert.DoesNotContain(wrapped.Split('\n'), physical => physical.TrimStart().StartsWith('#'));
    }

    [Theory, Trait("Rule", "6.1-3")]
    [InlineData("\\")]
    [InlineData("#")]
    [InlineData(" ")]
    [InlineData("\"$")]
    public void HasNoAnswerForALongLineWithoutAPlaceToContinue(string unit) =>
        Assert.Null(DockerfileSyntax.Wrap("ENV A=" + DockerfileSyntax.Quote(string.Concat(Enumerable.Repeat(unit, 70_000)))));
}

using Xunit;

namespace ContainerSdk.Core.Tests.Dockerfiles;

/// <summary>The oracle itself: what real parsers were seen to do with text that is not ours.</summary>
public sealed class BuildKitReaderTests
{
    [Theory]
    [InlineData("ENV A=\"a b\"", "a b")]
    [InlineData("ENV A='$HOME'", "$HOME")]
    [InlineData("ENV A=\"\\n\"", "\\n")]
    [InlineData("ENV A=\"\\\"\\$\\\\\"", "\"$\\")]
    [InlineData("ENV A=a\\ b", "a b")]
    [InlineData("ENV A=\"a#b\"", "a#b")]
    [InlineData("ENV A=\"a\\\n# a comment\nb\"", "ab")]
    public void ReadsAValue(string line, string expected) => Assert.Equal(("A", expected), BuildKitReader.Pair(BuildKitReader.Read(line + "\n").Single()));

    [Theory]
    [InlineData("ENV A=\"$HOME\"", "An expansion.")]
    [InlineData("ENV A=\"${X}\"", "An expansion.")]
    [InlineData("ENV A=a b=c", "2 words: A=a | b=c")]
    [InlineData("ENV A", "A word without '=' makes the whole line one legacy pair.")]
    [InlineData("ENV A=\"a", "A quote is never closed.")]
    public void RefusesAValueThatWouldBeReadOtherwise(string line, string expected) =>
        Assert.Equal(expected, Assert.Throws<InvalidDataException>(() => BuildKitReader.Pair(BuildKitReader.Read(line + "\n").Single())).Message);

    [Theory]
    [InlineData("# syntax=attacker/frontend\nFROM a\n", "The first line is a directive.")]
    [InlineData("// escape=`\nFROM a\n", "The first line is a directive.")]
    [InlineData("{\"syntax\": \"x\"}\nFROM a\n", "The first line is a directive.")]
    [InlineData("RUN cat <<EOF\n", "A heredoc.")]
    [InlineData("COPY <<EOF /x\n", "A heredoc.")]
    [InlineData("ENV A=b\\\n\nUSER root\n", "An empty line continues an instruction.")]
    [InlineData("ENV A=b\\", "The last line is continued by nothing.")]
    public void RefusesATextWithSurprises(string text, string expected) =>
        Assert.Equal(expected, Assert.Throws<InvalidDataException>(() => BuildKitReader.Read(text)).Message);

    [Fact]
    public void ABackslashAtTheEndSwallowsTheNextInstruction() =>
        Assert.Equal(["P=c:USER 1654"], BuildKitReader.Read("ENV P=c:\\\nUSER 1654\n").Select(instruction => instruction.Rest));

    [Fact]
    public void WordsWithTwoDashesAreFlags() => Assert.Equal(["--from=build", "--link"], BuildKitReader.Read("COPY --from=build --link a b\n").Single().Flags);

    [Theory]
    [InlineData("a*", "ab", true)]
    [InlineData("a*", "a/b", false)]
    [InlineData("a?", "ab", true)]
    [InlineData("[a-c]x", "bx", true)]
    [InlineData("[^a-c]x", "bx", false)]
    [InlineData("a[*]", "a*", true)]
    [InlineData("a[*]", "ab", false)]
    [InlineData("[[]a]", "[a]", true)]
    [InlineData(@"a[\\]b", @"a\b", true)]
    [InlineData(@"a\\b*", @"a\b", true)]
    [InlineData(@"a\\b", @"a\b", false)]
    [InlineData(@"a\\b", @"a\\b", true)]
    public void APatternSelectsAName(string pattern, string name, bool expected) => Assert.Equal(expected, GoPattern.Selects(pattern, name));
}

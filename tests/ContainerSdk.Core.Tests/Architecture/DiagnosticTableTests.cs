using System.Text.RegularExpressions;
using ContainerSdk.Diagnostics;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Core.Tests.Architecture;

/// <summary>A code, its page and its test arrive together, and leave together.</summary>
public sealed partial class DiagnosticTableTests
{
    private static readonly string Pages = Path.Combine(RepositoryRoot.Path, "docs", "diagnostics");

    public static TheoryData<string> Codes => [.. Descriptors.All.Select(descriptor => descriptor.Id)];

    [Fact]
    public void EachCodeIsThereOnceAndWellFormed()
    {
        Assert.Equal(Descriptors.All.Select(descriptor => descriptor.Id).Distinct(), Descriptors.All.Select(descriptor => descriptor.Id));
        Assert.DoesNotContain(Descriptors.All, descriptor => !Code().IsMatch(descriptor.Id) || descriptor.Id.Length != 8);
    }

    [Theory, MemberData(nameof(Codes))]
    public void EachCodeHasAPageWithItsTitle(string code)
    {
        var page = Path.Combine(Pages, code + ".md");
        Assert.True(File.Exists(page), page);
        Assert.Equal($"# {code}: {Descriptors.ByCode(code).Title}", File.ReadLines(page).First());
    }

    [Fact]
    public void EachPageHasACode() => Assert.Equal(
        Descriptors.All.Select(descriptor => descriptor.Id + ".md"),
        Directory.GetFiles(Pages, "C*.md").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Codes))]
    public void EachCodeIsRaisedByATest(string code) =>
        Assert.Contains(RepositoryFiles.Find("tests", "*.cs"), path => File.ReadAllText(path).Contains(code, StringComparison.Ordinal));

    [Fact]
    public void EachCodeInATargetIsInTheTable() => Assert.Equal([], InTargets().Except(Descriptors.All.Select(descriptor => descriptor.Id)));

    [Fact]
    public void TheOneTargetThatWritesItsOwnTextUsesTheTablesWords()
    {
        var texts = RepositoryFiles.Find("sdk", "*.targets").SelectMany(path => ErrorText().Matches(File.ReadAllText(path)))
            .Select(match => (Code: match.Groups["code"].Value, Text: match.Groups["text"].Value)).ToArray();
        Assert.Equal([(Descriptors.HostTooOld.Id, Descriptors.HostTooOld.MessageFormat.Replace("{0}", "$(_ContainerHostVersion)", StringComparison.Ordinal))], texts);
    }

    [Theory, MemberData(nameof(Codes))]
    public void EachMessageUsesItsArgumentsInACountWithoutGapsAndEndsWithoutAPeriod(string code)
    {
        var format = Descriptors.ByCode(code).MessageFormat;
        var numbers = Argument().Matches(format).Select(match => int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order().ToArray();
        Assert.Equal(Enumerable.Range(0, numbers.Length), numbers);
        Assert.False(format.EndsWith('.'));
    }

    private static IEnumerable<string> InTargets() =>
        RepositoryFiles.Find("sdk", "*.targets").Concat(RepositoryFiles.Find("sdk", "*.props")).SelectMany(path => Code().Matches(File.ReadAllText(path))).Select(match => match.Value).Distinct();

    [GeneratedRegex("CSDK[1-9][0-9]{3}")]
    private static partial Regex Code();

    [GeneratedRegex(@"<Error\b[^>]*Code=""(?<code>CSDK[0-9]+)""\s*Text=""(?<text>[^""]*)""")]
    private static partial Regex ErrorText();

    [GeneratedRegex(@"\{([0-9])\}")]
    private static partial Regex Argument();
}

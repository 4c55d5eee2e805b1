using ContainerSdk.Diagnostics;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class BuildProgressWarningTests
{
    [Fact]
    public void ReportsTheWarningsOfDotnetWhenTheyCome() => Assert.Equal(
        [
            "Warning  /src/cs/cs.csproj|2|48||Careful here",
            "Warning  settings.json|0|0|SHOP01|Old settings",
            "Warning  settings.json|0|0|SHOP01|that nobody reads",
            "Warning  /src/cs/Program.cs|3|10|CS1030|#warning: 'Remove this'",
            "Warning  /src/cs/Program.cs|2|15|CS8600|Converting null literal or possible null value to non-nullable type.",
            "Warning  /src/cs/Program.cs|1|5|CS0219|The variable 'unused' is assigned but its value is never used",
        ],
        Said(Progress.Of("dotnet-warnings.txt")));

    [Fact]
    public void ReportsTheWarningsOfTheTrimmerAndOfNativeAot() => Assert.Equal(
        [
            "Warning  /src/aot/Program.cs|1|12|IL2057",
            "Warning  /src/aot/Program.cs|3|26|IL2026",
            "Warning  /src/aot/Program.cs|3|26|IL3050",
            "Warning Trim analysis /src/aot/Program.cs|1|0|IL2057",
            "Warning Trim analysis /src/aot/Program.cs|3|0|IL2026",
            "Warning AOT analysis /src/aot/Program.cs|3|0|IL3050",
        ],
        Said(Progress.Of("aot-warnings.txt")).Select(text => text[..text.LastIndexOf('|')]));

    [Fact]
    public void ReportsTheWarningsOfAStepThatFailsToo() => Assert.Equal(
        [
            "Warning  /src/mixed/Program.cs|1|10|CS1030|#warning: 'Remove this'",
            "Error  /src/mixed/Program.cs|2|26|CS0103|The name 'missing' does not exist in the current context",
        ],
        Said(Progress.Of("dotnet-warnings-and-errors.txt")));

    [Fact]
    public void ReportsAWarningOnceWhicheverStepRepeatsIt() => Assert.Equal(
        [
            "Warning  /src/api.csproj|0|0|NETSDK1138|The target framework is out of support.",
            "Warning  /src/lib.csproj|0|0|NETSDK1138|The target framework is out of support.",
        ],
        Said(Progress.After(
            "#7 [build 5/8] RUN dotnet restore",
            "#7 1.000 /src/api.csproj : warning NETSDK1138: The target framework is out of support. [/src/api.csproj]",
            "#8 [build 8/8] RUN dotnet publish",
            "#8 1.000 /src/api.csproj : warning NETSDK1138: The target framework is out of support. [/src/api.csproj]",
            "#8 1.100 /src/lib.csproj : warning NETSDK1138: The target framework is out of support. [/src/lib.csproj]")));

    [Theory]
    [InlineData("/src/api.csproj : warning NU1603: api depends on A (>= 1.0) but A 1.0 was not found. [/src/api.csproj]")]
    [InlineData("/nuget/packages/containersdk/1.0.0/build/ContainerSdk.props(4,3): warning MSB4011: It is imported twice [/src/api.csproj]")]
    public void KeepsToItselfWhatTheHostSaidBeforeAndWhatIsItsOwn(string line) => Assert.Empty(Said(Progress.After("#8 [build 8/8] RUN dotnet publish", $"#8 1.000 {line}")));

    [Fact]
    public void CodesThatOnlyBeginLikeNuGetsAreOthers() => Assert.Equal(
        ["Warning  /src/Tests.cs|1|1|NUnit2005|Use Assert.That"],
        Said(Progress.After("#8 [build 8/8] RUN dotnet publish", "#8 1.000 /src/Tests.cs(1,1): warning NUnit2005: Use Assert.That [/src/api.csproj]")));

    [Theory]
    [InlineData("CS0219", true)]
    [InlineData("CS0168", false)]
    public void KnowsWhetherAWarningCountsAsAnError(string code, bool expected)
    {
        var build = Progress.After(new RecordingReporter { RefusedCode = code }, Recording.Lines("dotnet-warnings.txt")).Build;

        Assert.Equal(expected, build.HasRefusedWarnings);
    }

    private static string[] Said(Progress progress) => [.. progress.Reporter.Messages.Select(message =>
        $"{(message.Severity == DiagnosticSeverity.Error ? "Error" : "Warning")} {message.Subcategory} {message.File}|{message.Line}|{message.Column}|{message.Code}|{message.Message}")];
}

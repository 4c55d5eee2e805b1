using ContainerSdk.Plan;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class HealthPlannerTests
{
    [Theory]
    [InlineData("/app/run", "/app/run")]
    [InlineData("  /app/run\t--health\n  live ", "/app/run|--health|live")]
    [InlineData("wget \"two words\" x\"y z\"w \"\"", "wget|two words|xy zw|")]
    [InlineData("none of it", "none|of|it")]
    [InlineData("sh -c $HOME;\\", "sh|-c|$HOME;\\")]
    public void BlanksSeparateWordsButNotWithinDoubleQuotes(string text, string words) =>
        Assert.Equal(words.Split('|'), SampleInputs.Valid.With("ContainerHealthCommand", text).Planned().Runtime.HealthCheck!.Command);

    [Fact]
    public void ItemsAreWordsOfAnyText()
    {
        var (inputs, values) = (SampleInputs.Valid.WithItem("ContainerHealthCommand", "none"), HostileValues.Sample(100));
        foreach (var value in values) inputs = inputs.WithItem("ContainerHealthCommand", "word", ("Value", value));
        Assert.Equal(["none", .. values], inputs.Planned().Runtime.HealthCheck!.Command);
    }

    [Fact]
    public void TimesAndRetriesArePartOfTheCheck()
    {
        var check = SampleInputs.Valid.With("ContainerHealthCommand", "x").With("ContainerHealthInterval", " 1m30s ").With("ContainerHealthTimeout", "00:00:05.5")
            .With("ContainerHealthStartPeriod", "20").With("ContainerHealthRetries", " 5 ").Planned().Runtime.HealthCheck!;
        Assert.Equal(
            (TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(5.5), TimeSpan.FromSeconds(20), 5),
            (check.Interval!.Value, check.Timeout!.Value, check.StartPeriod!.Value, check.Retries!.Value));
    }

    [Theory]
    [InlineData("1ms", 1)]
    [InlineData("1.5s", 1500)]
    [InlineData("0.001", 1)]
    [InlineData("2h", 7_200_000)]
    [InlineData("1h2m3s4ms", 3_723_004)]
    [InlineData("12:00:00", 43_200_000)]
    public void ATimeIsReadAsDockerOrDotNetWriteItOrInSeconds(string text, long milliseconds) => Assert.Equal(
        milliseconds, SampleInputs.Valid.With("ContainerHealthCommand", "x").With("ContainerHealthInterval", text).Planned().Runtime.HealthCheck!.Interval!.Value.TotalMilliseconds);

    [Theory]
    [InlineData("soon")]
    [InlineData("0")]
    [InlineData("0s")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("5s3m")]
    [InlineData("1:30")]
    [InlineData("00:60:00")]
    [InlineData("1.0005s")]
    [InlineData("99999h")]
    [InlineData("s")]
    public void AnythingElseIsNoTime(string text) => Assert.Equal(
        $"error CSDK1026: ContainerHealthTimeout is '{text}'; expected a time from 1ms, such as 30s, 1m30s, 00:01:30, or a number of seconds",
        SampleInputs.Valid.With("ContainerHealthCommand", "x").With("ContainerHealthTimeout", text).Said());

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("two")]
    public void RetriesAreAWholeNumber(string text) => Assert.Equal(
        $"error CSDK1026: ContainerHealthRetries is '{text}'; expected a whole number from 1",
        SampleInputs.Valid.With("ContainerHealthCommand", "x").With("ContainerHealthRetries", text).Said());

    [Fact]
    public void AQuoteThatIsNeverClosedIsRefused() => Assert.Equal(
        "error CSDK1026: ContainerHealthCommand is '/app/run \"live'; expected a closing '\"' for every opening one",
        SampleInputs.Valid.With("ContainerHealthCommand", "/app/run \"live").Said());

    [Theory]
    [InlineData("none")]
    [InlineData(" None ")]
    public void NoneSwitchesTheCheckOff(string text) => Assert.Empty(SampleInputs.Valid.With("ContainerHealthCommand", text).Planned().Runtime.HealthCheck!.Command);

    [Fact]
    public void WithoutACommandTheBasesCheckStays() => Assert.Null(SampleInputs.Valid.Planned().Runtime.HealthCheck);

    [Theory]
    [InlineData("none")]
    [InlineData("")]
    public void OptionsWithoutACommandAreRefused(string command) => Assert.Equal(
        """
        error CSDK1026: ContainerHealthInterval is '30s'; expected ContainerHealthCommand beside it
        error CSDK1026: ContainerHealthRetries is '3'; expected ContainerHealthCommand beside it
        """,
        SampleInputs.Valid.With("ContainerHealthCommand", command).With("ContainerHealthInterval", "30s").With("ContainerHealthRetries", "3").Said());

    [Fact]
    public void PropertyAndItemTogetherAreRefused() => Assert.Equal(
        "error CSDK1015: @(ContainerHealthCommand) cannot be combined with the property ContainerHealthCommand; keep one of them",
        SampleInputs.Valid.With("ContainerHealthCommand", "x").WithItem("ContainerHealthCommand", "y").Said());

    [Fact]
    public void AControlCharacterInAWordIsRefused() => Assert.Equal(
        "error CSDK1009: The value of ContainerHealthCommand contains the control character U+000A, which a Dockerfile cannot carry; remove it, or read such a value from a file when the application starts",
        SampleInputs.Valid.With("ContainerHealthCommand", "x \"a\nb\"").Said());

    [Fact]
    public void TheStopSignalIsReadOrRefused()
    {
        Assert.Equal("SIGQUIT", SampleInputs.Valid.With("ContainerStopSignal", " quit ").Planned().Runtime.StopSignal!.Value);
        Assert.Equal(
            "error CSDK1027: ContainerStopSignal is 'SIGSTOPNOW'; expected the name of a Linux signal such as SIGTERM, or its number from 1 to 64",
            SampleInputs.Valid.With("ContainerStopSignal", "SIGSTOPNOW").Said());
    }
}

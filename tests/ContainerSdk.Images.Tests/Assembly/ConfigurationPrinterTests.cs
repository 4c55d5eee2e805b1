using System.Text.Json.Nodes;
using ContainerSdk.Images.Assembly;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Images.Tests.Assembly;

public sealed class ConfigurationPrinterTests
{
    private const string Base = """
        {"User":"app","ExposedPorts":{"9999/tcp":{}},"Env":["PATH=/usr/bin","GREETING=hi"],"Entrypoint":["/entry"],"Cmd":["serve"],"Volumes":{"/old":{}},
         "WorkingDir":"/","Labels":{"vendor":"them","tier":"base"},"StopSignal":"SIGQUIT","Shell":["/bin/bash","-c"],"Healthcheck":{"Test":["CMD","/bin/true"]}}
        """;

    [Fact]
    public void WhatTheStageSaysStandsBesideWhatTheBaseSays() => Assert.Equal(
        """
        {"User":"1654:1654","ExposedPorts":{"9999/tcp":{},"8080/tcp":{}},"Env":["PATH=/usr/bin","GREETING=hello","B=1=2"],"Entrypoint":["/app/api"],"Volumes":{"/old":{},"/data":{}},"WorkingDir":"/app","Labels":{"vendor":"us","tier":"base"},"StopSignal":"SIGTERM","Shell":["/bin/bash","-c"],"Healthcheck":{"Test":["CMD","/app/api","--probe"],"Interval":1500000000,"Timeout":2000000000,"StartPeriod":60000000000,"Retries":3}}
        """.Trim(),
        Print(Stage() with
        {
            Environment = [new EnvironmentVariable("GREETING", "hello"), new EnvironmentVariable("B", "1=2")],
            Labels = [new Label("vendor", "us")],
            Ports = [new Port(8080, "tcp")],
            Volumes = [ContainerPath.Create("/data")],
            StopSignal = StopSignal.TryParse("TERM", out var signal) ? signal : null,
            HealthCheck = new HealthCheck { Command = ["/app/api", "--probe"], Interval = TimeSpan.FromMilliseconds(1500), Timeout = TimeSpan.FromSeconds(2), StartPeriod = TimeSpan.FromMinutes(1), Retries = 3 },
        }));

    [Theory]
    [InlineData("", "", false, """["/entry"]""", """["serve"]""")]
    [InlineData("/new", "", false, """["/new"]""", null)]
    [InlineData("/new", "a b", false, """["/new"]""", """["a","b"]""")]
    [InlineData("", "a", false, """["/entry"]""", """["a"]""")]
    [InlineData("", "", true, null, null)]
    [InlineData("", "a", true, null, """["a"]""")]
    public void ANewEntrypointTakesTheBasesArgumentsAway(string entrypoint, string command, bool drops, string? expectedEntrypoint, string? expectedCommand)
    {
        var run = ConfigurationPrinter.Print(Stage() with { Entrypoint = [.. Words(entrypoint)], Command = [.. Words(command)], DropsBaseEntrypoint = drops }, Parsed());

        Assert.Equal((expectedEntrypoint, expectedCommand), (run["Entrypoint"]?.ToJsonString(), run["Cmd"]?.ToJsonString()));
    }

    [Fact]
    public void AHealthCheckWithoutCommandSwitchesTheBasesOff() =>
        Assert.Equal("""{"Test":["NONE"]}""", ConfigurationPrinter.Print(Stage() with { HealthCheck = new HealthCheck { Command = [] } }, Parsed())["Healthcheck"]!.ToJsonString());

    [Fact]
    public void NothingHasAPathAllTheSame() => Assert.Equal(
        """{"User":"1654:1654","Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],"Entrypoint":["/app/api"],"WorkingDir":"/app"}""",
        ConfigurationPrinter.Print(Stage() with { Image = null }, []).ToJsonString());

    [Fact]
    public void ABaseWithoutAPathGetsOneBehindItsOwnVariables() => Assert.Equal(
        """["A=1","PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","B=2"]""",
        ConfigurationPrinter.Print(Stage() with { Environment = [new EnvironmentVariable("B", "2")] }, new JsonObject { ["Env"] = new JsonArray("A=1") })["Env"]!.ToJsonString());

    private static string Print(RuntimeStage stage) => ConfigurationPrinter.Print(stage, Parsed()).ToJsonString();

    private static JsonObject Parsed() => JsonNode.Parse(Base)!.AsObject();

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static RuntimeStage Stage() => new()
    {
        Image = ImageReference.Create("example.com", "base", "1"),
        Layers = [],
        WorkingDirectory = ContainerPath.Create("/app"),
        Environment = [],
        Labels = [],
        Ports = [],
        User = ImageUser.Default,
        Entrypoint = ["/app/api"],
        Command = [],
    };
}

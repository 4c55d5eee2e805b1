using System.Collections.Immutable;
using ContainerSdk.Engines.Smoke;
using ContainerSdk.Images;
using ContainerSdk.Images.StructureTests;
using Xunit;

namespace ContainerSdk.Engines.Tests.Smoke;

public sealed class SmokeArgumentsTests
{
    private const string Tmpfs = "rw,exec,nosuid,size=64m,mode=1777";

    private static readonly SmokeRequest Plain = new("sha256:aa", new SmokeReadiness.Running(TimeSpan.FromSeconds(2)));

    // No shell reads a word, and none is taken for an option.
    [Fact]
    public void ACommandsWordsAndVariablesStayAsTheyAre()
    {
        Assert.Equal(
            ["run", "--pull", "never", "--label", "containersdk.smoke", "--rm", "--env", "A=$(x); b=\n'\"", "--entrypoint", "--privileged", "sha256:aa", "--rm", "a b", "$HOME", ""],
            SmokeArguments.Command("sha256:aa", null, [new NamedText("A", "$(x); b=\n'\"")], ["--privileged", "--rm", "a b", "$HOME", ""]));
        Assert.Equal(["run", "--pull", "never", "--label", "containersdk.smoke", "--name", "test-1", "--entrypoint", "id", "sha256:aa"], SmokeArguments.Command("sha256:aa", "test-1", [], ["id"]));
        Assert.Equal(["commit", "test-1"], SmokeArguments.Commit("test-1"));
        Assert.Equal(["rmi", "--no-prune", "--force", "sha256:bb"], SmokeArguments.RemoveImage("sha256:bb"));
    }

    [Theory]
    [InlineData(SmokeEngineKind.Docker)]
    [InlineData(SmokeEngineKind.Podman)]
    public void StartsWithAReadOnlyRootNoCapabilitiesAndLimits(SmokeEngineKind engine) => Assert.Equal(Expected("512m"), SmokeArguments.Run(engine, "smoke-1", Plain, EngineAddress.Local));

    [Theory]
    [InlineData(SmokeEngineKind.Docker)]
    [InlineData(SmokeEngineKind.Podman)]
    public void PublishesTheAskedPortAloneAndToThisMachineAlone(SmokeEngineKind engine) =>
        Assert.Equal(Expected("512m", "--publish", "127.0.0.1::8080"), SmokeArguments.Run(engine, "smoke-1", Plain with { Readiness = new SmokeReadiness.Endpoint(8080, "/health") }, EngineAddress.Local));

    [Fact]
    public void PublishesToAllWhereTheEngineIsOnAnotherMachine() =>
        Assert.Equal(Expected("512m", "--publish", "8080"), SmokeArguments.Run(SmokeEngineKind.Docker, "smoke-1", Plain with { Readiness = new SmokeReadiness.Endpoint(8080, "/health") }, new EngineAddress("build", false)));

    [Fact]
    public void LetsDockerCheckHealthOftenAndAsksPodmanItself()
    {
        var request = Plain with { Readiness = new SmokeReadiness.HealthCommand() };

        Assert.Equal(Expected("512m", "--health-interval", "500ms"), SmokeArguments.Run(SmokeEngineKind.Docker, "smoke-1", request, EngineAddress.Local));
        Assert.Equal(Expected("512m"), SmokeArguments.Run(SmokeEngineKind.Podman, "smoke-1", request, EngineAddress.Local));
        Assert.Equal(["healthcheck", "run", "smoke-1"], SmokeArguments.PodmanHealth("smoke-1"));
    }

    [Fact]
    public void KeepsEachVariableInOneArgumentAndSortsThem() => Assert.Equal(
        Expected("64m", "--env", "A=", "--env", "B=x y=$Z\n'\"", "--env", "b=1"),
        SmokeArguments.Run(
            SmokeEngineKind.Docker,
            "smoke-1",
            Plain with { MemoryLimit = 64, Environment = Plain.Environment.Add("b", "1").Add("B", "x y=$Z\n'\"").Add("A", "") },
            EngineAddress.Local));

    [Fact]
    public void GivesEachVolumeMemoryThatAnyUserMayWriteTo()
    {
        var arguments = SmokeArguments.Run(SmokeEngineKind.Docker, "smoke-1", Plain with { WritableFolders = [ContainerPath.Create("/data"), ContainerPath.Create("/var/cache/my app")] }, EngineAddress.Local);

        Assert.Equal(["--tmpfs", $"/tmp:{Tmpfs}", "--tmpfs", $"/data:{Tmpfs}", "--tmpfs", $"/var/cache/my app:{Tmpfs}", "--cap-drop"], arguments.Skip(9).Take(7));
    }

    [Fact]
    public void AsksByName()
    {
        Assert.Equal(["context", "inspect", "--format", "{{.Endpoints.docker.Host}}"], SmokeArguments.Context);
        Assert.Equal(["port", "smoke-1", "8080/tcp"], SmokeArguments.Port("smoke-1", 8080));
        Assert.Equal(["wait", "smoke-1"], SmokeArguments.Wait("smoke-1"));
        Assert.Equal(["container", "inspect", "smoke-1"], SmokeArguments.Inspect("smoke-1"));
        Assert.Equal(["stats", "--no-stream", "--format", "{{.MemUsage}}", "smoke-1"], SmokeArguments.Stats("smoke-1"));
        Assert.Equal(["logs", "--tail", "50", "smoke-1"], SmokeArguments.Logs("smoke-1"));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(300, "1")]
    [InlineData(10_000, "10")]
    public void StopsWithinWholeSeconds(int milliseconds, string expected) => Assert.Equal(["stop", "-t", expected, "smoke-1"], SmokeArguments.Stop("smoke-1", TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void RemovesAtOnceAndWithItsVolumes()
    {
        Assert.Equal(["rm", "--force", "--volumes", "smoke-1"], SmokeArguments.Remove(SmokeEngineKind.Docker, "smoke-1"));
        Assert.Equal(["rm", "--force", "--volumes", "--time", "0", "smoke-1"], SmokeArguments.Remove(SmokeEngineKind.Podman, "smoke-1"));
    }

    private static ImmutableArray<string> Expected(string memory, params ImmutableArray<string> options) =>
    [
        "run", "--detach", "--pull", "never", "--name", "smoke-1", "--label", "containersdk.smoke", "--read-only",
        "--tmpfs", $"/tmp:{Tmpfs}",
        "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--memory", memory, "--pids-limit", "256",
        "--log-driver", "json-file", "--log-opt", "max-size=8m",
        .. options,
        "sha256:aa",
    ];
}

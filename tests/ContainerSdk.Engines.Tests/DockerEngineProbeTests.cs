using ContainerSdk.Engines.Docker;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class DockerEngineProbeTests
{
    private const string Docker20 = """
        case "$1 $2" in
          'version --format') echo 20.10.24+dfsg1;;
          'buildx version') echo 'github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3';;
          'buildx inspect') printf 'Name:          default\nDriver:        docker\n\nNodes:\nName:             default\nBuildKit version: v0.8+unknown\n';;
          *) exit 99;;
        esac
        """;

    [Fact]
    public async Task DescribesEngineAndBuilder()
    {
        using var docker = new FakeDocker(Docker20);

        var status = await docker.Engine.ProbeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new EngineStatus(new EngineCapabilities("docker 20.10.24", "builder 'default' (docker)", new Version(0, 8)), null), status);
        Assert.Equal(["version --format {{.Server.Version}}", "buildx version", "buildx inspect"], docker.Calls);
    }

    [Theory]
    [InlineData("27.3.1", "docker", "", "0.16")]
    [InlineData("27.3.1", "docker", "v0.25.1", "0.25.1")]
    [InlineData("20.10.24", "docker-container", "v0.25.1", "0.25.1")]
    [InlineData("26.1.5", "docker", "v0.0.0+unknown", "0.13")]
    [InlineData("28.5.2", "docker-container", "", "0.0")]
    [InlineData("28.5.2", "kubernetes", "", "0.0")]
    public async Task TakesTheVersionOfTheBuilderAndThatOfTheEngineOnlyForItsOwnBuilder(string engine, string driver, string stated, string expected)
    {
        using var docker = new FakeDocker($"""
            case "$1 $2" in
              'version --format') echo {engine};;
              'buildx inspect') printf 'Name: team\nDriver: {driver}\n{(stated.Length > 0 ? "BuildKit version: " + stated : "")}\n';;
            esac
            """);

        var status = await docker.Engine.ProbeAsync(TestContext.Current.CancellationToken);

        Assert.Equal(new EngineStatus(new EngineCapabilities($"docker {engine}", $"builder 'team' ({driver})", Version.Parse(expected)), null), status);
    }

    [Fact]
    public async Task CSDK3001_NoSuchCommand()
    {
        using var folder = new TempFolder();

        var status = await new DockerEngine(folder["docker"], EngineCache.Current).ProbeAsync(TestContext.Current.CancellationToken);

        AssertProblem(
            $"error CSDK3001: No '{folder["docker"]}' command was found on PATH; install Docker with buildx, or generate only the Dockerfile with -t:ContainerDockerfile",
            status);
    }

    [Theory]
    [InlineData("Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?")]
    [InlineData("Cannot connect to the Docker daemon at tcp://127.0.0.1:1. Is the docker daemon running?")]
    [InlineData("failed to connect to the docker API at unix:///var/run/docker.sock; check if the path is correct and if the daemon is running")]
    [InlineData("error during connect: Get \"https://build:2376/v1.47/version\": dial tcp: lookup build: no such host")]
    [InlineData("context \"team\": context not found")]
    public async Task CSDK3002_TheDaemonDoesNotAnswer(string reason)
    {
        using var docker = new FakeDocker($"echo; echo '{reason}' >&2; exit 1");

        var status = await docker.Engine.ProbeAsync(TestContext.Current.CancellationToken);

        AssertProblem(
            $"error CSDK3002: '{docker.Command}' is installed, but its daemon does not answer ({reason}); start it, or point DOCKER_HOST or 'docker context use' at one that runs",
            status);
        Assert.Equal(["version --format {{.Server.Version}}"], docker.Calls);
    }

    [Fact]
    public async Task CSDK3003_TheDaemonRefusesTheUser()
    {
        const string Reason = "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: Get \"http://%2Fvar%2Frun%2Fdocker.sock/v1.50/version\": dial unix /var/run/docker.sock: connect: permission denied";
        using var docker = new FakeDocker($"echo; echo '{Reason}' >&2; exit 1");

        var status = await docker.Engine.ProbeAsync(TestContext.Current.CancellationToken);

        AssertProblem(
            $"error CSDK3003: '{docker.Command}' answers, but refuses this user ({Reason}); add the user to the engine's group, or use a rootless engine",
            status);
    }

    // What docker 28 prints where the plugin is missing.
    [Fact]
    public async Task CSDK3004_BuildxIsMissing()
    {
        using var docker = new FakeDocker("""
            if [ "$1" = version ]; then echo 28.2.2; exit 0; fi
            printf 'docker: unknown command: docker buildx\n\nRun '\''docker --help'\'' for more information\n' >&2
            exit 1
            """);

        var status = await docker.Engine.ProbeAsync(TestContext.Current.CancellationToken);

        AssertProblem(
            $"error CSDK3004: '{docker.Command}' has no working buildx plugin (Run 'docker --help' for more information); install the docker-buildx-plugin package (docker-buildx on Debian and Ubuntu)",
            status);
        Assert.Equal(["version --format {{.Server.Version}}", "buildx version"], docker.Calls);
    }

    private static void AssertProblem(string expected, EngineStatus status)
    {
        Assert.Null(status.Capabilities);
        Assert.Equal(expected, status.Problem?.ToString());
    }
}

using ContainerSdk.Engines.Docker;
using ContainerSdk.Engines.Processes;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class DockerEngineBuildTests
{
    private const string BuildCall =
        "buildx build --progress plain --provenance=false --load --platform linux/amd64 --file /repo/api/obj/container/Dockerfile"
        + " --metadata-file /repo/api/obj/container/image.json.metadata /repo/api";

    // The fake builder writes no metadata file; its progress says which image it made.
    private const string Written = "echo '#5 writing image sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f done' >&2";

    [Fact]
    public async Task DescribesTheFinishedImage()
    {
        using var docker = new FakeDocker($"""
            if [ "$1" = image ]; then cat '{Recording.PathOf("inspect.json")}'; exit 0; fi
            {FakeDocker.Replays("success.txt", 0)}
            """);
        var reporter = new RecordingReporter();

        var image = await docker.Engine.BuildAsync(Requests.Plain, reporter, TestContext.Current.CancellationToken);

        AssertImage(
            new BuiltImage(
                [Requests.Image("docker.io/library/api:1.4")],
                "sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f",
                null,
                4,
                ["sha256:bb061a6753e0cc3bf831fdb41ac514f587aba20c3280f6817c4ffa6dd6a98a85", "sha256:7500599c02b0cfdfc3ee9f9b6c3980ecbe4fca7839e4f5f4c02fff9bc24834fd"],
                "1654:1654",
                """{"created":"2026-11-21T06:00:14.308611999Z","architecture":"amd64","os":"linux","config":{"Hostname":"","Domainname":"","User":"1654:1654","AttachStdin":false,"AttachStdout":false,"AttachStderr":false,"ExposedPorts":{"8080/tcp":{}},"Tty":false,"OpenStdin":false,"StdinOnce":false,"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin","GREETING=a; b"],"Cmd":null,"Image":"","Volumes":null,"WorkingDir":"/app","Entrypoint":["/app/app","--urls","http://*:8080"],"OnBuild":null,"Labels":{"org.opencontainers.image.title":"An \u0022API\u0022"}},"rootfs":{"type":"layers","diff_ids":["sha256:bb061a6753e0cc3bf831fdb41ac514f587aba20c3280f6817c4ffa6dd6a98a85","sha256:7500599c02b0cfdfc3ee9f9b6c3980ecbe4fca7839e4f5f4c02fff9bc24834fd"]}}"""),
            image);
        Assert.Equal([BuildCall, "image inspect sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f"], docker.Calls);
        Assert.Equal(
            $"output {new ProcessCommand(docker.Command, DockerArguments.Build(Requests.Plain))}\n" + Progress.Of("success.txt").Reporter.Text,
            reporter.Text);
    }

    [Fact]
    public async Task TakesTheManifestsDigestThatBelongsToTheImagesName()
    {
        using var docker = new FakeDocker($$"""
            [ "$1" = image ] || { {{Written}}; exit 0; }
            cat <<'END'
            [{ "Id": "sha256:aa", "RepoDigests": ["localhost:5000/api@sha256:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc", "api@sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"], "Config": {}, "Architecture": "arm64", "Os": "linux", "Size": 5000000000, "RootFS": { "Layers": ["sha256:dd"] } }]
            END
            """);

        var image = await docker.Engine.BuildAsync(Requests.WithDestinations("api:1", "api:2"), new RecordingReporter(), TestContext.Current.CancellationToken);

        AssertImage(
            new BuiltImage(
                [Requests.Image("api:1"), Requests.Image("api:2")], "sha256:aa", "sha256:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", 5_000_000_000, ["sha256:dd"], "",
                """{"architecture":"arm64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:dd"]}}"""),
            image);
    }

    [Fact]
    public async Task TakesTheManifestThatAContainerdStoreKeeps()
    {
        using var docker = new FakeDocker($$"""
            [ "$1" = image ] || { {{Written}}; exit 0; }
            cat <<'END'
            [{ "Id": "sha256:aa", "RepoDigests": [], "Descriptor": { "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:aa", "size": 498 }, "Config": {}, "Architecture": "arm", "Variant": "v7", "Os": "linux", "Size": 1, "RootFS": { "Layers": [] } }]
            END
            """);

        var image = await docker.Engine.BuildAsync(Requests.Plain, new RecordingReporter(), TestContext.Current.CancellationToken);

        AssertImage(
            new BuiltImage([Requests.Image("api:1.4")], "sha256:aa", "sha256:aa", 1, [], "", """{"architecture":"arm","variant":"v7","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[]}}""")
            {
                MediaType = "application/vnd.oci.image.manifest.v1+json",
            },
            image);
    }

    [Fact]
    public async Task CSDK3001_NoSuchCommand()
    {
        using var folder = new TempFolder();
        var reporter = new RecordingReporter();

        var image = await new DockerEngine(folder["docker"], EngineCache.Current).BuildAsync(Requests.Plain, reporter, TestContext.Current.CancellationToken);

        Assert.Null(image);
        Assert.Equal(
            [$"error CSDK3001: No '{folder["docker"]}' command was found on PATH; install Docker with buildx, or generate only the Dockerfile with -t:ContainerDockerfile"],
            reporter.Diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public Task CSDK3002_TheDaemonStopped() => AssertFailure(
        "echo 'ERROR: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?' >&2; exit 1",
        "error CSDK3002: '{docker}' is installed, but its daemon does not answer (Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?); start it, or point DOCKER_HOST or 'docker context use' at one that runs");

    [Fact]
    public Task CSDK3003_TheDaemonRefusesTheUser() => AssertFailure(
        "echo 'ERROR: permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock' >&2; exit 1",
        "error CSDK3003: '{docker}' answers, but refuses this user (permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock); add the user to the engine's group, or use a rootless engine");

    [Fact]
    public Task CSDK3004_BuildxIsMissing() => AssertFailure(
        "printf 'unknown flag: --progress\\n\\nUsage:  docker [OPTIONS] COMMAND [ARG...]\\n\\nRun '\\''docker --help'\\'' for more information\\n' >&2; exit 125",
        "error CSDK3004: '{docker}' has no working buildx plugin (unknown flag: --progress); install the docker-buildx-plugin package (docker-buildx on Debian and Ubuntu)");

    [Fact]
    public Task CSDK3006_ARunThatFailsShowsItsLastOutput() => AssertFailure(
        FakeDocker.Replays("failing-run.txt", 1),
        """
        error CSDK3006: The image build failed in step [4/4] RUN echo first && echo second >&2 && exit 7: executor failed running [/bin/sh -c echo first && echo second >&2 && exit 7]: exit code: 7
          first
          second
        """);

    [Fact]
    public Task CSDK3006_OfStepsThatRunAtOnceItShowsTheOneThatFailed() => AssertFailure(
        FakeDocker.Replays("parallel.txt", 1),
        """
        error CSDK3006: The image build failed in step [client 2/2] RUN echo client starts; sleep 5; echo client works; sleep 5; echo client breaks >&2; ex...: executor failed running [/bin/sh -c echo client starts; sleep 5; echo client works; sleep 5; echo client breaks >&2; exit 3]: exit code: 3
          client starts
          client works
          client breaks
        """);

    [Theory]
    [InlineData("dotnet-errors.txt", """[4/4] RUN ["dotnet", "publish", "app.csproj", "-o", "/out"]""")]
    [InlineData("go-errors.txt", """[4/4] RUN ["go", "build", "-trimpath", "-o", "/out/app", "."]""")]
    public Task CSDK3006_CompilerErrorsSpeakForThemselves(string recording, string step) => AssertFailure(
        FakeDocker.Replays(recording, 1),
        $"error CSDK3006: The image build failed in step {step}: the compiler's errors are above");

    [Fact]
    public Task CSDK3006_ABaseImageThatCannotBeHad() => AssertFailure(
        FakeDocker.Replays("missing-base.txt", 1),
        "error CSDK3006: The image build failed in step [internal] load metadata for localhost:1/team/app:1: failed to do request: Head \"http://localhost:1/v2/team/app/manifests/1\": dial tcp 127.0.0.1:1: connect: connection refused");

    [Fact]
    public Task CSDK3006_AFailureBeforeAnyStep() => AssertFailure(
        FakeDocker.Replays("parse-error.txt", 1),
        "error CSDK3006: The image build failed in step 'before the first': dockerfile parse error line 2: unknown instruction: RNU");

    [Fact]
    public Task CSDK3006_ASilentFailure() => AssertFailure(
        "exit 17", "error CSDK3006: The image build failed in step 'before the first': no output");

    // An engine older than the dialect. The plugin is there, and it is the Dockerfile that has the unknown flag.
    [Fact]
    public Task CSDK3006_AFlagThatTheEnginesDockerfileParserDoesNotKnow() => AssertFailure(
        FakeDocker.Replays("unknown-flag.txt", 1),
        "error CSDK3006: The image build failed in step 'before the first': dockerfile parse error line 3: Unknown flag: link");

    [Theory]
    [InlineData("x", "'x' is an invalid start of a value. LineNumber: 0 | BytePositionInLine: 0")]
    [InlineData("[]", "Index was outside the bounds of the array")]
    [InlineData("""[{ "Id": "sha256:aa" }]""", "The given key was not present in the dictionary")]
    public Task CSDK3007_TheImageCannotBeDescribed(string answer, string reason) => AssertFailure(
        $"if [ \"$1\" = image ]; then echo '{answer}'; else {Written}; fi",
        $"error CSDK3007: The answer of '{{docker}} image inspect sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f' cannot be read: {reason}; run it by hand to see more");

    [Fact]
    public Task CSDK3007_TheImageCannotBeFound() => AssertFailure(
        $"if [ \"$1\" = image ]; then echo '[]'; echo 'Error response from daemon: no such image' >&2; exit 1; else {Written}; fi",
        "error CSDK3007: The answer of '{docker} image inspect sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f' cannot be read: Error response from daemon: no such image; run it by hand to see more");

    [Fact]
    public Task CSDK3007_NothingSaysWhichImageWasMade() => AssertFailure(
        "exit 0", "error CSDK3007: The answer of '{docker} image inspect' cannot be read: the builder does not say which image it made; run it by hand to see more");

    [Fact]
    public Task CSDK4008_ABaseImageThatWantsALogin() => AssertFailure(
        FakeDocker.Replays("locked-base.txt", 1),
        "error CSDK4008: The registry of '127.0.0.1:5001/team/x:1' does not give it without a valid login (pulling from host 127.0.0.1:5001 failed with status code [manifests 1]: 401 Unauthorized); run 'docker login 127.0.0.1:5001', or, for ContainerBaseImage, set the environment variables DOTNET_CONTAINER_PULL_REGISTRY_UNAME and DOTNET_CONTAINER_PULL_REGISTRY_PWORD");

    [Fact]
    public async Task CSDK3011_AWarningThatCountsAsAnErrorKeepsTheImageFromGettingItsName()
    {
        using var docker = new FakeDocker(FakeDocker.Replays("dotnet-warnings.txt", 0));
        var reporter = new RecordingReporter { RefusedCode = "CS0219" };

        var image = await docker.Engine.BuildAsync(Requests.Plain, reporter, TestContext.Current.CancellationToken);

        Assert.Null(image);
        Assert.Equal(
            ["error CSDK3011: The image was built, but gets no name, because warnings of the builder, which are above, count as errors here; correct them, or name their codes in MSBuildWarningsNotAsErrors or NoWarn"],
            reporter.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.Equal([BuildCall], docker.Calls);
    }

    private static async Task AssertFailure(string script, string expected)
    {
        using var docker = new FakeDocker(script);
        var reporter = new RecordingReporter();

        var image = await docker.Engine.BuildAsync(Requests.Plain, reporter, TestContext.Current.CancellationToken);

        Assert.Null(image);
        Assert.Equal([expected.Replace("{docker}", docker.Command, StringComparison.Ordinal)], reporter.Diagnostics.Select(diagnostic => diagnostic.ToString()));
    }

    private static void AssertImage(BuiltImage expected, BuiltImage? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.References, actual.References);
        Assert.Equal(expected.Layers, actual.Layers);
        Assert.Equal(expected with { References = [], Layers = [] }, actual with { References = [], Layers = [] });
    }
}

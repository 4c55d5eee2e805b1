using ContainerSdk.Images;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Engines.Tests;

/// <summary>What registries answer, as docker 20.10 and BuildKit 0.8 to 0.25 were seen to print it.</summary>
public sealed class DockerEnginePushTests
{
    private const string Digest = "sha256:640359038e6ea5ed47c997fa6214927e07ad63edc11b671f50e5cfbf97c56f79";

    private static readonly ImageReference Name = Requests.Image("localhost:5000/dt/a:1");

    [Fact]
    public async Task TakesTheDigestFromWhatPushPrints()
    {
        using var docker = new FakeDocker($"""
            cat <<'END'
            The push refers to repository [localhost:5000/dt/a]
            9547de6759d2: Preparing
            9547de6759d2: Pushed
            1: digest: {Digest} size: 523
            END
            """);

        Assert.Equal(Digest, await docker.Engine.PushAsync(Requests.Plain, Name, new RecordingReporter(), TestContext.Current.CancellationToken));
        Assert.Equal(["push localhost:5000/dt/a:1"], docker.Calls);
    }

    [Fact]
    public async Task TakesTheDigestFromTheImageWherePushPrintsNone()
    {
        using var docker = new FakeDocker($$"""
            [ "$1" = image ] || exit 0
            echo '[{ "RepoDigests": ["dt/a@sha256:{{new string('0', 64)}}", "localhost:5000/dt/a@{{Digest}}"] }]'
            """);

        Assert.Equal(Digest, await docker.Engine.PushAsync(Requests.Plain, Name, new RecordingReporter(), TestContext.Current.CancellationToken));
        Assert.Equal(["push localhost:5000/dt/a:1", "image inspect localhost:5000/dt/a:1"], docker.Calls);
    }

    [Fact]
    public async Task CSDK3007_APushWithoutADigest() => Assert.Equal(
        "error CSDK3007: The answer of '{docker} push localhost:5000/dt/a:1' cannot be read: it names no digest; run it by hand to see more", await Failure(Requests.Plain, "echo '[]'"));

    [Theory]
    [InlineData("no basic auth credentials")]
    [InlineData("unauthorized: authentication required")]
    [InlineData("unauthorized")]
    [InlineData("unexpected status from HEAD request to http://127.0.0.1:5001/v2/dt/a/blobs/sha256:9401: 401 Unauthorized")]
    [InlineData("pulling from host 127.0.0.1:5001 failed with status code [manifests 1]: 401 Unauthorized")]
    public async Task CSDK4001_ARegistryThatWantsALogin(string reason) => await AssertFailure(
        $"error CSDK4001: ContainerRegistry 'localhost:5000' does not take 'dt/a:1' without a valid login ({reason}); run 'docker login localhost:5000', or set the environment variables DOTNET_CONTAINER_PUSH_REGISTRY_UNAME and DOTNET_CONTAINER_PUSH_REGISTRY_PWORD",
        reason);

    [Theory]
    [InlineData("denied")]
    [InlineData("denied: requested access to the resource is denied")]
    [InlineData("error parsing HTTP 403 response body: invalid character 'o' in literal false (expecting 'a'): \"forbidden by proxy\"")]
    [InlineData("Error response from daemon: denied: permission denied for this daemon")]
    public async Task CSDK4002_ARegistryThatForbidsThePush(string reason) => await AssertFailure(
        $"error CSDK4002: ContainerRegistry 'localhost:5000' forbids to push 'dt/a:1' ({reason}); check that ContainerRepository is one that this login may write to, or log in as another user with 'docker login localhost:5000'",
        reason);

    [Theory]
    [InlineData("name unknown")]
    [InlineData("name unknown: The repository with name 'dt/a' does not exist in the registry")]
    [InlineData("error parsing HTTP 404 response body: unexpected end of JSON input: \"\"")]
    public async Task CSDK4003_ARegistryWithoutThatRepository(string reason) => await AssertFailure(
        $"error CSDK4003: ContainerRegistry 'localhost:5000' knows no repository 'dt/a:1' ({reason}); create it there first, or correct ContainerRepository", reason);

    [Theory]
    [InlineData("Get \"http://localhost:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused")]
    [InlineData("Get \"https://nosuch.invalid/v2/\": dial tcp: lookup nosuch.invalid on 10.0.0.53:53: no such host")]
    [InlineData("Get \"https://10.0.0.9:5103/v2/\": dial tcp 10.0.0.9:5103: connect: no route to host")]
    [InlineData("Get \"https://example.com/v2/\": net/http: TLS handshake timeout")]
    [InlineData("Get \"https://example.com/v2/\": EOF")]
    public async Task CSDK4004_ARegistryThatCannotBeReached(string reason) => await AssertFailure(
        $"error CSDK4004: ContainerRegistry 'localhost:5000' cannot be reached to push 'dt/a:1' ({reason}); check its name, and the network and proxy of the docker engine, which does the pushing", reason);

    [Theory]
    [InlineData("Get \"https://10.0.0.2:5101/v2/\": x509: cannot validate certificate for 10.0.0.2 because it doesn't contain any IP SANs")]
    [InlineData("Get \"https://10.0.0.2:5102/v2/\": tls: first record does not look like a TLS handshake")]
    [InlineData("Get \"https://10.0.0.2:5102/v2/\": http: server gave HTTP response to HTTPS client")]
    public async Task CSDK4005_ARegistryThatIsNotTrusted(string reason) => await AssertFailure(
        $"error CSDK4005: The docker engine refuses the TLS of ContainerRegistry 'localhost:5000' to push 'dt/a:1' ({reason}); give docker the registry's certificate in /etc/docker/certs.d/localhost:5000/ca.crt, or name the registry in the engine's insecure-registries",
        reason);

    [Theory]
    [InlineData("received unexpected HTTP status: 500 Internal Server Error")]
    [InlineData("invalid checksum digest format")]
    [InlineData("manifest 5401 is broken")]
    public async Task CSDK4006_AnyOtherFailure(string reason) => await AssertFailure(
        $"error CSDK4006: Pushing 'dt/a:1' to ContainerRegistry 'localhost:5000' failed: {reason}; try again, or see what the registry says with 'docker push localhost:5000/dt/a:1'", reason);

    [Fact]
    public async Task CSDK3002_TheDaemonStopped() => Assert.StartsWith(
        "error CSDK3002: '{docker}' is installed, but its daemon does not answer", await Failure(Requests.Plain, "echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?' >&2; exit 1"), StringComparison.Ordinal);

    [Fact]
    public async Task ABuilderBesideAClassicStorePushesOciByItself()
    {
        using var folder = new TempFolder();
        using var docker = new FakeDocker(OciWriters.Builder + $$"""

            echo '{ "containerimage.config.digest": "sha256:aa", "containerimage.digest": "{{Digest}}" }' > '{{folder["metadata"]}}'
            """);
        var request = Requests.Plain with { Plan = Requests.Plain.Plan with { Format = ImageFormat.Oci }, MetadataPath = folder["metadata"] };

        Assert.Equal(Digest, await docker.Engine.PushAsync(request, Name, new RecordingReporter(), TestContext.Current.CancellationToken));
        Assert.Equal(
            ["buildx inspect", "info --format {{json .DriverStatus}}", $"buildx build --progress plain --provenance=false --output type=image,oci-mediatypes=true,push=true --tag localhost:5000/dt/a:1 --platform linux/amd64 --file /repo/api/obj/container/Dockerfile --metadata-file {folder["metadata"]} /repo/api"],
            docker.Calls);
    }

    [Fact]
    public async Task CSDK4001_ABuilderThatTheRegistryRefuses() => Assert.StartsWith(
        "error CSDK4001: ContainerRegistry 'localhost:5000' does not take 'dt/a:1' without a valid login (failed to push localhost:5000/dt/a:1: unexpected status from HEAD request to http://localhost:5000/v2/: 401 Unauthorized)",
        await Failure(
            Requests.Plain with { Plan = Requests.Plain.Plan with { Format = ImageFormat.Oci } },
            OciWriters.Builder + "\necho 'ERROR: failed to solve: failed to push localhost:5000/dt/a:1: unexpected status from HEAD request to http://localhost:5000/v2/: 401 Unauthorized' >&2; exit 1"),
        StringComparison.Ordinal);

    [Fact]
    public async Task AStoreThatKeepsManifestsPushesOciAsItIs()
    {
        using var docker = new FakeDocker(OciWriters.Store + $"\necho '1: digest: {Digest} size: 523'");

        Assert.Equal(Digest, await docker.Engine.PushAsync(
            Requests.Plain with { Plan = Requests.Plain.Plan with { Format = ImageFormat.Oci } }, Name, new RecordingReporter(), TestContext.Current.CancellationToken));
        Assert.Equal("push localhost:5000/dt/a:1", docker.Calls[^1]);
    }

    [Theory]
    [InlineData("printf '{\\n  \"schemaVersion\": 2\\n}'", "{\n  \"schemaVersion\": 2\n}")]
    [InlineData("exit 1", null)]
    [InlineData("exit 0", null)]
    public async Task ReadsTheManifestBackAsItIs(string script, string? expected)
    {
        using var docker = new FakeDocker(script);

        Assert.Equal(expected, await docker.Engine.FetchManifestAsync(Name, Digest, [], TestContext.Current.CancellationToken));
        Assert.Equal([$"buildx imagetools inspect --raw localhost:5000/dt/a@{Digest}"], docker.Calls);
    }

    // The error comes between lines of progress, which are another stream's.
    private static async Task AssertFailure(string expected, string reason) => Assert.Equal(
        expected + "\n  The image is in the engine as localhost:5000/dt/a:1; publishing again only pushes it.",
        await Failure(Requests.Plain, $"""
            cat >&2 <<'END'
            The push refers to repository [localhost:5000/dt/a]
            {reason}
            9547de6759d2: Preparing
            9547de6759d2: Retrying in 1 second
            END
            exit 1
            """));

    private static async Task<string> Failure(BuildRequest request, string script)
    {
        using var docker = new FakeDocker(script);
        var reporter = new RecordingReporter();

        Assert.Null(await docker.Engine.PushAsync(request, Name, reporter, TestContext.Current.CancellationToken));
        return Assert.Single(reporter.Diagnostics).ToString().Replace(docker.Command, "{docker}", StringComparison.Ordinal);
    }
}

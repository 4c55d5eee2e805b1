using ContainerSdk.Engines.Docker;
using ContainerSdk.Images;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class DockerArgumentsTests
{
    [Fact]
    public void BuildsWithOneTag() => Assert.Equal(
        [
            "buildx", "build", "--progress", "plain", "--provenance=false", "--load",
            "--platform", "linux/amd64",
            "--file", "/repo/api/obj/container/Dockerfile",
            "--metadata-file", "/repo/api/obj/container/image.json.metadata",
            "--tag", "docker.io/library/api:1.4",
            "/repo/api",
        ],
        DockerArguments.Build(Requests.Plain));

    [Fact]
    public void BuildsWithSeveralTagsInOrder() => Assert.Equal(
        [
            "buildx", "build", "--progress", "plain", "--provenance=false", "--load",
            "--platform", "linux/amd64",
            "--file", "/repo/api/obj/container/Dockerfile",
            "--metadata-file", "/repo/api/obj/container/image.json.metadata",
            "--tag", "ghcr.io/team/api:2.0",
            "--tag", "ghcr.io/team/api:latest",
            "--tag", "localhost:5000/api:1",
            "/repo/api",
        ],
        DockerArguments.Build(Requests.WithDestinations("ghcr.io/team/api:2.0", "ghcr.io/team/api:latest", "localhost:5000/api:1")));

    [Fact]
    public void NamesSecretsAndProxiesAndNoValue() => Assert.Equal(
        [
            "buildx", "build", "--progress", "plain", "--provenance=false", "--load",
            "--platform", "linux/amd64",
            "--file", "/repo/api/obj/container/Dockerfile",
            "--metadata-file", "/repo/api/obj/container/image.json.metadata",
            "--tag", "docker.io/library/api:1.4",
            "--secret", "id=feed,env=FEED_PASSWORD",
            "--secret", "id=config,src=/home/me/my nuget.config",
            "--secret", "id=odd,\"src=/home/me/a,b \"\"c\"\"\"",
            "--build-arg", "HTTP_PROXY",
            "--build-arg", "no_proxy",
            "/repo/api",
        ],
        DockerArguments.Build(Requests.Plain with
        {
            Secrets =
            [
                new HostSecret("feed", HostSecretKind.Variable, "FEED_PASSWORD"), new HostSecret("config", HostSecretKind.File, "/home/me/my nuget.config"),
                new HostSecret("odd", HostSecretKind.File, "/home/me/a,b \"c\""),
            ],
            Proxies = ["HTTP_PROXY", "no_proxy"],
        }));

    [Theory]
    [InlineData("arm64", null, "linux/arm64")]
    [InlineData("arm", "v7", "linux/arm/v7")]
    public void BuildsForAnotherPlatform(string architecture, string? variant, string expected) => Assert.Equal(
        [
            "buildx", "build", "--progress", "plain", "--provenance=false", "--load",
            "--platform", expected,
            "--file", "/repo/api/obj/container/Dockerfile",
            "--metadata-file", "/repo/api/obj/container/image.json.metadata",
            "--tag", "docker.io/library/api:1.4",
            "/repo/api",
        ],
        DockerArguments.Build(Requests.WithPlatform(new Platform("linux", architecture, variant))));

    [Fact]
    public void KeepsPathsWithSpacesInOneArgument() => Assert.Equal(
        [
            "buildx", "build", "--progress", "plain", "--provenance=false", "--load",
            "--platform", "linux/amd64",
            "--file", "/my repo/obj/it's \"here\"/Dockerfile",
            "--metadata-file", "/my repo/obj/image $1.json",
            "--tag", "docker.io/library/api:1.4",
            "/my repo",
        ],
        DockerArguments.Build(Requests.Plain with
        {
            DockerfilePath = "/my repo/obj/it's \"here\"/Dockerfile",
            MetadataPath = "/my repo/obj/image $1.json",
            ContextPath = "/my repo",
        }));

    [Fact]
    public void InspectsAnImage() =>
        Assert.Equal(["image", "inspect", "docker.io/library/api:1.4"], DockerArguments.Inspect("docker.io/library/api:1.4"));

    [Fact]
    public void InspectsAnImageByDigest() => Assert.Equal(
        ["image", "inspect", "sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f"],
        DockerArguments.Inspect("sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f"));

    [Fact]
    public void AsksForVersionsAndBuilder()
    {
        Assert.Equal(["version", "--format", "{{.Server.Version}}"], DockerArguments.Version);
        Assert.Equal(["buildx", "version"], DockerArguments.BuildxVersion);
        Assert.Equal(["buildx", "inspect"], DockerArguments.BuildxInspect);
    }
}

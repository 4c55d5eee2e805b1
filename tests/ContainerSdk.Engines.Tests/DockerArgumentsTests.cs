using ContainerSdk.Engines.Docker;
using ContainerSdk.Images;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class DockerArgumentsTests
{
    [Fact]
    public void BuildsUnderNoName() => Assert.Equal(
        [
            "buildx", "build", "--progress", "plain", "--provenance=false", "--load",
            "--platform", "linux/amd64",
            "--file", "/repo/api/obj/container/Dockerfile",
            "--metadata-file", "/repo/api/obj/container/image.json.metadata",
            "/repo/api",
        ],
        DockerArguments.Build(Requests.Plain));

    [Theory]
    [InlineData(ImageFormat.Docker, "type=docker,oci-mediatypes=false")]
    [InlineData(ImageFormat.Oci, "type=docker,oci-mediatypes=true")]
    public void BuildsInAChosenFormat(ImageFormat format, string expected) => AssertOutput(new BuildOutput.Store(format), ["--output", expected]);

    [Fact]
    public void BuildsStraightIntoARegistry() => AssertOutput(
        new BuildOutput.Registry(Requests.Image("localhost:5000/api:1")), ["--output", "type=image,oci-mediatypes=true,push=true", "--tag", "localhost:5000/api:1"]);

    [Theory]
    [InlineData("/out/api.tar", "type=oci,dest=/out/api.tar")]
    [InlineData("/out, or so/\"api\".tar", "type=oci,\"dest=/out, or so/\"\"api\"\".tar\"")]
    public void BuildsStraightIntoAnArchiveThatKnowsEveryName(string path, string expected) => AssertOutput(
        new BuildOutput.Archive(path), ["--output", expected, "--tag", "ghcr.io/team/api:2.0", "--tag", "localhost:5000/api:1"], "ghcr.io/team/api:2.0", "localhost:5000/api:1");

    private static void AssertOutput(BuildOutput output, string[] expected, params string[] names) => Assert.Equal(
        [
            "buildx", "build", "--progress", "plain", "--provenance=false", .. expected,
            "--platform", "linux/amd64",
            "--file", "/repo/api/obj/container/Dockerfile",
            "--metadata-file", "/repo/api/obj/container/image.json.metadata",
            "/repo/api",
        ],
        DockerArguments.Build((names.Length == 0 ? Requests.Plain : Requests.WithDestinations(names)) with { Output = output }));

    [Fact]
    public void NamesSecretsAndProxiesAndNoValue() => Assert.Equal(
        [
            "buildx", "build", "--progress", "plain", "--provenance=false", "--load",
            "--platform", "linux/amd64",
            "--file", "/repo/api/obj/container/Dockerfile",
            "--metadata-file", "/repo/api/obj/container/image.json.metadata",
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
    public void InspectsSeveralImagesAtOnce() => Assert.Equal(["image", "inspect", "sha256:aa", "api:1"], DockerArguments.Inspect("sha256:aa", "api:1"));

    [Fact]
    public void TagsPushesAndSaves()
    {
        var name = Requests.Image("localhost:5000/team/api:1.4");
        Assert.Equal(["tag", "sha256:aa", "localhost:5000/team/api:1.4"], DockerArguments.Tag("sha256:aa", name));
        Assert.Equal(["push", "localhost:5000/team/api:1.4"], DockerArguments.Push(name));
        Assert.Equal(["buildx", "imagetools", "inspect", "--raw", "localhost:5000/team/api@sha256:bb"], DockerArguments.Manifest(name, "sha256:bb"));
        Assert.Equal(
            ["save", "--output", "/out/my api.tar", "localhost:5000/team/api:1.4", "docker.io/library/api:latest"], DockerArguments.Save("/out/my api.tar", [name, Requests.Image("api:latest")]));
    }

    [Fact]
    public void AsksForVersionsBuilderAndStore()
    {
        Assert.Equal(["version", "--format", "{{.Server.Version}}"], DockerArguments.Version);
        Assert.Equal(["buildx", "version"], DockerArguments.BuildxVersion);
        Assert.Equal(["buildx", "inspect"], DockerArguments.BuildxInspect);
        Assert.Equal(["info", "--format", "{{json .DriverStatus}}"], DockerArguments.StoreDriver);
    }

    [Fact]
    public void TakesFilesOutOfAContainerThatIsNeverStarted()
    {
        Assert.Equal(["create", "--label", "containersdk=verification", "sha256:aa", "/"], DockerArguments.Create("sha256:aa"));
        Assert.Equal(["cp", "c0ffee:/app/it's $(a): --b", "-"], DockerArguments.Copy("c0ffee", "/app/it's $(a): --b"));
        Assert.Equal(["rm", "--force", "--volumes", "c0ffee"], DockerArguments.Remove("c0ffee"));
        Assert.Equal(["history", "--human=false", "--format", "{{.Size}}", "sha256:aa"], DockerArguments.History("sha256:aa"));
    }
}

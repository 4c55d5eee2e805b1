using ContainerSdk.Inputs;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

/// <summary>What a reviewer of the image would say: warnings, with a plan beside them.</summary>
public sealed class ReviewTests
{
    [Theory]
    [InlineData("ContainerBaseImage", "alpine", "docker.io/library/alpine")]
    [InlineData("ContainerBaseImage", " ghcr.io/team/base:latest", "ghcr.io/team/base")]
    [InlineData("ContainerBuilderImage", "golang:latest", "docker.io/library/golang")]
    public void CSDK1049_AnImageWithoutAVersionIsSaid(string property, string image, string name) => Assert.Equal(
        $"warning CSDK1049: {property} is '{image}', which another image may be tomorrow; name a version, for example '{name}:1.2', or a digest",
        Warned(SampleInputs.Valid.With(property, image)));

    [Fact]
    public void CSDK1049_SoIsOneThatFilesComeFrom() => Assert.Equal(
        "warning CSDK1049: From of ContainerFile '/bin/wget' is 'busybox', which another image may be tomorrow; name a version, for example 'docker.io/library/busybox:1.2', or a digest",
        Warned(SampleInputs.Valid.WithItem("ContainerFile", "/bin/wget", ("From", "busybox"), ("TargetPath", "/bin/"))));

    [Theory]
    [InlineData("alpine:3.22")]
    [InlineData("alpine@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("alpine:latest@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [InlineData("scratch")]
    public void AVersionOrADigestIsEnough(string image) => Assert.Equal("", Warned(SampleInputs.Valid.With("ContainerBaseImage", image)));

    [Theory]
    [InlineData("golang:1.25", "docker.io/library/golang:1.25")]
    [InlineData("example.com/sdk:1.0", "example.com/sdk:1.0")]
    public void CSDK1050_ABaseThatIsTheBuilderIsSaid(string image, string builder) => Assert.Equal(
        $"warning CSDK1050: ContainerBaseImage is '{image}', which is also the builder's image, so that all that compiles is shipped; choose a base image that only runs the application",
        Warned(SampleInputs.Valid.With("ContainerBaseImage", image).With("ContainerBuilderImage", builder)));

    [Fact]
    public void AnInterpreterIsTheSameInBoth() => Assert.Equal(
        "", Warned(SampleInputs.Valid.With("ContainerBaseImage", "example.com/sdk:1.0").With("ContainerBaseRunsBuilder", "true")));

    [Theory]
    [InlineData("wget -q -O /dev/null http://localhost:5002/health", "http://localhost:5002/health", "5002")]
    [InlineData("sh -c \"wget -qO- 'http://127.0.0.1:8080/'; exit $?\"", "http://127.0.0.1:8080/", "8080")]
    [InlineData("curl -f https://localhost/health", "https://localhost/health", "443")]
    public void CSDK1051_AHealthCheckOfAPortThatIsNotNamedIsSaid(string command, string address, string port) => Assert.Equal(
        $"warning CSDK1051: ContainerHealthCommand asks '{address}', and the image names no port; add <ContainerPort Include=\"{port}\" />",
        Warned(SampleInputs.Valid.With("ContainerHealthCommand", command)));

    [Theory]
    [InlineData("/app/run --health")]
    [InlineData("curl -f https://status.example.com/")]
    [InlineData("none")]
    public void AHealthCheckOfSomethingElseNeedsNoPort(string command) => Assert.Equal("", Warned(SampleInputs.Valid.With("ContainerHealthCommand", command)));

    [Fact]
    public void AHealthCheckOfANamedPortIsFine() =>
        Assert.Equal("", Warned(SampleInputs.Valid.With("ContainerHealthCommand", "wget http://localhost:8080/").WithItem("ContainerPort", "8080")));

    [Theory]
    [InlineData("/repo/app/", null)]
    [InlineData("/repo/app", null)]
    [InlineData("/repo/", null)]
    [InlineData("/src", "builder")]
    [InlineData("/", "builder")]
    public void CSDK1052_AFileThatIsTheWholeSourceIsSaid(string path, string? from) => Assert.Equal(
        $"warning CSDK1052: ContainerFile '{path}' copies the project's whole folder into the image, its sources included; name the files or the folder that the application reads",
        Warned(SampleInputs.Valid.WithItem("ContainerFile", path, from is null ? [("TargetPath", "/data/")] : [("TargetPath", "/data/"), ("From", from)])));

    [Theory]
    [InlineData("/repo/app/templates/", null)]
    [InlineData("/repo/app-data/", null)]
    [InlineData("/src/docs", "builder")]
    public void AFileOrFolderOfTheSourceIsFine(string path, string? from) => Assert.Equal(
        "", Warned(SampleInputs.Valid.WithItem("ContainerFile", path, from is null ? [("TargetPath", "/data/")] : [("TargetPath", "/data/"), ("From", from)])));

    [Theory]
    [InlineData("/app/run --health", "oci", "warning CSDK1056: ContainerHealthCommand is set, but ContainerImageFormat is 'OCI', which has no health check: docker finds it there all the same, podman and others do not; remove ContainerImageFormat, or set it to Docker")]
    [InlineData("/app/run --health", "Docker", "")]
    [InlineData("none", "OCI", "")]
    public void CSDK1056_AHealthCheckInAFormatThatHasNoneIsSaid(string command, string format, string said) =>
        Assert.Equal(said, Warned(SampleInputs.Valid.With("ContainerHealthCommand", command).With("ContainerImageFormat", format)));

    private static string Warned(ContainerInputs inputs)
    {
        var result = inputs.Plan();
        Assert.NotNull(result.Plan);
        return string.Join('\n', result.Diagnostics);
    }
}

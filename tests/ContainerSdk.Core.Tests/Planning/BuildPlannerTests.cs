using ContainerSdk.Images;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class BuildPlannerTests
{
    [Fact]
    public void ChoosesEveryDefault()
    {
        var plan = SampleInputs.Valid.Planned();
        Assert.Equal(
            ("App", "linux/amd64", "docker.io/library/app:latest", "/app", "/out -> /app", "1654:1654"),
            (plan.Name, string.Join(',', plan.Platforms), string.Join(',', plan.Destinations), plan.Runtime.WorkingDirectory.Value,
                string.Join(',', plan.Runtime.Layers.Select(layer => $"{layer.From} -> {layer.To}")), plan.Runtime.User.ToString()));
    }

    [Fact]
    public void AllMistakesAreSaidAtOnceEachOnceAndByCode()
    {
        var inputs = SampleInputs.Valid
            .With("ContainerEngine", "rocker")
            .With("ContainerImageTags", "-a;-a;-b")
            .With("ContainerUser", "Bad")
            .With("ContainerStaticLink", "maybe")
            .Without("ContainerBuilderImage")
            .WithItem("ContainerPort", "0")
            .WithItem("ContainerPort", "x")
            .WithItem("ContainerEnvironmentVariable", "API_TOKEN", ("Value", "x"))
            .WithItem("ContainerLabel", "no label", ("Value", "x\n"))
            .WithItem("ContainerMissingFile", "/repo/app/go.mod", ("Remedy", "run 'go mod init'"));
        Assert.Equal(
            """
            error CSDK1001: ContainerEngine is 'rocker'; expected 'auto', 'docker' or 'embedded'
            error CSDK1004: '-a' is not a valid tag in ContainerImageTags; use up to 128 letters, digits, '_', '.' and '-', not starting with '.' or '-'
            error CSDK1004: '-b' is not a valid tag in ContainerImageTags; use up to 128 letters, digits, '_', '.' and '-', not starting with '.' or '-'
            error CSDK1005: '0' is not a valid ContainerPort; use a number from 1 to 65535 with Type tcp, udp or sctp, for example <ContainerPort Include="8080" Type="tcp" />
            error CSDK1005: 'x' is not a valid ContainerPort; use a number from 1 to 65535 with Type tcp, udp or sctp, for example <ContainerPort Include="8080" Type="tcp" />
            error CSDK1006: 'no label' is not a valid name for ContainerLabel; use letters, digits, '.', '_', '-' and '/', starting with a letter or digit
            error CSDK1007: 'Bad' is not a valid ContainerUser; use a number from 0 to 4294967294 or a lower-case account name such as app
            error CSDK1009: The value of ContainerLabel 'no label' contains the control character U+000A, which a Dockerfile cannot carry; remove it, or read such a value from a file when the application starts
            error CSDK1010: ContainerStaticLink is 'maybe'; expected 'true' or 'false'
            error CSDK1013: ContainerBuilderImage has no value, and toolchain 'custom' has no default for it; set ContainerBuilderImage in the project
            warning CSDK1017: ContainerEnvironmentVariable 'API_TOKEN' looks like a secret, and its value would be readable by anyone who has the image; pass it when the container starts, or set NoWarn to CSDK1017 if the value is public
            error CSDK2002: Toolchain 'custom' needs '/repo/app/go.mod', and it does not exist; run 'go mod init'
            """,
            inputs.Said());
        Assert.Null(inputs.Plan().Plan);
    }

    [Fact]
    public void PortsAreSortedAndEachIsThereOnce()
    {
        var plan = SampleInputs.Valid.WithItem("ContainerPort", "8081").WithItem("ContainerPort", "53", ("Type", "udp"))
            .WithItem("ContainerPort", "53").WithItem("ContainerPort", "8081", ("Type", "TCP")).WithItem("ContainerPort", "80/tcp").Planned();
        Assert.Equal([new Port(53, "tcp"), new Port(53, "udp"), new Port(80, "tcp"), new Port(8081, "tcp")], plan.Runtime.Ports);
    }

    [Fact]
    public void TheLastValueOfAVariableWinsInThePlaceOfTheFirst()
    {
        var plan = SampleInputs.Valid
            .WithItem("ContainerEnvironmentVariable", "B", ("Value", "1")).WithItem("ContainerEnvironmentVariable", "A", ("Value", "2"))
            .WithItem("ContainerEnvironmentVariable", "B", ("Value", "3")).WithItem("ContainerEnvironmentVariable", "EMPTY").Planned();
        Assert.Equal([new EnvironmentVariable("B", "3"), new EnvironmentVariable("A", "2"), new EnvironmentVariable("EMPTY", "")], plan.Runtime.Environment);
    }

    [Fact]
    public void LabelsAreSortedByName()
    {
        var plan = SampleInputs.Valid.WithItem("ContainerLabel", "b", ("Value", "1")).WithItem("ContainerLabel", "a.z", ("Value", "2")).WithItem("ContainerLabel", "B", ("Value", "3")).Planned();
        Assert.Equal([new Label("B", "3"), new Label("a.z", "2"), new Label("b", "1")], plan.Runtime.Labels);
    }

    [Theory]
    [InlineData("scratch")]
    [InlineData(" scratch ")]
    public void ScratchIsNoImage(string text) => Assert.Null(SampleInputs.Valid.With("ContainerBaseImage", text).Planned().Runtime.Image);

    [Theory]
    [InlineData("1000", "1000")]
    [InlineData("app:app", "app:app")]
    [InlineData("root", "root")]
    public void TheUserIsTheOneChosen(string text, string expected) =>
        Assert.Equal(expected, SampleInputs.Valid.With("ContainerUser", text).Planned().Runtime.User.ToString());

    [Theory]
    [InlineData("ContainerRuntimeIdentifier", "linux-musl-arm64", "linux/arm64")]
    [InlineData("ContainerRuntimeIdentifiers", "linux-arm", "linux/arm/v7")]
    [InlineData("ContainerRuntimeIdentifiers", "linux-x64;linux-arm64; linux-x64;", "linux/amd64,linux/arm64")]
    public void ThePlatformComesFromTheRuntimeIdentifier(string property, string rid, string expected) =>
        Assert.Equal(expected, string.Join(',', SampleInputs.Valid.With(property, rid).Planned().Platforms));

    [Fact]
    public void AWordIsTheValueOfItsItemOrElseItsIdentity()
    {
        var plan = SampleInputs.Valid.WithItem("ContainerBuildCommand", "word", ("Value", "a;b *%24 ")).WithItem("ContainerBuildCommand", "-o").Planned();
        Assert.Equal(["make", "a;b *%24 ", "-o"], plan.Builders[0].BuildCommand);
    }

    [Fact]
    public void TheBuilderRecipeIsTakenOverWhole()
    {
        var builder = SampleInputs.Valid
            .WithItem("ContainerRestoreFile", "/repo/app/lock").WithItem("ContainerRestoreFile", "/repo/app/a").WithItem("ContainerRestoreFile", "/repo/app/lock")
            .WithWords("ContainerRestoreCommand", "make restore")
            .WithItem("ContainerBuilderFile", "/repo/app/obj/sdk/", ("TargetPath", "/opt/sdk/"))
            .WithItem("ContainerBuilderFile", "/repo/app/tool", ("TargetPath", "/opt/tool"))
            .WithItem("ContainerCache", "one", ("TargetPath", "/root/.cache/"))
            .WithItem("ContainerBuilderEnvironmentVariable", "CC", ("Value", "clang"))
            .WithItem("ContainerBuilderPackage", "clang").WithItem("ContainerBuilderPackage", "clang").Planned().Builders[0];
        Assert.Equal(["a", "lock"], builder.RestoreInputs);
        Assert.Equal(["make", "restore"], builder.RestoreCommand);
        Assert.Equal([new PlacedFile("obj/sdk/", "/opt/sdk/"), new PlacedFile("tool", "/opt/tool")], builder.Files);
        Assert.Equal([new CacheMount("one", ContainerPath.Create("/root/.cache"))], builder.Caches);
        Assert.Equal([new EnvironmentVariable("CC", "clang")], builder.Environment);
        Assert.Equal([new OsPackage("clang", null)], builder.Packages!.Packages);
        Assert.Equal(("/src", "/src", "./"), (builder.Root.Value, builder.WorkingDirectory.Value, string.Join(',', builder.Sources)));
    }
}

using ContainerSdk.Images;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class FilePlannerTests
{
    private static readonly ImageUser Root = new("0", "0");

    [Fact]
    public void AFileOfTheHostJoinsTheContext()
    {
        var plan = SampleInputs.Valid.WithItem("ContainerFile", "../conf/limits.json", ("Source", "/repo/conf/limits.json"), ("TargetPath", "/etc/app/")).Planned();
        Assert.Equal([new RuntimeStep.Copy(new FileSource.Context("conf/limits.json"), "/etc/app/", Root, null)], plan.Runtime.Preparation);
        Assert.Equal(("..", "/src/app"), (plan.Context.Root, plan.Builders[0].WorkingDirectory.Value));
    }

    [Theory]
    [InlineData("/repo/app/conf", "/etc/app", "conf", "/etc/app")]
    [InlineData("/repo/app/conf", "/etc/app/", "conf", "/etc/app/")]
    [InlineData("/repo/app/conf/", "/etc/app", "conf/", "/etc/app/")]
    [InlineData("/repo/app/conf/", " /etc//app// ", "conf/", "/etc/app/")]
    [InlineData("/repo/app/conf", "/", "conf", "/")]
    public void AFoldersContentGoesIntoAFolder(string source, string target, string path, string expected) => Assert.Equal(
        new RuntimeStep.Copy(new FileSource.Context(path), expected, Root, null),
        Step(SampleInputs.Valid.WithItem("ContainerFile", source, ("TargetPath", target))));

    [Theory]
    [InlineData("builder")]
    [InlineData(" Builder ")]
    public void AFileOfTheBuilderHasAnAbsolutePathThere(string from) => Assert.Equal(
        new RuntimeStep.Copy(new FileSource.Builder(ContainerPath.Create("/out/sbom.json")), "/sbom.json", Root, null),
        Step(SampleInputs.Valid.WithItem("ContainerFile", "/out/sbom.json", ("From", from), ("TargetPath", "/sbom.json"))));

    [Fact]
    public void AFileOfAnImageNamesItInFull() => Assert.Equal(
        new RuntimeStep.Copy(new FileSource.Image(ImageReference.Create(null, "library/busybox", "1.37"), ContainerPath.Create("/bin/wget")), "/usr/bin/", Root, null),
        Step(SampleInputs.Valid.WithItem("ContainerFile", "wget", ("From", "busybox:1.37"), ("Source", "/bin/wget"), ("TargetPath", "/usr/bin/"))));

    [Theory]
    [InlineData("1654", "755", "1654", "0755")]
    [InlineData(" app:app ", " 0640 ", "app:app", "0640")]
    public void OwnerAndModeAreThoseChosen(string owner, string mode, string expectedOwner, string expectedMode)
    {
        var copy = Step(SampleInputs.Valid.WithItem("ContainerFile", "/repo/app/x", ("TargetPath", "/x"), ("Owner", owner), ("Mode", mode)));
        Assert.Equal((expectedOwner, expectedMode), (copy.Owner.ToString(), copy.Mode!.ToString()));
    }

    [Theory]
    [InlineData("TargetPath", "etc", "error CSDK1008: 'etc' is not a valid container path in TargetPath of ContainerFile '/repo/app/x'; use an absolute Linux path without '..', quotes, '$' or '\\', for example /app")]
    [InlineData("TargetPath", "", "error CSDK1008: '' is not a valid container path in TargetPath of ContainerFile '/repo/app/x'; use an absolute Linux path without '..', quotes, '$' or '\\', for example /app")]
    [InlineData("Owner", "root user", "error CSDK1007: 'root user' is not a valid Owner of ContainerFile '/repo/app/x'; use a number from 0 to 4294967294 or a lower-case account name such as app")]
    [InlineData("Mode", "u+x", "error CSDK1024: Mode of ContainerFile '/repo/app/x' is 'u+x'; expected three or four octal digits, for example 0644, or 0755 for a program")]
    [InlineData("From", "No Image", "error CSDK1002: 'No Image' is not a valid image reference in From of ContainerFile '/repo/app/x': it is not of the form name[:tag][@digest]; expected registry/repository:tag, for example mcr.microsoft.com/dotnet/aspnet:10.0")]
    [InlineData("Source", "/other/x", "error CSDK2003: The only folder that holds both '/repo/app/' and '/other/x' is the file system's root; keep them in one repository, or set ContainerContextRoot")]
    [InlineData("Source", "/repo/app/a*b", "error CSDK2005: ContainerFile '/repo/app/a*b' has '*' or '?' in its name, and engines lose such a file when a Dockerfile copies it; rename it")]
    [InlineData("Source", "/repo/app/a\nb", "error CSDK1009: The value of ContainerFile contains the control character U+000A, which a Dockerfile cannot carry; remove it, or read such a value from a file when the application starts")]
    [InlineData("SourceExists", "false", "error CSDK2008: ContainerFile '/repo/app/x' does not exist; correct the path, which is relative to the project, or remove the item")]
    public void AMistakeNamesTheItemAndItsMetadata(string name, string value, string expected)
    {
        var metadata = new Dictionary<string, string> { ["TargetPath"] = "/x", [name] = value };
        Assert.Equal(expected, SampleInputs.Valid.WithItem("ContainerFile", "/repo/app/x", [.. metadata.Select(pair => (pair.Key, pair.Value))]).Said());
    }

    [Theory]
    [InlineData("out/x", "error CSDK1008: 'out/x' is not a valid container path in Source of ContainerFile 'out/x'; use an absolute Linux path without '..', quotes, '$' or '\\', for example /app")]
    [InlineData("/out/*.so", "error CSDK2005: ContainerFile '/out/*.so' has '*' or '?' in its name, and engines lose such a file when a Dockerfile copies it; rename it")]
    public void ASourceInAStageIsAbsoluteAndNoPattern(string source, string expected) =>
        Assert.Equal(expected, SampleInputs.Valid.WithItem("ContainerFile", source, ("From", "builder"), ("TargetPath", "/x/")).Said());

    [Theory]
    [InlineData("ContainerFile")]
    [InlineData("ContainerVolume")]
    public void ANamedOwnerOnScratchIsRefused(string kind) => Assert.Equal(
        $"error CSDK1029: Owner of {kind} '/repo/app/x' is '1654:app', but a scratch image has no /etc/passwd to look a name up in; use numbers, for example Owner=\"1654:1654\"",
        SampleInputs.Valid.With("ContainerBaseImage", "scratch").WithItem(kind, "/repo/app/x", ("TargetPath", "/x"), ("Owner", "1654:app")).Said());

    [Fact]
    public void WithoutABuilderNothingCanBeTakenFromIt() => Assert.Equal(
        "error CSDK1025: ContainerFile '/out/x' takes files from the builder stage, and with ContainerBuildMode=Host there is none; copy it from the host, or from an image",
        SampleInputs.Valid.With("ContainerBuildMode", "Host").WithItem("ContainerHostLayer", "/repo/app/app.tar").WithItem("ContainerFile", "/out/x", ("From", "builder"), ("TargetPath", "/x")).Said());

    private static RuntimeStep.Copy Step(ContainerInputs inputs) => Assert.IsType<RuntimeStep.Copy>(Assert.Single(inputs.Planned().Runtime.Preparation));
}

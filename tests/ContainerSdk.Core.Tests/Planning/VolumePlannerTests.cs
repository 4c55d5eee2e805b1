using ContainerSdk.Images;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class VolumePlannerTests
{
    [Fact]
    public void AVolumeBelongsToTheUserUnlessItHasAnOwner()
    {
        var runtime = SampleInputs.Valid.With("ContainerUser", "1000")
            .WithItem("ContainerVolume", "/var/lib/app/").WithItem("ContainerVolume", "/cache", ("Owner", "1700:1700")).WithItem("ContainerVolume", "/data", ("Owner", "app")).Planned().Runtime;
        Assert.Equal([Path("/cache"), Path("/data"), Path("/var/lib/app")], runtime.Volumes);
        Assert.Equal(
            [
                new RuntimeStep.Folder(Path("/cache"), new ImageUser("1700", "1700")),
                new RuntimeStep.Folder(Path("/data"), new ImageUser("app", null)),
                new RuntimeStep.Folder(Path("/var/lib/app"), new ImageUser("1000", null)),
            ],
            runtime.Preparation);
    }

    [Fact]
    public void AVolumeThatTheApplicationMayBringIsMadeAfterIt()
    {
        var runtime = SampleInputs.Valid.WithItem("ContainerVolume", "/app/data").WithItem("ContainerVolume", "/app2").WithItem("ContainerRun", "id", ("After", "App")).Planned().Runtime;
        Assert.Equal([new RuntimeStep.Folder(Path("/app2"), ImageUser.Default)], runtime.Preparation);
        Assert.Equal([new RuntimeStep.Shell("id"), new RuntimeStep.Folder(Path("/app/data"), ImageUser.Default)], runtime.Completion);
    }

    [Fact]
    public void OfAVolumeThatComesTwiceTheLastOwnerStands() => Assert.Equal(
        [new RuntimeStep.Folder(Path("/data"), new ImageUser("2", null))],
        SampleInputs.Valid.WithItem("ContainerVolume", "/data", ("Owner", "1")).WithItem("ContainerVolume", "/data/", ("Owner", "2")).Planned().Runtime.Preparation);

    [Theory]
    [InlineData("/srv/app")]
    [InlineData("/srv/")]
    [InlineData("/")]
    public void AVolumeThatWouldHideTheApplicationIsRefused(string path) => Assert.Equal(
        $"error CSDK1028: ContainerVolume '{path}' holds the application in '/srv/app', and a volume that an older image filled would hide the newer application; choose a folder below or beside it, for example '/srv/app/data'",
        SampleInputs.Valid.With("ContainerWorkingDirectory", "/srv/app").WithItem("ContainerVolume", path).Said());

    [Theory]
    [InlineData("data")]
    [InlineData("/a,$b")]
    [InlineData("/a/../b")]
    [InlineData("/a\nUSER root")]
    public void AnInvalidPathIsTheOnlyMistake(string path) => Assert.Equal(
        $"error CSDK1008: '{path.Replace("\n", "\\u000a", StringComparison.Ordinal)}' is not a valid container path in ContainerVolume; use an absolute Linux path without '..', quotes, '$' or '\\', for example /app",
        SampleInputs.Valid.WithItem("ContainerVolume", path).Said());

    [Fact]
    public void AnInvalidOwnerIsRefused() => Assert.Equal(
        "error CSDK1007: 'A:B:C' is not a valid Owner of ContainerVolume '/data'; use a number from 0 to 4294967294 or a lower-case account name such as app",
        SampleInputs.Valid.WithItem("ContainerVolume", "/data", ("Owner", "A:B:C")).Said());

    private static ContainerPath Path(string text) => ContainerPath.Create(text);
}

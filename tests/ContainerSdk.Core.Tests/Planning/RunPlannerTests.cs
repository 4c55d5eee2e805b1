using ContainerSdk.Plan;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class RunPlannerTests
{
    [Fact]
    public void CommandsStandWhereTheySayAndInTheOrderGiven()
    {
        var runtime = SampleInputs.Valid
            .WithItem("ContainerPackage", "curl").WithItem("ContainerFile", "/repo/app/x", ("TargetPath", "/x"))
            .WithItem("ContainerRun", "after app", ("After", "App")).WithItem("ContainerRun", "default")
            .WithItem("ContainerRun", "before app", ("Before", " app ")).WithItem("ContainerRun", "after files", ("After", "Files"))
            .WithItem("ContainerRun", "before files", ("Before", "FILES")).WithItem("ContainerRun", "after packages", ("After", "Packages"))
            .WithItem("ContainerRun", "before packages", ("Before", "Packages")).WithItem("ContainerRun", "default too").Planned().Runtime;
        Assert.Equal(
            ["before packages", "Install", "after packages", "before files", "Copy", "after files", "default", "before app", "default too"],
            runtime.Preparation.Select(step => step is RuntimeStep.Shell shell ? shell.Text : step.GetType().Name));
        Assert.Equal([new RuntimeStep.Shell("after app")], runtime.Completion);
    }

    [Fact]
    public void CommandsOfTheBuilderHaveFourPlaces() => Assert.Equal(
        [
            new BuilderRun(BuilderMoment.AfterBuild, "1"), new BuilderRun(BuilderMoment.BeforeRestore, "2"), new BuilderRun(BuilderMoment.AfterRestore, "3"),
            new BuilderRun(BuilderMoment.BeforeBuild, "4"), new BuilderRun(BuilderMoment.BeforeRestore, "5"),
        ],
        SampleInputs.Valid.WithItem("ContainerBuilderRun", "1", ("After", "Build")).WithItem("ContainerBuilderRun", "2").WithItem("ContainerBuilderRun", "3", ("After", "restore"))
            .WithItem("ContainerBuilderRun", "4", ("Before", "Build")).WithItem("ContainerBuilderRun", "5", ("Before", "Restore")).Planned().Builders[0].Runs);

    [Fact]
    public void TheTextIsTheValueOfItsItemOrElseItsIdentity() => Assert.Equal(
        [new RuntimeStep.Shell("rm -rf /tmp/*; echo '$HOME' \"%24\""), new RuntimeStep.Shell("id")],
        SampleInputs.Valid.WithItem("ContainerRun", "clean", ("Value", "rm -rf /tmp/*; echo '$HOME' \"%24\"")).WithItem("ContainerRun", "id", ("Value", "")).Planned().Runtime.Preparation);

    [Fact]
    public void ATextMayHaveSeveralLinesButNoOtherControlCharacter()
    {
        Assert.Equal("set -e\n\tid\n", Assert.IsType<RuntimeStep.Shell>(SampleInputs.Valid.WithItem("ContainerRun", "x", ("Value", "set -e\n\tid\n")).Planned().Runtime.Preparation[0]).Text);
        Assert.All(HostileValues.Uncarriable.Where(row => row.Character is not "U+000A"), row =>
        {
            Assert.Equal(
                $"error CSDK1009: The value of ContainerRun 'x' contains the control character {row.Character}, which a Dockerfile cannot carry; remove it, or read such a value from a file when the application starts",
                SampleInputs.Valid.WithItem("ContainerRun", "x", ("Value", row.Value)).Said());
        });
    }

    [Theory]
    [InlineData("ContainerRun", "Restore", "Packages, Files, App")]
    [InlineData("ContainerRun", "", "Packages, Files, App")]
    [InlineData("ContainerRun", "1", "Packages, Files, App")]
    [InlineData("ContainerBuilderRun", "App", "Restore, Build")]
    public void AnUnknownAnchorIsAnsweredWithTheAnchors(string kind, string anchor, string anchors) => Assert.Equal(
        anchor.Length == 0 ? "" : $"error CSDK1023: {kind} 'id' has Before='{anchor}'; expected either Before or After with one of: {anchors}",
        SampleInputs.Valid.WithItem(kind, "id", ("Before", anchor)).Said());

    [Fact]
    public void ACommandHasOnePlace() => Assert.Equal(
        "error CSDK1023: ContainerRun 'id' has Before='App' and After='Files'; expected either Before or After with one of: Packages, Files, App",
        SampleInputs.Valid.WithItem("ContainerRun", "id", ("After", "Files"), ("Before", "App")).Said());

    [Theory]
    [InlineData("ContainerRun", "ContainerBaseImage")]
    [InlineData("ContainerBuilderRun", "ContainerBuilderImage")]
    public void ACommandNeedsAShell(string kind, string property) => Assert.Equal(
        $"error CSDK1022: {kind} 'id' needs a shell, and {property} 'mcr.microsoft.com/dotnet/x:10.0-noble-chiseled' has none; use a base image that has one, for example 'mcr.microsoft.com/dotnet/x:10.0-noble', which is ContainerFamily 'noble'",
        SampleInputs.Valid.With(property, "mcr.microsoft.com/dotnet/x:10.0-noble-chiseled").WithItem(kind, "id").Said());
}

using ContainerSdk.Inputs;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class ContextPlannerTests
{
    [Theory]
    [InlineData("/repo/app/", ".", "./", "/src")]
    [InlineData("/repo/lib/", "..", "lib/", "/src/app")]
    [InlineData("/repo/app2/", "..", "app2/", "/src/app")]
    [InlineData("/repo/app/sub/", ".", "sub/", "/src")]
    [InlineData("/repo/Directory.Build.props", "..", "Directory.Build.props", "/src/app")]
    public void TheRootIsTheDeepestFolderThatHoldsEverything(string path, string root, string relative, string workingDirectory)
    {
        var plan = WithoutSources.WithItem("ContainerSource", path).Planned();
        Assert.Equal((root, relative, workingDirectory), (plan.Context.Root, string.Join(' ', plan.Context.Include), plan.Builders[0].WorkingDirectory.Value));
    }

    [Theory]
    [InlineData("/repo/", "..", "app/x", "/src/app")]
    [InlineData("/repo", "..", "app/x", "/src/app")]
    [InlineData("/repo/app/", ".", "x", "/src")]
    [InlineData("/", "../..", "repo/app/x", "/src/repo/app")]
    public void AChosenRootIsTaken(string chosen, string root, string relative, string workingDirectory)
    {
        var plan = WithoutSources.With("ContainerContextRoot", chosen).WithItem("ContainerSource", "/repo/app/x").Planned();
        Assert.Equal((root, relative, workingDirectory), (plan.Context.Root, string.Join(' ', plan.Context.Include), plan.Builders[0].WorkingDirectory.Value));
    }

    [Fact]
    public void AChosenRootBesideTheProjectIsRefusedBecauseTheProjectIsOutside() => Assert.Equal(
        "error CSDK2001: MSBuildProjectDirectory '/repo/app/' is outside the context root '/repo/other/'; move it inside, or set ContainerContextRoot to a folder that holds both",
        WithoutSources.With("ContainerContextRoot", "/repo/other").Said());

    [Fact]
    public void IncludedPathsAreSortedAndEachIsThereOnce()
    {
        var context = WithoutSources.WithItem("ContainerSource", "/repo/lib/").WithItem("ContainerSource", "/repo/app/").WithItem("ContainerRestoreFile", "/repo/app/app.csproj")
            .WithItem("ContainerRestoreFile", "/repo/Directory.Build.props").WithItem("ContainerSource", "/repo/app/").Planned().Context;
        Assert.Equal(["Directory.Build.props", "app/", "app/app.csproj", "lib/"], context.Include);
    }

    [Fact]
    public void ExclusionsAreSortedAndDenyEverythingUnlessTheyHaveAPattern()
    {
        var context = SampleInputs.Valid.WithItem("ContainerSourceExclude", "/repo/app/", ("Pattern", "**/obj")).WithItem("ContainerSourceExclude", "/repo/app/", ("Pattern", "**/bin"))
            .WithItem("ContainerSourceExclude", "/repo/app/docs/").Planned().Context;
        Assert.Equal([new ContextExclusion("./", "**/bin"), new ContextExclusion("./", "**/obj"), new ContextExclusion("docs/", "**")], context.Exclude);
    }

    [Fact]
    public void WhatHasAFolderIsCopiedWithItAndIncludedByItself()
    {
        var plan = WithoutSources.WithItem("ContainerSource", "/repo/app/a", ("Folder", "/repo/app/")).WithItem("ContainerSource", "/repo/app/b/", ("Folder", "/repo/app/")).WithItem("ContainerSource", "/repo/x").Planned();
        Assert.Equal(["app/", "x"], plan.Builders[0].Sources);
        Assert.Equal(["app/a", "app/b/", "x"], plan.Context.Include);
    }

    [Fact]
    public void AnExclusionWithoutASlashAtItsEndIsJustThatName()
    {
        var context = SampleInputs.Valid.WithItem("ContainerSourceExclude", "/repo/app/a b").WithItem("ContainerSourceExclude", "/repo/app/docs/x").Planned().Context;
        Assert.Equal([new ContextExclusion("./", "a[ ]b"), new ContextExclusion("docs/", "x")], context.Exclude);
    }

    [Fact]
    public void AFolderOutsideIsReportedOnceAndNotForEachOfItsFiles() => Assert.Equal(
        """
        error CSDK2001: ContainerSource '/repo/lib/' is outside the context root '/repo/app/'; move it inside, or set ContainerContextRoot to a folder that holds both
        error CSDK2001: ContainerSource '/repo/nuget.config' is outside the context root '/repo/app/'; move it inside, or set ContainerContextRoot to a folder that holds both
        """,
        WithoutSources.With("ContainerContextRoot", "/repo/app").WithItem("ContainerSource", "/repo/lib/a", ("Folder", "/repo/lib/")).WithItem("ContainerSource", "/repo/lib/b", ("Folder", "/repo/lib/"))
            .WithItem("ContainerRestoreFile", "/repo/lib/lib.csproj").WithItem("ContainerRestoreFile", "/repo/nuget.config").WithItem("ContainerSource", "/repo/nuget.config")
            .WithItem("ContainerSourceExclude", "/repo/lib/obj").Said());

    [Fact]
    public void AProjectOutsideIsReportedAndNotEachOfItsFiles() => Assert.Equal(
        "error CSDK2001: MSBuildProjectDirectory '/repo/app/' is outside the context root '/repo/app/sub/'; move it inside, or set ContainerContextRoot to a folder that holds both",
        WithoutSources.With("ContainerContextRoot", "/repo/app/sub").WithItem("ContainerSource", "/repo/app/").WithItem("ContainerRestoreFile", "/repo/app/app.csproj")
            .WithItem("ContainerBuilderFile", "/repo/app/obj/sdk/", ("TargetPath", "/sdk")).Said());

    /// <summary>The project's item may hold any text; the planner must come to an end with it.</summary>
    [Theory(Timeout = 5_000)]
    [InlineData("ContainerSource", "../lib/")]
    [InlineData("ContainerRestoreFile", "go.sum")]
    public async Task APathThatIsNotAbsoluteIsRefused(string kind, string path)
    {
        var result = await Task.Run(WithoutSources.WithItem(kind, path, ("TargetPath", "/x")).Plan, TestContext.Current.CancellationToken);
        Assert.False(result.Diagnostics.IsEmpty);
    }

    private static ContainerInputs WithoutSources => SampleInputs.Valid.Without("ContainerSource");
}

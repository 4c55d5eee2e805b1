using System.Reflection;
using ContainerSdk.Engines;
using ContainerSdk.Images.Store;
using ContainerSdk.Plan;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Core.Tests.Architecture;

/// <summary>Which room may use what.</summary>
public sealed class ArchitectureTests
{
    private static readonly Assembly Core = typeof(BuildPlan).Assembly;
    private static readonly Assembly Images = typeof(BlobStore).Assembly;
    private static readonly Assembly Engines = typeof(BuildRequest).Assembly;

    [Theory]
    [InlineData("Microsoft.Build")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.Net")]
    [InlineData("System.Console")]
    [InlineData("ContainerSdk.")]
    public void CoreDoesNotReferTo(string prefix) => Assert.DoesNotContain(AssemblyFacts.References(Core), name => name.StartsWith(prefix, StringComparison.Ordinal));

    [Theory]
    [InlineData("System.Environment")]
    [InlineData("System.Console")]
    [InlineData("System.Random")]
    [InlineData("System.IO.File")]
    [InlineData("System.IO.Directory")]
    [InlineData("System.IO.FileStream")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.Diagnostics.Stopwatch")]
    [InlineData("System.TimeProvider")]
    [InlineData("System.Guid.NewGuid")]
    [InlineData("System.DateTime.get_Now")]
    [InlineData("System.DateTime.get_UtcNow")]
    [InlineData("System.DateTimeOffset.get_Now")]
    [InlineData("System.DateTimeOffset.get_UtcNow")]
    public void CoreDoesNotUse(string name) => Assert.DoesNotContain(name, AssemblyFacts.Names(Core));

    [Fact]
    public void WhatIsLookedForIsFoundWhereItIs()
    {
        Assert.Contains("System.Diagnostics.Process", AssemblyFacts.References(Engines));
        Assert.Contains("System.Diagnostics.Process", AssemblyFacts.Names(Engines));
        Assert.Contains("System.Environment.GetEnvironmentVariable", AssemblyFacts.Names(typeof(ArchitectureTests).Assembly));
    }

    [Theory]
    [InlineData("Microsoft.Build")]
    [InlineData("System.Diagnostics.Process")]
    [InlineData("System.Console")]
    [InlineData("ContainerSdk.Engines")]
    public void ImagesDoNotReferTo(string prefix) => Assert.DoesNotContain(AssemblyFacts.References(Images), name => name.StartsWith(prefix, StringComparison.Ordinal));

    [Theory]
    [InlineData("System.Environment.GetEnvironmentVariable")]
    [InlineData("System.Environment.GetFolderPath")]
    [InlineData("System.DateTime.get_UtcNow")]
    [InlineData("System.DateTimeOffset.get_UtcNow")]
    [InlineData("System.Random")]
    public void ImagesDoNotUse(string name) => Assert.DoesNotContain(name, AssemblyFacts.Names(Images));

    [Fact]
    public void EnginesDoNotKnowMSBuild() =>
        Assert.DoesNotContain(AssemblyFacts.References(Engines), name => name.StartsWith("Microsoft.Build", StringComparison.Ordinal));

    [Fact]
    public void OnlyTasksReferToMSBuildPackages() => Assert.Equal(
        ["ContainerSdk.Tasks.csproj"],
        Sources("*.csproj").Where(path => File.ReadAllText(path).Contains("Include=\"Microsoft.Build", StringComparison.Ordinal)).Select(path => Path.GetFileName(path)));

    [Fact]
    public void NoSourceFileIsLongerThan300Lines() =>
        Assert.Equal([], Sources("*.cs").Where(path => File.ReadLines(path).Count() > 300).Select(path => Path.GetFileName(path)));

    private static IEnumerable<string> Sources(string pattern) =>
        RepositoryFiles.Find("src", pattern);
}

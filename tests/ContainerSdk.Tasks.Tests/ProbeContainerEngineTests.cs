using Microsoft.Build.Framework;
using Xunit;

namespace ContainerSdk.Tasks.Tests;

/// <summary>The engine on PATH is <see cref="FakeDocker"/>.</summary>
public sealed class ProbeContainerEngineTests
{
    private static readonly (MessageImportance, string?) Found = (MessageImportance.Normal, "Container engine: docker 20.10.24, builder 'default' (docker), BuildKit 0.8");

    [Theory]
    [InlineData(null, "Portable")]
    [InlineData("", "Portable")]
    [InlineData("Portable", "Portable")]
    [InlineData("portable", "portable")]
    public void ChoosesADialectThatTheEngineReads(string? asked, string expected)
    {
        using var folder = new ProjectFolder();
        var task = new ProbeContainerEngine { Dialect = asked };

        Assert.True(folder.Execute(task));

        Assert.Equal(expected, task.Dialect);
        Assert.Equal([Found], folder.Log.Messages);
        Assert.Empty(folder.Log.Problems);
    }

    [Theory]
    [InlineData("BuildKit")]
    [InlineData("buildkit")]
    public void CSDK3005_TheEngineCannotReadTheDialect(string dialect)
    {
        using var folder = new ProjectFolder();

        Assert.False(folder.Execute(new ProbeContainerEngine { Dialect = dialect }));

        Assert.Equal(
            [folder.Error("CSDK3005", $"ContainerDialect is '{dialect}', but docker 20.10.24, builder 'default' (docker), BuildKit 0.8 reads only 'Portable'; remove ContainerDialect, or update the engine")],
            folder.Log.Problems);
        Assert.Equal([Found], folder.Log.Messages);
    }
}

using Xunit;

namespace ContainerSdk.Tasks.Tests;

/// <summary>The engine on PATH is <see cref="FakeDocker"/>; that none answers is tested where a process can have a PATH of its own.</summary>
public sealed class ChooseContainerEngineTests
{
    [Fact]
    public void DockerIsChosenWithoutAWordWhereItAnswers()
    {
        using var folder = new ProjectFolder();
        var task = new ChooseContainerEngine();

        Assert.True(folder.Execute(task));

        Assert.Equal("docker", task.Engine);
        Assert.Empty(folder.Log.Messages);
        Assert.Empty(folder.Log.Problems);
    }
}

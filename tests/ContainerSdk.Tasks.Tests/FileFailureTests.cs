using Xunit;

namespace ContainerSdk.Tasks.Tests;

public sealed class FileFailureTests
{
    [Fact]
    public void CSDK3008_NamesThePlanThatCannotBeRead()
    {
        using var folder = new ProjectFolder();
        Directory.CreateDirectory(folder["obj/container"]);

        Assert.False(folder.Execute(Dockerfile()));

        var plan = folder["obj/container/plan.json"];
        Assert.Equal(
            [folder.Error("CSDK3008", $"'{plan}' cannot be read or written: Could not find file '{plan}'; check its permissions and the free disk space, then publish again")],
            folder.Log.Problems);
    }

    [Fact]
    public void CSDK3008_NamesTheFileThatCannotBeWritten()
    {
        using var folder = new ProjectFolder();
        folder.WritePlan();
        var taken = Directory.CreateDirectory(folder["obj/container/Dockerfile"]).FullName;

        Assert.False(folder.Execute(Dockerfile()));

        Assert.Equal(
            [folder.Error("CSDK3008", $"'{taken}' cannot be read or written: Is a directory : '{taken}'; check its permissions and the free disk space, then publish again")],
            folder.Log.Problems);
    }

    [Fact]
    public void CSDK3008_IsAnErrorOfTheProject()
    {
        using var folder = new ProjectFolder();

        Assert.False(folder.Execute(Dockerfile()));

        Assert.Equal([folder.Error("CSDK3008", "")], folder.Log.Problems.Select(problem => problem with { Message = "" }));
    }

    [Fact]
    public void LeavesNoTemporaryFileWhereTheTargetCannotBeWritten()
    {
        using var folder = new ProjectFolder();
        folder.WritePlan();
        Directory.CreateDirectory(folder["obj/container/Dockerfile"]);
        var before = folder.Files;

        Assert.False(folder.Execute(Dockerfile()));

        Assert.Equal(before, folder.Files);
    }

    private static WriteDockerfile Dockerfile() => new() { PlanPath = "obj/container/plan.json", DockerfilePath = "obj/container/Dockerfile" };
}

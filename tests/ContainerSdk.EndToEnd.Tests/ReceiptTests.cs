using ContainerSdk.Testing;
using Microsoft.Build.Logging.StructuredLogger;
using Xunit;
using BuildTask = Microsoft.Build.Logging.StructuredLogger.Task;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A publish that has nothing to do starts no build; one that has something to do never believes the receipt.</summary>
public sealed class ReceiptTests
{
    [DockerFact]
    public void NothingChangedStartsNoBuildAndSetsTheSameResults()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-api");
        var first = Results(workspace, folder);

        var second = Publish(workspace, folder, "-v:normal", $"-bl:{folder}/obj/second.binlog").Expect();

        Assert.Equal(["hello-api -> docker.io/library/e2e-receipt:latest (up to date)"], second.LinesWith("hello-api -> "));
        var tasks = BinaryLog.ReadBuild($"{folder}/obj/second.binlog").FindChildrenRecursive<BuildTask>().Select(task => task.Name.Split('.')[^1]).ToHashSet();
        Assert.Contains("CheckContainerReceipt", tasks);
        Assert.DoesNotContain("ProbeContainerEngine", tasks);
        Assert.DoesNotContain("BuildContainerImage", tasks);
        Assert.DoesNotContain("TagContainerImage", tasks);
        Assert.Equal(first, Results(workspace, folder));
        workspace.Passed = true;
    }

    [DockerFact]
    public void EachThingThatChangesBuildsAgain()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        var program = Path.Combine(folder, "main.go");
        Publish(workspace, folder).Expect();

        Assert.False(IsBuilt(workspace, folder));
        File.AppendAllText(program, "// changed\n");
        Assert.True(IsBuilt(workspace, folder));
        Assert.False(IsBuilt(workspace, folder));
        CommandLine.Run(folder, "chmod", "u+x", program).Expect();
        Assert.True(IsBuilt(workspace, folder));
        Assert.True(IsBuilt(workspace, folder, "-p:ContainerUser=1000"));
        Assert.True(IsBuilt(workspace, folder));
        Assert.False(IsBuilt(workspace, folder));
        Assert.True(IsBuilt(workspace, folder, "-p:ContainerForceBuild=true"));
        Docker.Run("tag", "alpine:3.22", "e2e-receipt:latest");
        Assert.True(IsBuilt(workspace, folder));
        Docker.Run("rmi", "e2e-receipt:latest");
        Assert.True(IsBuilt(workspace, folder));
        Assert.False(IsBuilt(workspace, folder));
        File.Delete(Path.Combine(folder, "obj/container/receipt.json"));
        Assert.True(IsBuilt(workspace, folder));
        workspace.Passed = true;
    }

    [DockerFact]
    public void AFailedBuildLeavesTheLastImageAndItsReceipt()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        var program = Path.Combine(folder, "main.go");
        var text = File.ReadAllText(program);
        Publish(workspace, folder).Expect();
        var id = Docker.Run("image", "inspect", "--format", "{{.Id}}", "e2e-receipt:latest");

        File.WriteAllText(program, text + "nonsense\n");
        Publish(workspace, folder).Expect(1);
        Assert.Equal(id, Docker.Run("image", "inspect", "--format", "{{.Id}}", "e2e-receipt:latest"));
        File.WriteAllText(program, text);
        Assert.False(IsBuilt(workspace, folder));
        workspace.Passed = true;
    }

    private static bool IsBuilt(Workspace workspace, string folder, params string[] more)
    {
        var result = Publish(workspace, folder, more).Expect();
        var line = Assert.Single(result.LinesWith(" -> "));
        return !line.EndsWith("(up to date)", StringComparison.Ordinal);
    }

    private static string Results(Workspace workspace, string folder) => Publish(workspace, folder,
        "-getProperty:GeneratedContainerConfiguration", "-getProperty:GeneratedContainerDigest", "-getProperty:GeneratedContainerManifest", "-getProperty:GeneratedContainerMediaType", "-getProperty:ContainerBaseName",
        "-getItem:GeneratedContainer", "-getItem:GeneratedContainerName", "-getItem:ContainerImageTags").Expect().Output;

    private static CommandResult Publish(Workspace workspace, string folder, params string[] more) =>
        workspace.DotNet(folder, ["publish", "-t:PublishContainer", "--nologo", "-p:ContainerRepository=e2e-receipt", .. more]);
}

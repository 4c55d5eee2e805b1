using ContainerSdk.Testing;
using Microsoft.Build.Logging.StructuredLogger;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>What a second publish runs, and what never runs on the host.</summary>
public sealed class RebuildTests
{
    [DockerFact]
    public void NothingIsCompiledOnTheHostAndAnUnchangedProjectNowhere()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-api");
        Publish(workspace, folder, "first");

        var second = Publish(workspace, folder, "second");

        Assert.Equal([true, true, true, true, true, true, true], BuilderSteps(second));
        foreach (var name in new[] { "first", "second" })
        {
            var tasks = BinaryLog.ReadBuild(Path.Combine(workspace.Root, name + ".binlog")).FindChildrenRecursive<Microsoft.Build.Logging.StructuredLogger.Task>().Select(task => task.Name.Split('.')[^1]).Distinct().ToArray();
            Assert.Contains("BuildContainerImage", tasks);
            Assert.DoesNotContain("Csc", tasks);
        }

        Assert.False(Directory.Exists(Path.Combine(folder, "bin")));
        workspace.Passed = true;
    }

    [DockerFact]
    public void AChangedSourceLineRunsTheCompileStepAndNotRestore()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-api");
        Publish(workspace, folder, "first");
        var program = Path.Combine(folder, "Program.cs");
        File.WriteAllText(program, File.ReadAllText(program).Replace("Hello", $"Hello {Guid.NewGuid()}", StringComparison.Ordinal));

        var second = Publish(workspace, folder, "second");

        Assert.Equal([true, true, true, true, true, false, false], BuilderSteps(second));
        workspace.Passed = true;
    }

    private static CommandResult Publish(Workspace workspace, string folder, string name) =>
        workspace.DotNet(folder, "publish", "-t:PublishContainer", "-v:normal", "-p:ContainerRepository=rebuild", "-p:ContainerForceBuild=true", $"-bl:{Path.Combine(workspace.Root, name + ".binlog")}").Expect();

    // After FROM: WORKDIR, COPY of the SDK, COPY of the files above the project, COPY of the project (restore inputs), RUN restore, COPY sources, RUN publish.
    // True is a step whose result was there already.
    private static bool[] BuilderSteps(CommandResult result)
    {
        var steps = result.LinesWith("[build ").Select(line => line[line.IndexOf("[build ", StringComparison.Ordinal)..]).ToArray();
        var started = steps.Where(step => !step.EndsWith("(cached)", StringComparison.Ordinal) && step.Contains("] ", StringComparison.Ordinal)).Distinct().OrderBy(step => step, StringComparer.Ordinal);
        return [.. started.Where(step => !step.Contains("] FROM", StringComparison.Ordinal)).Select(step => steps.Contains(step + " (cached)"))];
    }
}

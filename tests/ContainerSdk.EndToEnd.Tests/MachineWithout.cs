using ContainerSdk.Testing;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>This machine as one on which some commands were never installed: a PATH with links to all the others.</summary>
internal static class MachineWithout
{
    /// <summary>Without any engine. The container tools that are left work on files and registries.</summary>
    public static Dictionary<string, string> Engines(Workspace workspace) => Commands(workspace, "docker", "podman", "buildah", "nerdctl");

    /// <summary>The environment without <paramref name="commands"/>, and without an engine that DOCKER_HOST would name.</summary>
    public static Dictionary<string, string> Commands(Workspace workspace, params string[] commands)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workspace.Root, "path-without-" + string.Join('-', commands)));
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Where(Directory.Exists).SelectMany(Directory.EnumerateFiles);
        foreach (var command in found.DistinctBy(Path.GetFileName).ExceptBy(commands, Path.GetFileName)) File.CreateSymbolicLink(Path.Combine(folder.FullName, Path.GetFileName(command)), command);
        return new() { ["PATH"] = folder.FullName, ["DOCKER_HOST"] = "" };
    }
}

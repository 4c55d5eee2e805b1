using System.Collections.Immutable;
using ContainerSdk.Engines.Processes;
using ContainerSdk.Images;

namespace ContainerSdk.Engines.Embedded;

/// <summary>An engine of this machine that keeps images and is asked for nothing else: docker or podman by its command.</summary>
/// <param name="command">Looked up on PATH.</param>
internal sealed class LocalEngine(string command)
{
    /// <summary>The command.</summary>
    public string Command => command;

    /// <summary>The first of <paramref name="commands"/> that answers; null if none does.</summary>
    public static async Task<LocalEngine?> FindAsync(ImmutableArray<string> commands, CancellationToken cancellation)
    {
        foreach (var candidate in commands)
        {
            var version = await ProcessRunner.RunAsync(new ProcessCommand(candidate, ["version", "--format", "{{.Server.Version}}"]), null, cancellation);
            if (version.Succeeded) return new LocalEngine(candidate);
        }

        return null;
    }

    /// <summary>Takes an image archive; what the engine said last if it does not, else null.</summary>
    public async Task<string?> LoadAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellation)
    {
        var result = await ProcessRunner.RunAsync(new ProcessCommand(command, ["load"]) { WriteInput = write }, null, cancellation);
        return result.Succeeded ? null : result.LastLine;
    }

    /// <summary>Whether it knows the image of that name by its manifest's digest.</summary>
    public async Task<bool> KeepsDigestAsync(ImageReference name, string digest, CancellationToken cancellation)
    {
        var result = await ProcessRunner.RunAsync(new ProcessCommand(command, ["image", "inspect", "--format", "{{json .RepoDigests}}", name.ToString()]), null, cancellation);
        return result.Succeeded && result.Output.Contains(digest, StringComparison.Ordinal);
    }

    /// <summary>Whether it has the image under every one of the names; <paramref name="digests"/> are those that an engine may call it by: its configuration's, or its manifest's.</summary>
    public async Task<bool> HasAsync(ImmutableArray<string> digests, ImmutableArray<ImageReference> names, CancellationToken cancellation)
    {
        var result = await ProcessRunner.RunAsync(new ProcessCommand(command, ["image", "inspect", "--format", "{{.Id}}", .. names.Select(name => name.ToString())]), null, cancellation);
        // One of them leaves the algorithm out.
        return result.Succeeded && result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries) is var ids && ids.Length == names.Length && ids.All(found => digests.Any(digest => digest.EndsWith(found.Trim(), StringComparison.Ordinal)));
    }
}

using System.Collections.Immutable;
using System.Formats.Tar;
using ContainerSdk.Engines.Processes;

namespace ContainerSdk.Engines.Docker;

/// <summary>Files of an image by way of a container that is made, never started, and removed.</summary>
/// <param name="command">The docker command.</param>
internal sealed class ContainerFiles(string command)
{
    /// <summary>The content of a file, by its path without a leading slash; null if it cannot be had.</summary>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(string image, string path, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte>? content = null;
        await UseAsync(image, container => CopyAsync(command, container, "/" + path, async (output, token) => content = await ReadAsync(output, token), cancellation), cancellation);
        return content;
    }

    /// <summary>Does something with a container of the image; false if none can be made.</summary>
    public async Task<bool> UseAsync(string image, Func<string, Task<bool>> use, CancellationToken cancellation)
    {
        var created = await RunAsync(DockerArguments.Create(image), cancellation);
        if (!created.Succeeded) return false;
        var container = created.Output.Trim();
        try
        {
            return await use(container);
        }
        finally
        {
            await RunAsync(DockerArguments.Remove(container), CancellationToken.None);
        }
    }

    /// <summary>Hands out a file or folder of a container as a tar archive; false if it is not there.</summary>
    public static async Task<bool> CopyAsync(string command, string container, string path, Func<Stream, CancellationToken, Task> read, CancellationToken cancellation) =>
        (await ProcessRunner.RunAsync(new ProcessCommand(command, DockerArguments.Copy(container, path)) { ReadOutput = read }, null, cancellation)).Succeeded;

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream tar, CancellationToken cancellation)
    {
        await using var reader = new TarReader(tar, leaveOpen: true);
        if (await reader.GetNextEntryAsync(copyData: false, cancellation) is not { EntryType: TarEntryType.RegularFile or TarEntryType.V7RegularFile } entry) return null;
        var content = new byte[entry.Length];
        if (entry.DataStream is { } data) await data.ReadExactlyAsync(content, cancellation);
        return content;
    }

    private Task<ProcessResult> RunAsync(ImmutableArray<string> arguments, CancellationToken cancellation) => ProcessRunner.RunAsync(new ProcessCommand(command, arguments), null, cancellation);
}

using ContainerSdk.Engines.Processes;
using ContainerSdk.Images;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Engines.Embedded;

/// <summary>One image of an engine's own store. The engine hands it out as an archive, when it is first read; that is deleted with this object.</summary>
/// <param name="command">docker or podman, looked up on PATH.</param>
/// <param name="name">The image.</param>
/// <param name="temporary">The folder for the archive.</param>
internal sealed class EngineStore(string command, ImageReference name, string temporary) : IImageSource, IDisposable
{
    private readonly string _path = Path.Combine(temporary, Path.GetRandomFileName());
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ArchiveSource? _archive;

    /// <summary>The command that <paramref name="path"/> stands for, as <c>docker:</c> and <c>podman:</c> do; null for the path of a file.</summary>
    public static string? CommandOf(string path) => path is "docker:" or "podman:" ? path[..^1] : null;

    /// <inheritdoc/>
    // What it was asked for by need not be written in the archive, which holds nothing else.
    public async Task<FoundManifest?> FindAsync(string tagOrDigest, CancellationToken cancellation) =>
        await (await OpenAsync(cancellation)).FindAsync(tagOrDigest == name.Digest ? name.Tag ?? "latest" : tagOrDigest, cancellation);

    /// <inheritdoc/>
    public async Task<Stream> OpenAsync(Descriptor blob, CancellationToken cancellation) => await (await OpenAsync(cancellation)).OpenAsync(blob, cancellation);

    /// <summary>Deletes the archive.</summary>
    public void Dispose()
    {
        _gate.Dispose();
        _archive?.Dispose();
        File.Delete(_path);
    }

    // Layers are read side by side.
    private async Task<ArchiveSource> OpenAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            return _archive ??= await SaveAsync(cancellation);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<ArchiveSource> SaveAsync(CancellationToken cancellation)
    {
        Directory.CreateDirectory(temporary);
        var result = await ProcessRunner.RunAsync(new ProcessCommand(command, ["save", "--output", _path, name.ToString()]), null, cancellation);
        if (result.ExitCode is null) throw new InvalidImageException($"ContainerBaseImagePath is '{command}:', but no '{command}' command was found on PATH");
        return result.Succeeded ? new ArchiveSource(_path, temporary) : throw new InvalidImageException($"'{command} save' does not hand it out: {result.LastLine}");
    }
}

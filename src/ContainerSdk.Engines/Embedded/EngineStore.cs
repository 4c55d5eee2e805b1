using ContainerSdk.Engines.Processes;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Store;

namespace ContainerSdk.Engines.Embedded;

/// <summary>One image of an engine's own store. The engine hands it out as an archive, when it is first read; that is deleted with this object.</summary>
/// <param name="command">docker or podman, looked up on PATH.</param>
/// <param name="image">What the engine calls the image.</param>
/// <param name="names">What it is asked for by here: a digest that need not be in the archive, and the name that is.</param>
/// <param name="temporary">The folder for the archive.</param>
internal sealed class EngineStore(string command, string image, (string? Digest, string Tag) names, string temporary) : IImageSource, IDisposable
{
    private readonly string _path = Path.Combine(temporary, Path.GetRandomFileName());
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ArchiveSource? _archive;
    private FileStream? _held;

    /// <summary>The command that <paramref name="path"/> stands for, as <c>docker:</c> and <c>podman:</c> do; null for the path of a file.</summary>
    public static string? CommandOf(string path) => path is "docker:" or "podman:" ? path[..^1] : null;

    /// <inheritdoc/>
    /// <exception cref="EngineStoreException">The engine does not hand it out.</exception>
    /// <exception cref="StoreException">The archive cannot be written.</exception>
    // What it was asked for by need not be written in the archive, which holds nothing else.
    public async Task<FoundManifest?> FindAsync(string tagOrDigest, CancellationToken cancellation) =>
        await (await OpenAsync(cancellation)).FindAsync(tagOrDigest == names.Digest ? names.Tag : tagOrDigest, cancellation);

    /// <inheritdoc/>
    /// <exception cref="EngineStoreException">The engine does not hand it out.</exception>
    /// <exception cref="StoreException">The archive cannot be written.</exception>
    public async Task<Stream> OpenAsync(Descriptor blob, CancellationToken cancellation) => await (await OpenAsync(cancellation)).OpenAsync(blob, cancellation);

    /// <summary>Deletes the archive.</summary>
    public void Dispose()
    {
        _gate.Dispose();
        _archive?.Dispose();
        _held?.Dispose();
        if (File.Exists(_path)) File.Delete(_path);
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
        try
        {
            Directory.CreateDirectory(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(e.Message, e);
        }

        var result = await ProcessRunner.RunAsync(new ProcessCommand(command, ["save", "--output", _path, image]), null, cancellation);
        if (result.ExitCode is null) throw new EngineStoreException(command, "no such command is on PATH");
        if (!result.Succeeded) throw new EngineStoreException(command, $"'{command} save' says: {result.LastLine}");
        // Locked, so that no other publish takes it for one that was left behind.
        _held = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        return new ArchiveSource(_path, temporary);
    }
}

/// <summary>An engine does not hand an image out of its store.</summary>
internal sealed class EngineStoreException : IOException
{
    public EngineStoreException()
    {
    }

    public EngineStoreException(string message)
        : base(message)
    {
    }

    public EngineStoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="command">The engine's command.</param>
    /// <param name="message">Why not.</param>
    public EngineStoreException(string command, string message)
        : base(message) => Command = command;

    /// <summary>The engine's command.</summary>
    public string Command { get; } = "";
}

using ContainerSdk.Images.Layers;

namespace ContainerSdk.Images;

/// <summary>
/// A folder as an image layer: an archive (https://github.com/opencontainers/image-spec/blob/main/layer.md) whose bytes depend on nothing but names,
/// contents and modes: entries sorted by name, owned by 0:0, all of one time.
/// </summary>
public static class LayerArchive
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode All = (UnixFileMode)0b111_111_111;
    private const UnixFileMode Executable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Writes what lies below <paramref name="folder"/>, without the folder itself.</summary>
    /// <exception cref="IOException">The folder cannot be read, or the stream not written.</exception>
    public static async Task WriteAsync(string folder, Stream stream, CancellationToken cancellation)
    {
        var writer = new TarWriter(stream);
        var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(info => (Name: Path.GetRelativePath(folder, info.FullName).Replace(Path.DirectorySeparatorChar, '/'), Info: info))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        foreach (var (name, info) in entries) await WriteAsync(writer, name, info, cancellation);
        await writer.FinishAsync(cancellation);
    }

    private static async Task WriteAsync(TarWriter writer, string name, FileSystemInfo info, CancellationToken cancellation)
    {
        var kind = info.LinkTarget is not null ? LayerEntryKind.SymbolicLink : info is DirectoryInfo ? LayerEntryKind.Folder : LayerEntryKind.File;
        await using var content = kind == LayerEntryKind.File ? new FileStream(info.FullName, FileMode.Open, FileAccess.Read, FileShare.Read) : null;
        await writer.WriteAsync(new LayerEntry { Name = name, Kind = kind, Mode = ModeOf(info), Size = content?.Length ?? 0, Target = info.LinkTarget ?? "" }, content, cancellation);
    }

    // Windows has no modes: an application's executable is the file without an extension.
    private static UnixFileMode ModeOf(FileSystemInfo info) =>
        info.LinkTarget is not null ? All
        : !OperatingSystem.IsWindows() ? info.UnixFileMode
        : info is DirectoryInfo || info.Extension.Length == 0 ? Executable
        : Plain;
}

using System.Formats.Tar;

namespace ContainerSdk.Images;

/// <summary>
/// A folder as an image layer: a PAX archive (https://github.com/opencontainers/image-spec/blob/main/layer.md) whose bytes depend on nothing but names,
/// contents and modes: entries sorted by name, owned by 0:0, all of one time.
/// </summary>
public static class LayerArchive
{
    /// <summary>The time of every entry: the oldest that a zip archive can hold, for applications that zip their own files.</summary>
    public static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode All = (UnixFileMode)0b111_111_111;
    private const UnixFileMode Executable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Writes what lies below <paramref name="folder"/>, without the folder itself.</summary>
    /// <exception cref="IOException">The folder cannot be read, or the stream not written.</exception>
    public static async Task WriteAsync(string folder, Stream stream, CancellationToken cancellation)
    {
        await using var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
        var entries = new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Select(info => (Name: Path.GetRelativePath(folder, info.FullName).Replace(Path.DirectorySeparatorChar, '/'), Info: info))
            .OrderBy(entry => entry.Name, StringComparer.Ordinal);
        foreach (var (name, info) in entries) await WriteAsync(writer, name, info, cancellation);
    }

    private static async Task WriteAsync(TarWriter writer, string name, FileSystemInfo info, CancellationToken cancellation)
    {
        var type = info.LinkTarget is not null ? TarEntryType.SymbolicLink : info is DirectoryInfo ? TarEntryType.Directory : TarEntryType.RegularFile;
        var entry = new PaxTarEntry(type, type == TarEntryType.Directory ? name + "/" : name) { ModificationTime = Time, Uid = 0, Gid = 0, Mode = ModeOf(info) };
        if (type == TarEntryType.SymbolicLink) entry.LinkName = info.LinkTarget!;
        if (type == TarEntryType.RegularFile) entry.DataStream = new FileStream(info.FullName, FileMode.Open, FileAccess.Read, FileShare.Read);
        await writer.WriteEntryAsync(entry, cancellation);
        if (entry.DataStream is { } data) await data.DisposeAsync();
    }

    // Windows has no modes: an application's executable is the file without an extension.
    private static UnixFileMode ModeOf(FileSystemInfo info) =>
        info.LinkTarget is not null ? All
        : !OperatingSystem.IsWindows() ? info.UnixFileMode
        : info is DirectoryInfo || info.Extension.Length == 0 ? Executable
        : Plain;
}

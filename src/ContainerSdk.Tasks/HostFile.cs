namespace ContainerSdk.Tasks;

/// <summary>The one item that names files of the host as a user writes them: relative to the project, and a folder with or without its slash.</summary>
internal static class HostFile
{
    private const string Source = "Source";
    private const string SourceExists = "SourceExists";
    private const string SourceMode = "SourceMode";

    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase) { Source, SourceExists, SourceMode };

    public static bool IsOne(string kind, IReadOnlyDictionary<string, string> metadata) =>
        kind == "ContainerFile" && string.IsNullOrEmpty(metadata.GetValueOrDefault("From"));

    /// <summary>
    /// The metadata with <c>Source</c> as a full path, a folder with a trailing slash; <c>SourceExists</c> where it does not; and a file's <c>SourceMode</c>,
    /// of which only the owner's right to execute counts, as in git: all else differs from one machine's umask to the next.
    /// </summary>
    public static IEnumerable<KeyValuePair<string, string>> Resolve(string identity, IReadOnlyDictionary<string, string> metadata, string projectDirectory)
    {
        var path = Path.GetFullPath(metadata.GetValueOrDefault(Source) is { Length: > 0 } source ? source : identity, projectDirectory);
        var isFolder = Directory.Exists(path);
        if (isFolder && !Path.EndsInDirectorySeparator(path)) path += Path.DirectorySeparatorChar;
        foreach (var pair in metadata.Where(pair => !Own.Contains(pair.Key))) yield return pair;
        yield return KeyValuePair.Create(Source, OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path);
        if (File.Exists(path)) yield return KeyValuePair.Create(SourceMode, IsExecutable(path) ? "0755" : "0644");
        else if (!isFolder) yield return KeyValuePair.Create(SourceExists, "false");
    }

    private static bool IsExecutable(string path) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute);
}

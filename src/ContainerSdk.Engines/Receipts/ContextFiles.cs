using ContainerSdk.Dockerfiles;

namespace ContainerSdk.Engines.Receipts;

/// <summary>Finds the files, folders and links that an ignore file admits to the build context, and enters no folder that it shuts.</summary>
internal static class ContextFiles
{
    /// <summary>The entries by their path relative to <paramref name="root"/>, with '/' between segments, in the order of their bytes.</summary>
    public static IReadOnlyDictionary<string, FileSystemInfo> Find(string root, DockerIgnoreFile ignored)
    {
        var found = new SortedDictionary<string, FileSystemInfo>(StringComparer.Ordinal);
        foreach (var start in ignored.Starts)
        {
            var full = Path.Combine(root, start.Path);
            if (Directory.Exists(full) && new DirectoryInfo(full) is { LinkTarget: null } folder) Walk(folder, start.Path, start);
            else if (Path.Exists(full)) Take(new FileInfo(full), start.Path);
        }

        return found;

        void Walk(DirectoryInfo folder, string path, IgnoreStart start)
        {
            if (path.Length > 0) Take(folder, path);
            if (path.Length > 0 && ignored.Ends(path, start)) return;
            foreach (var entry in folder.EnumerateFileSystemInfos())
            {
                var child = path.Length == 0 ? entry.Name : $"{path}/{entry.Name}";
                if (entry is DirectoryInfo { LinkTarget: null } inner) Walk(inner, child, start);
                else Take(entry, child);
            }
        }

        void Take(FileSystemInfo entry, string path)
        {
            if (ignored.Admits(path)) found[path] = entry;
        }
    }
}

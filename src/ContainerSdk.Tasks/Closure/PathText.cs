namespace ContainerSdk.Tasks.Closure;

/// <summary>Full paths with '/' between segments; a folder's ends in one.</summary>
internal static class PathText
{
    public static string Of(string path) => OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path;

    public static string OfFolder(string path) => Of(path) is var text && text.EndsWith('/') ? text : text + "/";

    /// <summary>The folder that holds a file or a folder.</summary>
    public static string FolderOf(string path) => path[..(path.AsSpan().TrimEnd('/').LastIndexOf('/') + 1)];

    public static string NameOf(string path) => path.TrimEnd('/') is var text ? text[(text.LastIndexOf('/') + 1)..] : "";

    public static bool IsWithin(string path, string folder) => path.StartsWith(folder, StringComparison.Ordinal);

    /// <summary>Whether they share more than the file system's root.</summary>
    public static bool AreNear(string path, string other) => CommonFolder([path, other]).AsSpan().TrimEnd('/').LastIndexOf('/') >= 0;

    /// <summary>The deepest folder that holds all of them; "/" or "" at least.</summary>
    public static string CommonFolder(IEnumerable<string> paths)
    {
        string? common = null;
        foreach (var path in paths)
        {
            common ??= path.EndsWith('/') ? path : FolderOf(path);
            while (!IsWithin(path, common)) common = FolderOf(common);
        }

        return common ?? "";
    }

    /// <summary>The folder, then the ones above it.</summary>
    public static IEnumerable<string> Upwards(string folder)
    {
        for (var current = folder; current.Length > 0; current = FolderOf(current)) yield return current;
    }
}

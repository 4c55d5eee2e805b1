using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>
/// Finds the context's root and makes every host path relative to it. Host paths are absolute, with '/' between segments; a folder ends in '/'.
/// </summary>
internal sealed class ContextPlanner
{
    private const string Secret = "ContainerSecret";

    private static readonly string[] RootedKinds = ["ContainerRestoreFile", "ContainerSource", "ContainerBuilderFile", LayerPlanner.HostArchive];

    private readonly InputReader _reader;
    private readonly string _project;
    private readonly string _root;
    private readonly List<string> _outside = [];

    private ContextPlanner(InputReader reader, string project, string root) => (_reader, _project, _root) = (reader, project, root);

    public static ContextPlanner Read(InputReader reader)
    {
        var project = Folder(reader.Required("MSBuildProjectDirectory"));
        var chosen = reader.Text("ContainerContextRoot");
        var planner = new ContextPlanner(reader, project, chosen is null ? CommonFolder(reader, project) : Folder(chosen));
        planner.Relative("MSBuildProjectDirectory", project);
        return planner;
    }

    /// <summary>The context of all the paths that the reader's items name.</summary>
    public BuildContext Build()
    {
        // A folder that lies outside is reported, and then not each of its files.
        _ = Copied("ContainerSource");
        return new BuildContext
        {
            Root = RelativeFolder(_project, _root),
            Include = [.. Paths("ContainerSource").Concat(Paths("ContainerRestoreFile")).Concat(Paths(LayerPlanner.HostArchive)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Exclude = [.. _reader.Items("ContainerSourceExclude").Select(Exclusion).Distinct().OrderBy(exclusion => exclusion.Folder + exclusion.Pattern, StringComparer.Ordinal)],
        };
    }

    /// <summary>The project's folder, relative to the root.</summary>
    public string Project => Relative("MSBuildProjectDirectory", _project) is var folder and not "./" ? folder.TrimEnd('/') : "";

    /// <summary>Whether a path of the host is a folder that the project lies in.</summary>
    public bool HoldsProject(string path) => _project.StartsWith(Folder(path), StringComparison.Ordinal);

    /// <summary>The items' paths, relative to the root.</summary>
    public ImmutableArray<string> Paths(string kind) =>
        [.. _reader.Items(kind).Where(item => !IsSecret(item.Identity)).Select(item => Relative(kind, item.Identity)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>A file of the host that only a build may read, named as the user named it, or relative to the root if it lies below.</summary>
    public SecretSource FileOf(string path) => Absolute(path) is { } absolute && absolute.StartsWith(_root, StringComparison.Ordinal)
        ? new SecretSource(SecretSourceKind.ContextFile, absolute[_root.Length..])
        : new SecretSource(SecretSourceKind.HostFile, path);

    // What is a secret is no part of the context, whoever else names it.
    private bool IsSecret(string path) => _reader.Items(Secret).Any(item => item["Path"] is { } file && Absolute(file) == path);

    /// <summary>A path as the project means it, in full; null if it starts at the user's home, which is not known here.</summary>
    public string? Absolute(string path) => Absolute(_project, path);

    /// <summary>What a COPY of the items names: an item's metadata <c>Folder</c>, of which the ignore file then lets only the items through, or the item itself.</summary>
    public ImmutableArray<string> Copied(string kind) =>
        [.. _reader.Items(kind).Where(item => !IsSecret(item.Identity)).Select(item => Relative(kind, item["Folder"] ?? item.Identity)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary><paramref name="path"/> relative to the root; the root itself is <c>./</c>.</summary>
    public string Relative(string kind, string path)
    {
        _reader.Checked(kind, path);
        if (path.AsSpan().IndexOfAny('*', '?') >= 0) _reader.Diagnostics.Add(Descriptors.PatternInName, kind, path);
        if (path == _root) return "./";
        if (path.StartsWith(_root, StringComparison.Ordinal)) return path[_root.Length..];
        if (_outside.Exists(folder => path == folder || (folder.EndsWith('/') && path.StartsWith(folder, StringComparison.Ordinal)))) return path;
        _outside.Add(path);
        _reader.Diagnostics.Add(Descriptors.OutsideContext, kind, path, _root);
        return path;
    }

    // A folder with a pattern; without one all that is in it, or for a path without a trailing slash just that file or folder.
    private ContextExclusion Exclusion(InputItem item)
    {
        const string Kind = "ContainerSourceExclude";
        var (path, pattern) = (item.Identity, item["Pattern"]);
        if (pattern is not null || path.EndsWith('/')) return new ContextExclusion(Relative(Kind, path), _reader.Checked(Kind, pattern ?? "**"));
        var folder = Parent(path + "/");
        return new ContextExclusion(Relative(Kind, folder), _reader.Checked(Kind, DockerIgnoreRenderer.Literal(path[folder.Length..])));
    }

    private static string CommonFolder(InputReader reader, string project)
    {
        var root = project;
        var secrets = reader.Items(Secret).Where(item => item.Is("InContext")).Select(item => Absolute(project, item["Path"] ?? "")).OfType<string>();
        foreach (var path in RootedKinds.SelectMany(reader.Items).Select(item => item.Identity).Concat(secrets).Concat(FilePlanner.HostPaths(reader)))
        {
            var before = root;
            while (!path.StartsWith(root, StringComparison.Ordinal) && root != "/") root = Parent(root);
            if (root == "/" && before != "/") reader.Diagnostics.Add(Descriptors.ContextIsRoot, project, path);
        }

        return root;
    }

    private static string Parent(string folder) => folder[..(folder.AsSpan(0, folder.Length - 1).LastIndexOf('/') + 1)] is { Length: > 0 } parent ? parent : "/";

    // Without a look at the disk: '.' and '..' are resolved as text.
    private static string? Absolute(string project, string path)
    {
        if (path.StartsWith("~/", StringComparison.Ordinal)) return null;
        var segments = new List<string>();
        foreach (var segment in (IsRooted(path) ? path : project + path).Split('/').Where(segment => segment is not ("" or ".")))
        {
            if (segment != "..") segments.Add(segment);
            else if (segments.Count > 0) segments.RemoveAt(segments.Count - 1);
        }

        return (project.StartsWith('/') ? "/" : "") + string.Join('/', segments);
    }

    // Also with a drive, as Windows has it.
    private static bool IsRooted(string path) => path.StartsWith('/') || (path.Length > 1 && path[1] == ':');

    private static string Folder(string path) => path.EndsWith('/') ? path : path + "/";

    // The way from the project's folder up to the root and, for a root that was chosen beside it, down again.
    private static string RelativeFolder(string from, string to)
    {
        var common = from;
        var up = 0;
        for (; !to.StartsWith(common, StringComparison.Ordinal) && common != "/"; up++) common = Parent(common);
        var down = to.Length > common.Length ? to[common.Length..].TrimEnd('/') : "";
        var path = string.Join('/', Enumerable.Repeat("..", up).Concat(down.Length > 0 ? [down] : []));
        return path.Length > 0 ? path : ".";
    }
}

using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>
/// Finds the context's root and makes every host path relative to it. Host paths are absolute, with '/' between segments; a folder ends in '/'.
/// </summary>
internal sealed class ContextPlanner
{
    private static readonly string[] RootedKinds = ["ContainerRestoreFile", "ContainerSource", "ContainerBuilderFile", LayerPlanner.HostArchive];

    private readonly InputReader _reader;
    private readonly string _project;
    private readonly string _root;

    private ContextPlanner(InputReader reader, string project, string root) => (_reader, _project, _root) = (reader, project, root);

    public static ContextPlanner Read(InputReader reader)
    {
        var project = Folder(reader.Required("MSBuildProjectDirectory"));
        var chosen = reader.Text("ContainerContextRoot");
        return new ContextPlanner(reader, project, chosen is null ? CommonFolder(reader, project) : Folder(chosen));
    }

    /// <summary>The context of all the paths that the reader's items name.</summary>
    public BuildContext Build() => new()
    {
        Root = RelativeFolder(_project, _root),
        Include = [.. Paths("ContainerRestoreFile").Concat(Paths("ContainerSource")).Concat(Paths(LayerPlanner.HostArchive)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Exclude =
        [
            .. _reader.Items("ContainerSourceExclude").Where(item => item.Identity.StartsWith(_root, StringComparison.Ordinal) || !IsSource(item.Identity))
                .Select(item => new ContextExclusion(Relative("ContainerSourceExclude", item.Identity), _reader.Checked("ContainerSourceExclude", item["Pattern"] ?? "**")))
                .OrderBy(exclusion => exclusion.Folder + exclusion.Pattern, StringComparer.Ordinal),
        ],
    };

    /// <summary>The project's folder, relative to the root.</summary>
    public string Project => Relative("MSBuildProjectDirectory", _project) is var folder and not "./" ? folder.TrimEnd('/') : "";

    /// <summary>The items' paths, relative to the root.</summary>
    public ImmutableArray<string> Paths(string kind) =>
        [.. _reader.Items(kind).Select(item => Relative(kind, item.Identity)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    // A source outside the context is reported once, and not again for what it excludes.
    private bool IsSource(string path) => _reader.Items("ContainerSource").Any(item => item.Identity == path);

    /// <summary><paramref name="path"/> relative to the root; the root itself is <c>./</c>.</summary>
    public string Relative(string kind, string path)
    {
        _reader.Checked(kind, path);
        if (path.AsSpan().IndexOfAny('*', '?') >= 0) _reader.Diagnostics.Add(Descriptors.PatternInName, kind, path);
        if (path == _root) return "./";
        if (path.StartsWith(_root, StringComparison.Ordinal)) return path[_root.Length..];
        _reader.Diagnostics.Add(Descriptors.OutsideContext, kind, path, _root);
        return path;
    }

    private static string CommonFolder(InputReader reader, string project)
    {
        var root = project;
        foreach (var path in RootedKinds.SelectMany(reader.Items).Select(item => item.Identity).Concat(FilePlanner.HostPaths(reader)))
        {
            var before = root;
            while (!path.StartsWith(root, StringComparison.Ordinal) && root != "/") root = Parent(root);
            if (root == "/" && before != "/") reader.Diagnostics.Add(Descriptors.ContextIsRoot, project, path);
        }

        return root;
    }

    private static string Parent(string folder) => folder[..(folder.AsSpan(0, folder.Length - 1).LastIndexOf('/') + 1)] is { Length: > 0 } parent ? parent : "/";

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

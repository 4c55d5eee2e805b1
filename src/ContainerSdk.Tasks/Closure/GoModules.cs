using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ContainerSdk.Tasks.Closure;

/// <summary>
/// What a Go program is made of: its module, or the modules of its workspace, and those that one of them takes from a folder.
/// </summary>
/// <param name="Folders">The modules' folders with a trailing slash, without those that lie in another.</param>
/// <param name="Files">The files that decide which modules are downloaded.</param>
/// <param name="Version">The first two numbers of the <c>go</c> directive; null without one.</param>
/// <param name="IsVendored">The dependencies lie beside the sources.</param>
/// <remarks>https://go.dev/ref/mod#go-mod-file, https://go.dev/ref/mod#go-work-file</remarks>
internal sealed partial record GoModules(ImmutableArray<string> Folders, ImmutableArray<string> Files, string? Version, bool IsVendored)
{
    /// <summary>The modules of the main package in a folder; null where neither it nor one above has a go.mod.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static GoModules? Of(string folder, bool takesWorkspace)
    {
        if (FolderOf("go.mod", folder) is not { } module) return null;
        var workspace = takesWorkspace ? FolderOf("go.work", folder) : null;
        var root = workspace ?? module;
        var rootDirectives = Read(Path.Combine(root, workspace is null ? "go.mod" : "go.work"));
        var modules = workspace is null ? [module] : Paths(rootDirectives, "use", workspace);
        modules = [.. modules, .. Paths(rootDirectives, "replace", root),
            .. modules.Where(_ => workspace is not null).SelectMany(used => Paths(Read(Path.Combine(used, "go.mod")), "replace", used))];
        modules = [.. modules.Where(Directory.Exists).Select(PathText.OfFolder).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new GoModules(
            [.. modules.Where(path => !modules.Any(other => other != path && PathText.IsWithin(path, other)))],
            [.. new[] { Path.Combine(root, "go.work"), Path.Combine(root, "go.work.sum") }.Where(_ => workspace is not null)
                .Concat(modules.SelectMany(path => new[] { path + "go.mod", path + "go.sum" })).Where(File.Exists)],
            VersionOf(rootDirectives) ?? VersionOf(Read(Path.Combine(module, "go.mod"))),
            File.Exists(Path.Combine(root, "vendor", "modules.txt")));
    }

    private static string? FolderOf(string file, string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, file))) return at.FullName;
        }

        return null;
    }

    // Both directives end with a path where they name a folder, and a path starts with a dot or a slash.
    private static ImmutableArray<string> Paths(ImmutableArray<ImmutableArray<string>> directives, string verb, string folder) =>
    [
        .. directives.Where(words => words[0] == verb && words.Length > 1 && (verb == "use" || words[^1].StartsWith('.') || Path.IsPathRooted(words[^1])))
            .Select(words => Path.GetFullPath(words[^1], folder)),
    ];

    private static string? VersionOf(ImmutableArray<ImmutableArray<string>> directives) =>
        directives.FirstOrDefault(words => words is ["go", _]) is { IsDefault: false } words && MajorAndMinor().Match(words[1]) is { Success: true } match ? match.Value : null;

    // A directive is a line, or a line of a block that its verb opens.
    private static ImmutableArray<ImmutableArray<string>> Read(string file)
    {
        var directives = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        string? verb = null;
        foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            ImmutableArray<string> words = [.. Word().Matches(Comment().Replace(line, "")).Select(match => match.Value.Trim('"', '`'))];
            if (words is [var opened, "("]) verb = opened;
            else if (words is [")"]) verb = null;
            else if (words.Length > 0) directives.Add(verb is null ? words : [verb, .. words]);
        }

        return directives.ToImmutable();
    }

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("""
        "[^"]*"|`[^`]*`|[()]|[^\s"`()]+
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Word();

    [GeneratedRegex(@"^\d+\.\d+")]
    private static partial Regex MajorAndMinor();
}

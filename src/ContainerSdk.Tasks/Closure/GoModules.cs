using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace ContainerSdk.Tasks.Closure;

/// <summary>What a Go program is made of: its module, or the modules of its workspace, and those that one of them takes from a folder.</summary>
/// <param name="Sources">Folders with a trailing slash, none of which lies in another, and files beside them.</param>
/// <param name="RestoreFiles">The files that decide which modules are downloaded.</param>
/// <param name="Version">The first two numbers of the <c>go</c> directive; null without one.</param>
/// <param name="IsVendored">The dependencies lie beside the sources.</param>
/// <remarks>https://go.dev/ref/mod#go-mod-file, https://go.dev/ref/mod#go-work-file</remarks>
internal sealed partial record GoModules(ImmutableArray<string> Sources, ImmutableArray<string> RestoreFiles, string? Version, bool IsVendored)
{
    private const string ModuleFile = "go.mod";
    private const string WorkspaceFile = "go.work";

    /// <summary>The module around a main package's folder; null where there is none.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static GoModules? OfModule(string folder) =>
        FolderOf(ModuleFile, folder) is { } module ? Of(module, Read(module + ModuleFile), [module], [], null) : null;

    /// <summary>The workspace around a main package's folder; null where there is none, or no module.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static GoModules? OfWorkspace(string folder)
    {
        if ((FolderOf(WorkspaceFile, folder), FolderOf(ModuleFile, folder)) is not ({ } root, { } module)) return null;
        var directives = Read(root + WorkspaceFile);
        return Of(root, directives, [module, .. Folders(directives, "use", root)], [root + WorkspaceFile, root + WorkspaceFile + ".sum"], VersionOf(Read(module + ModuleFile)));
    }

    private static GoModules Of(string root, ImmutableArray<ImmutableArray<string>> directives, ImmutableArray<string> modules, ImmutableArray<string> rootFiles, string? version)
    {
        modules = [.. modules.Concat(Folders(directives, "replace", root)).Concat(modules.SelectMany(used => Folders(Read(used + ModuleFile), "replace", used)))
            .Where(Directory.Exists).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var vendor = root + "vendor/";
        var isVendored = File.Exists(vendor + "modules.txt");
        var folders = isVendored ? modules.Add(vendor) : modules;
        ImmutableArray<string> files = [.. rootFiles.Concat(modules.SelectMany(path => new[] { path + ModuleFile, path + "go.sum" })).Where(File.Exists)];
        return new GoModules(
            [.. folders.Where(path => !folders.Any(other => other != path && PathText.IsWithin(path, other))), .. rootFiles.Where(file => isVendored && File.Exists(file))],
            files, VersionOf(directives) ?? version, isVendored);
    }

    private static string? FolderOf(string file, string folder) =>
        PathText.Upwards(PathText.OfFolder(folder)).FirstOrDefault(at => File.Exists(at + file));

    // Both directives end with a path where they name a folder; that of a replacement starts with a dot or a slash.
    private static IEnumerable<string> Folders(ImmutableArray<ImmutableArray<string>> directives, string verb, string folder) =>
        directives.Where(words => words[0] == verb && words.Length > 1 && (verb == "use" || words[^1].StartsWith('.') || Path.IsPathRooted(words[^1])))
            .Select(words => PathText.OfFolder(Path.GetFullPath(words[^1], folder)));

    private static string? VersionOf(ImmutableArray<ImmutableArray<string>> directives) =>
        directives.Where(words => words is ["go", _]).Select(words => MajorAndMinor().Match(words[1])).FirstOrDefault(match => match.Success)?.Value;

    // A directive is a line, or a line of a block that its verb opens.
    private static ImmutableArray<ImmutableArray<string>> Read(string file)
    {
        var directives = ImmutableArray.CreateBuilder<ImmutableArray<string>>();
        string? verb = null;
        foreach (var line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            ImmutableArray<string> words = [.. Word().Matches(line).Select(match => match.Value).TakeWhile(word => !word.StartsWith("//", StringComparison.Ordinal)).Select(word => word.Trim('"', '`'))];
            if (words is [var opened, "("]) verb = opened;
            else if (words is [")"]) verb = null;
            else if (words.Length > 0) directives.Add(verb is null ? words : [verb, .. words]);
        }

        return directives.ToImmutable();
    }

    // A string in either kind of quotes, a bracket, the rest of the line as a comment, or what lies between blanks.
    [GeneratedRegex("\"[^\"]*\"|`[^`]*`|[()]|//.*|(?:(?!//)[^\\s\"`()])+")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\d+\.\d+")]
    private static partial Regex MajorAndMinor();
}

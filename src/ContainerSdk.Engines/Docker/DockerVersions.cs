using System.Text.RegularExpressions;

namespace ContainerSdk.Engines.Docker;

/// <summary>Reads versions out of what docker and buildx print.</summary>
internal static partial class DockerVersions
{
    // Docker Engine → the BuildKit inside it, from moby's vendor files. An engine too new for the table has at least the last one.
    private static readonly (Version Engine, Version BuildKit)[] Embedded =
    [
        (new(29, 0), new(0, 25)), (new(28, 0), new(0, 20)), (new(27, 4), new(0, 17)), (new(27, 3), new(0, 16)), (new(27, 0), new(0, 14)),
        (new(26, 0), new(0, 13)), (new(25, 0), new(0, 12)), (new(24, 0), new(0, 11)), (new(23, 0), new(0, 10)), (new(20, 10), new(0, 8)),
    ];

    /// <summary>The first version in <paramref name="text"/>; 0.0 if there is none.</summary>
    public static Version Read(string text)
    {
        var match = VersionPattern().Match(text);
        return match.Success ? Version.Parse(match.Value) : new Version(0, 0);
    }

    /// <summary>A line <c>Name: value</c> of <c>buildx inspect</c>; empty if there is none.</summary>
    public static string Field(string text, string name) =>
        text.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)) is { } line
            ? line[(name.Length + 1)..].Trim()
            : "";

    /// <summary>The BuildKit of a docker daemon that does not say it itself.</summary>
    public static Version BuildKitOf(Version engine) =>
        Array.Find(Embedded, row => engine >= row.Engine).BuildKit ?? new Version(0, 0);

    [GeneratedRegex(@"\d+\.\d+(?:\.\d+)?", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();
}

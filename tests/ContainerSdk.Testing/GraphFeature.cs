using System.Text;

namespace ContainerSdk.Testing;

/// <summary>
/// A small repository that shows one thing a project graph can do, as one text file under <c>tests/graph</c>. Its first lines say what it shows; then each
/// <c>== path</c> begins a file, each <c>== path -> target</c> is a symbolic link, and
/// <c>== folder/ContainerSdk.nupkg</c> the packed SDK. After <c>== expected</c> comes what the plan says of it.
/// </summary>
public sealed class GraphFeature
{
    private const string Mark = "== ";
    private const string Expectation = "expected";

    private GraphFeature(string path, string text) => (FilePath, Text) = (path, text);

    /// <summary>The names of all features.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    /// <summary>What the plan is expected to say.</summary>
    public string Expected => Sections(Text).FirstOrDefault(section => section.Header == Expectation).Body ?? "";

    private static string Folder => Path.Combine(RepositoryRoot.Path, "tests", "graph");

    private string FilePath { get; }

    private string Text { get; }

    /// <summary>Reads the feature <paramref name="name"/>.</summary>
    public static GraphFeature Read(string name) =>
        Path.Combine(Folder, name + ".txt") is var path ? new GraphFeature(path, File.ReadAllText(path)) : throw new FileNotFoundException(name);

    /// <summary>Writes its files into a workspace.</summary>
    public void WriteTo(Workspace workspace)
    {
        foreach (var (header, body) in Sections(Text).Where(section => section.Header != Expectation))
        {
            if (header.Split(" -> ") is [var link, var target])
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(workspace.Root, link))!);
                File.CreateSymbolicLink(Path.Combine(workspace.Root, link), target);
            }
            else if (Path.GetFileName(header) == "ContainerSdk.nupkg")
            {
                Directory.CreateDirectory(Path.Combine(workspace.Root, Path.GetDirectoryName(header)!));
                File.Copy(Path.Combine(PackedSdk.Feed, $"ContainerSdk.{PackedSdk.Version}.nupkg"), Path.Combine(workspace.Root, Path.GetDirectoryName(header)!, $"ContainerSdk.{PackedSdk.Version}.nupkg"));
            }
            else
            {
                workspace.Write(header, body);
            }
        }
    }

    /// <summary>Puts <paramref name="actual"/> in the place of the expectation.</summary>
    public void Accept(string actual) => File.WriteAllText(FilePath, $"{Text.Split($"{Mark}{Expectation}\n")[0]}{Mark}{Expectation}\n{actual}");

    private static IEnumerable<(string Header, string Body)> Sections(string text)
    {
        string? header = null;
        var body = new StringBuilder();
        foreach (var line in text.Split('\n').SkipLast(1))
        {
            if (!line.StartsWith(Mark, StringComparison.Ordinal))
            {
                body.Append(line).Append('\n');
                continue;
            }

            if (header is not null) yield return (header, body.ToString());
            (header, body) = (line[Mark.Length..], new StringBuilder());
        }

        if (header is not null) yield return (header, body.ToString());
    }
}

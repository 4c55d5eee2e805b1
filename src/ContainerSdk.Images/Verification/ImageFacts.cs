using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Elf;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Verification;

/// <summary>An image as rules see it.</summary>
internal sealed class ImageFacts
{
    private const int MaxLinks = 16;
    private const string DefaultSearch = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private readonly JsonObject _run;

    public ImageFacts(InspectedImage image, BuildPlan plan)
    {
        (Image, Plan, _run) = (image, plan, image.Configuration.Run);
        CLibrary = FindLibrary();
        Environment = Words(_run["Env"]).Select(variable => variable.Split('=', 2)).Where(parts => parts.Length == 2).GroupBy(parts => parts[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last()[1], StringComparer.Ordinal);
    }

    public InspectedImage Image { get; }

    /// <summary>musl, glibc, or null where there is neither.</summary>
    public string? CLibrary { get; }

    public BuildPlan Plan { get; }

    public FileTree Files => Image.Files;

    public IReadOnlyDictionary<string, string> Environment { get; }

    /// <summary>Who runs it; empty is root.</summary>
    public string User => Text(_run[nameof(User)]) ?? "";

    public string WorkingDirectory => Text(_run["WorkingDir"]) is { Length: > 0 } folder ? folder : "/";

    /// <summary>The words that a container starts with.</summary>
    public ImmutableArray<string> Start => [.. Words(_run["Entrypoint"]), .. Words(_run["Cmd"])];

    /// <summary>The words that tell whether it is well; empty if there are none.</summary>
    public ImmutableArray<string> HealthCheck => Words(_run["Healthcheck"] is JsonObject check ? check["Test"] : null) switch
    {
        ["CMD", .. var words] => words,
        ["CMD-SHELL", var text] => ["/bin/sh", "-c", text],
        _ => [],
    };

    /// <summary>The base image in words.</summary>
    public string Base => Plan.Runtime.Image is { } image ? $"base image {image}" : "scratch";

    /// <summary>What lies at an absolute path, all links followed; null if there is nothing.</summary>
    public (string Path, TreeEntry Entry)? At(string path)
    {
        try
        {
            var (resolved, links) = (Files.Resolve(path), 0);
            while (Files.Find(resolved) is { } entry)
            {
                if (entry.Kind != LayerEntryKind.HardLink) return ("/" + resolved, entry);
                if (++links > MaxLinks) return null;
                resolved = entry.Target;
            }
        }
        catch (InvalidImageException)
        {
            // Links in a circle lead to nothing.
        }

        return null;
    }

    /// <summary>Where a program is that is started by <paramref name="name"/>, as execvp(3) looks for it; null if it is nowhere. It need not be usable.</summary>
    public string? Locate(string name) => name.Contains('/', StringComparison.Ordinal)
        ? (At(Absolute(name)) is null ? null : Absolute(name))
        : SearchPath.Select(folder => $"{folder.TrimEnd('/')}/{name}").FirstOrDefault(path => At(path) is { Entry.Kind: LayerEntryKind.File });

    /// <summary>Where programs are looked for.</summary>
    public ImmutableArray<string> SearchPath => [.. Environment.GetValueOrDefault("PATH", DefaultSearch).Split(':', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>A path as a process sees it that starts in the working directory.</summary>
    public string Absolute(string path) => path.StartsWith('/') ? path : $"{WorkingDirectory.TrimEnd('/')}/{(path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path)}";

    /// <summary>The lines of a kept text; none if it is not there.</summary>
    public IEnumerable<string> Lines(string path) => At(path)?.Entry.Content is { } content ? Encoding.UTF8.GetString(content.Span).Split('\n') : [];

    /// <summary>The binary at a path; null if it is none.</summary>
    public ElfFile? ProgramAt(string path) => At(path)?.Entry.Facts?.Program;

    /// <summary>The names of all layers that are not the base's, those too that a later layer removes; with a leading slash.</summary>
    public IEnumerable<(string Path, TreeEntry Entry, bool IsThere)> OwnNames => Image.Layers.Where(layer => !layer.IsOfBase).SelectMany(layer => layer.Names)
        .Where(name => !name.Path[(name.Path.LastIndexOf('/') + 1)..].StartsWith(".wh.", StringComparison.Ordinal))
        .Select(name => ("/" + name.Path, name.Entry, Files.Find(name.Path) is { } last && last == name.Entry));

    private string? FindLibrary()
    {
        var names = Files.All.Where(name => name.Path.StartsWith("lib", StringComparison.Ordinal) || name.Path.StartsWith("usr/lib", StringComparison.Ordinal))
            .Select(name => name.Path[(name.Path.LastIndexOf('/') + 1)..]).ToHashSet(StringComparer.Ordinal);
        return names.Any(name => name.StartsWith("ld-musl-", StringComparison.Ordinal)) ? "musl"
            : names.Any(name => name.StartsWith("ld-linux", StringComparison.Ordinal) || name == "libc.so.6") ? "glibc"
            : null;
    }

    private static ImmutableArray<string> Words(JsonNode? list) => list is JsonArray words ? [.. words.Select(Text).OfType<string>()] : [];

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}

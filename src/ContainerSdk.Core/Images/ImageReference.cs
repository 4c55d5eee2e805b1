using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ContainerSdk.Images;

/// <summary>
/// The name of an image: registry, repository, tag and digest, in the grammar of the distribution project
/// (https://github.com/distribution/reference). Short names are completed as docker does: <c>alpine</c> is <c>docker.io/library/alpine</c>.
/// </summary>
public sealed partial record ImageReference
{
    /// <summary>The registry of a name that names none.</summary>
    public const string DefaultRegistry = "docker.io";

    private const int MaxNameLength = 255;

    private ImageReference(string registry, string repository, string? tag, string? digest) =>
        (Registry, Repository, Tag, Digest) = (registry, repository, tag, digest);

    /// <summary>Host and optional port, for example <c>localhost:5000</c>.</summary>
    public string Registry { get; }

    /// <summary>Path within the registry, for example <c>dotnet/aspnet</c>.</summary>
    public string Repository { get; }

    /// <summary>The tag, or null.</summary>
    public string? Tag { get; }

    /// <summary>The digest with its algorithm, for example <c>sha256:…</c>, or null.</summary>
    public string? Digest { get; }

    /// <summary>Reads a reference; on failure <paramref name="problem"/> says in a few words what is wrong with it.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageReference? reference, out string problem)
    {
        reference = null;
        var match = Shape().Match(text);
        if (!match.Success)
        {
            problem = "it is not of the form name[:tag][@digest]";
            return false;
        }

        var (registry, repository) = Split(match.Groups["name"].Value);
        var (tag, digest) = (Optional(match.Groups["tag"]), Optional(match.Groups["digest"]));
        problem = Problem(registry, repository, tag, digest);
        if (problem.Length > 0) return false;
        reference = new ImageReference(registry, repository, tag, digest);
        return true;
    }

    /// <summary>Whether <paramref name="text"/> names a registry: a host that nobody takes for the first part of a repository.</summary>
    public static bool IsRegistry(string text) => RegistryPattern().IsMatch(text) && LooksLikeRegistry(text);

    /// <summary>Whether <paramref name="text"/> is a repository path.</summary>
    public static bool IsRepository(string text) => RepositoryPattern().IsMatch(text) && text.Length <= MaxNameLength;

    /// <summary>Whether <paramref name="text"/> is a tag.</summary>
    public static bool IsTag(string text) => TagPattern().IsMatch(text);

    /// <summary>A reference from parts that were checked before.</summary>
    public static ImageReference Create(string? registry, string repository, string tag) =>
        TryCreate(registry, repository, tag) ?? throw new ArgumentException($"{registry}/{repository}:{tag}", nameof(repository));

    /// <summary>A reference from parts that were checked one by one; null if together they are none, being too long.</summary>
    public static ImageReference? TryCreate(string? registry, string repository, string tag) =>
        TryParse($"{registry ?? DefaultRegistry}/{repository}:{tag}", out var reference, out _) ? reference : null;

    /// <summary>The full canonical name: registry/repository[:tag][@digest].</summary>
    public override string ToString() =>
        $"{Registry}/{Repository}{(Tag is null ? "" : ":" + Tag)}{(Digest is null ? "" : "@" + Digest)}";

    private static (string Registry, string Repository) Split(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var first = slash < 0 ? "" : name[..slash];
        var (registry, path) = LooksLikeRegistry(first) ? (first, name[(slash + 1)..]) : (DefaultRegistry, name);
        var isOfficial = registry == DefaultRegistry && !path.Contains('/', StringComparison.Ordinal);
        return (registry, isOfficial ? "library/" + path : path);
    }

    private static string Problem(string registry, string repository, string? tag, string? digest) =>
        !RegistryPattern().IsMatch(registry) ? $"'{registry}' is not a registry host"
        : repository.Any(char.IsAsciiLetterUpper) ? "the repository must be lower-case"
        : !RepositoryPattern().IsMatch(repository) ? $"'{repository}' is not a repository path"
        : registry.Length + 1 + repository.Length > MaxNameLength ? "the name is longer than 255 characters"
        : tag is not null && !IsTag(tag) ? $"'{tag}' is not a tag"
        : digest is not null && !DigestPattern().IsMatch(digest) ? $"'{digest}' is not a digest"
        : "";

    private static bool LooksLikeRegistry(string host) =>
        host.Contains('.', StringComparison.Ordinal) || host.Contains(':', StringComparison.Ordinal) || host == "localhost" || host.Any(char.IsAsciiLetterUpper);

    private static string? Optional(Group group) => group.Success ? group.Value : null;

    // The name's own colon (host:port) is always followed by a slash; a tag's never is.
    [GeneratedRegex(@"\A(?<name>[^@\s]+?)(:(?<tag>[^:/@\s]*))?(@(?<digest>\S*))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    [GeneratedRegex(@"\A(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex RegistryPattern();

    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex RepositoryPattern();

    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagPattern();

    [GeneratedRegex(@"\A(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}|(?!sha256:|sha512:)[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})\z", RegexOptions.CultureInvariant)]
    private static partial Regex DigestPattern();
}

using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ContainerSdk.Images.Registries;

namespace ContainerSdk.Images.Bom;

/// <summary>A package of NuGet.</summary>
/// <param name="Name">Its id, in the case that its author chose.</param>
/// <param name="Version">Its version, normalized.</param>
/// <param name="Sha512">The SHA-512 of the package's file, 128 lower-case hexadecimal digits; null if it is not known.</param>
public sealed record NuGetPackage(string Name, string Version, string? Sha512 = null);

/// <summary>Which packages of NuGet an application is made of. What is no such text has none.</summary>
public static class NuGetPackages
{
    private const string RuntimePackMark = ".App.Runtime.";

    private static readonly ImmutableArray<string> RuntimeAssets = ["runtime", "native", "resource", "runtimeTargets"];

    /// <summary>
    /// The packages that a <c>*.deps.json</c> names, and the runtime that a self-contained application brings along
    /// (https://github.com/dotnet/sdk/blob/main/documentation/specs/runtime-configuration-file.md). Projects are none, and what only compilers need is left out.
    /// </summary>
    public static ImmutableArray<NuGetPackage> OfDependencies(ReadOnlyMemory<byte> json)
    {
        var root = LenientJson.Parse(WithoutMark(json));
        var compileOnly = root.Part("targets").Members().SelectMany(target => target.Value.Members())
            .Where(library => library.Value.Part("compileOnly").ValueKind == JsonValueKind.True).Select(library => library.Name).ToHashSet(StringComparer.Ordinal);
        return Sorted(root.Part("libraries").Members()
            .Where(library => library.Value.Word("type") is "package" or "runtimepack" && !compileOnly.Contains(library.Name))
            .Select(library => Of(library.Name, library.Value)));
    }

    /// <summary>The packages of a <c>project.assets.json</c> that give the application something at run time; those that only its build needs are left out, and projects are none.</summary>
    /// <param name="json">The text.</param>
    /// <param name="runtimeIdentifier">What is published for; null, or one that was not restored for, is what runs everywhere.</param>
    public static ImmutableArray<NuGetPackage> OfAssets(string json, string? runtimeIdentifier)
    {
        var root = LenientJson.Parse(WithoutMark(Encoding.UTF8.GetBytes(json)));
        var libraries = root.Part("libraries");
        return Sorted(TargetsOf(root, runtimeIdentifier).SelectMany(target => target.Value.Members())
            .Where(library => library.Value.Word("type") == "package" && RuntimeAssets.Any(kind => library.Value.Part(kind).Members().Any(IsAsset)))
            .Select(library => Of(library.Name, libraries.Part(library.Name))));
    }

    /// <summary>The packages of the runtime that a restore fetched for a self-contained application; others have no use for them at run time.</summary>
    /// <param name="json">The text of <c>project.assets.json</c>.</param>
    /// <param name="runtimeIdentifier">What is published for.</param>
    public static ImmutableArray<NuGetPackage> OfRuntime(string json, string runtimeIdentifier)
    {
        var fetched = LenientJson.Parse(WithoutMark(Encoding.UTF8.GetBytes(json))).Part("project").Part("frameworks").Members().Select(framework => framework.Value.Part("downloadDependencies"))
            .Where(list => list.ValueKind == JsonValueKind.Array).SelectMany(list => list.EnumerateArray());
        return Sorted(fetched.Select(package => (Name: package.Word("name"), Range: package.Word("version").Trim('[', ']', ' ').Split(',')))
            .Where(package => package.Name.Contains(RuntimePackMark, StringComparison.Ordinal) && package.Name.EndsWith('.' + runtimeIdentifier, StringComparison.Ordinal) && package.Range[0].Length > 0)
            .Select(package => new NuGetPackage(package.Name, package.Range[0].Trim())));
    }

    private static List<(string Name, JsonElement Value)> TargetsOf(JsonElement root, string? runtimeIdentifier)
    {
        var all = root.Part("targets").Members().ToList();
        var own = runtimeIdentifier is null ? [] : all.Where(target => target.Name.EndsWith('/' + runtimeIdentifier, StringComparison.Ordinal)).ToList();
        return own.Count > 0 ? own : [.. all.Where(target => !target.Name.Contains('/', StringComparison.Ordinal))];
    }

    // An empty file of that name says that a framework is served, without anything.
    private static bool IsAsset((string Name, JsonElement Value) asset) => asset.Name != "_._" && !asset.Name.EndsWith("/_._", StringComparison.Ordinal);

    private static NuGetPackage? Of(string key, JsonElement library)
    {
        var slash = key.LastIndexOf('/');
        var name = slash > 0 ? key[..slash] : "";
        // The SDK marks packages of the runtime by a word that is no part of their name.
        if (library.Word("type") == "runtimepack" && name.StartsWith("runtimepack.", StringComparison.Ordinal)) name = name["runtimepack.".Length..];
        return name.Length > 0 && slash + 1 < key.Length ? new NuGetPackage(name, key[(slash + 1)..], HexOf(library.Word("sha512"))) : null;
    }

    private static string? HexOf(string sha512)
    {
        const string Prefix = "sha512-";
        var bytes = new byte[66];
        return Convert.TryFromBase64String(sha512.StartsWith(Prefix, StringComparison.Ordinal) ? sha512[Prefix.Length..] : sha512, bytes, out var length) && length == 64
            ? Convert.ToHexStringLower(bytes.AsSpan(0, length))
            : null;
    }

    private static ImmutableArray<NuGetPackage> Sorted(IEnumerable<NuGetPackage?> packages) =>
        [.. packages.OfType<NuGetPackage>().DistinctBy(package => (package.Name, package.Version)).OrderBy(package => package.Name, StringComparer.Ordinal).ThenBy(package => package.Version, StringComparer.Ordinal)];

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) => json.Span.StartsWith("\ufeff"u8) ? json[3..] : json;
}

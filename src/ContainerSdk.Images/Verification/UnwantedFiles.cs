using System.Collections.Frozen;
using ContainerSdk.Images.Layers;

namespace ContainerSdk.Images.Verification;

/// <summary>Files that a build has use for, and a running application has not. Paths have a leading slash.</summary>
internal static class UnwantedFiles
{
    private static readonly FrozenSet<string> Compilers =
        new[] { "gcc", "g++", "cc1", "cc1plus", "clang", "ld", "ld.bfd", "ld.gold", "lld", "as", "rustc", "cargo", "javac", "go", "gofmt", "make", "cmake" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Sources = new[] { ".cs", ".fs", ".vb", ".csproj", ".fsproj", ".vbproj", ".sln", ".slnx", ".go", ".rs", ".java" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> ProjectFiles =
        new[] { "go.mod", "go.sum", "Cargo.toml", "Cargo.lock", "pom.xml", "build.gradle", "nuget.config", "Directory.Build.props", "Directory.Packages.props" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Caches =
    [
        "/.nuget/packages/", "/go/pkg/mod/", "/.cache/go-build/", "/.m2/repository/", "/.npm/_cacache/", "/.cargo/registry/", "/.cache/pip/", "/var/lib/apt/lists/", "/var/cache/apk/", "/var/cache/apt/archives/", "/var/cache/tdnf/",
    ];

    // What packages of these languages hold is theirs.
    private static readonly string[] Packages = ["/node_modules/", "/site-packages/", "/dist-packages/", "/opt/python-packages/", "/gems/", "/META-INF/"];

    /// <summary>What kind of compiler it is, in words; null if it is none.</summary>
    public static string? Tool(string path, TreeEntry entry)
    {
        if (path.Contains("/dotnet/sdk/", StringComparison.Ordinal)) return "a file of the .NET SDK";
        if (entry.Facts?.Program is null) return null;
        var name = path[(path.LastIndexOf('/') + 1)..];
        // x86_64-linux-gnu-gcc-12
        var bare = name.Split('-').LastOrDefault(part => part.Length > 0 && !part.All(c => char.IsAsciiDigit(c) || c == '.')) ?? name;
        return Compilers.Contains(name) || (Compilers.Contains(bare) && name.Contains("-linux-", StringComparison.Ordinal)) ? "a tool that compiles" : null;
    }

    /// <summary>What a build left behind, in words; null if it did not.</summary>
    public static string? Leftover(string path, TreeEntry entry)
    {
        if (path.Contains("/.git/", StringComparison.Ordinal)) return "a file of the repository's history";
        if (entry.Size > 0 && Caches.Any(cache => path.Contains(cache, StringComparison.Ordinal)) && !path.EndsWith("/lock", StringComparison.Ordinal)) return "a file of a package cache";
        if (IsOfPackage(path)) return null;
        var name = path[(path.LastIndexOf('/') + 1)..];
        return Sources.Contains(Path.GetExtension(name)) || ProjectFiles.Contains(name) ? "a source file" : null;
    }

    /// <summary>Whether it is for debuggers alone.</summary>
    public static bool IsSymbols(string path) => Path.GetExtension(path) is ".pdb" or ".dbg" or ".dwp" && !IsOfPackage(path);

    /// <summary>Whether a package of somebody else brought it as it is.</summary>
    public static bool IsOfPackage(string path) => Packages.Any(folder => path.Contains(folder, StringComparison.Ordinal));
}

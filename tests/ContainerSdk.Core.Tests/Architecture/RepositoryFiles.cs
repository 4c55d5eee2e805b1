using ContainerSdk.Testing;

namespace ContainerSdk.Core.Tests.Architecture;

/// <summary>The files that people write, without what builds leave beside them.</summary>
internal static class RepositoryFiles
{
    public static IEnumerable<string> Find(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(segment => segment is "bin" or "obj" or "artifacts"))
            .Order(StringComparer.Ordinal);
}

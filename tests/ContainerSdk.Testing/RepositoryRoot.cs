namespace ContainerSdk.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class RepositoryRoot
{
    /// <summary>The folder of <c>ContainerSdk.sln</c>, whichever folder the tests were built into.</summary>
    public static string Path { get; } = Find(SourceFile());

    private static string Find(string start)
    {
        var folder = System.IO.Path.GetDirectoryName(start);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Directory.Packages.props"))) folder = System.IO.Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException($"No repository above {start}.");
    }

    private static string SourceFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}

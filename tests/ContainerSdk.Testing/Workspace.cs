namespace ContainerSdk.Testing;

/// <summary>
/// A folder outside the repository that knows the packed SDK. It is removed when the test has passed; after a failure it stays, and so does the
/// output of each command that ran in it.
/// </summary>
public sealed class Workspace : IDisposable
{
    private int _commands;

    /// <summary>Makes the folder, with a feed and a version for the SDK.</summary>
    public Workspace()
    {
        Directory.CreateDirectory(Root);
        Write("nuget.config", $"""
            <configuration>
              <packageSources>
                <add key="containersdk" value="{PackedSdk.Feed}" />
              </packageSources>
            </configuration>

            """);
        Write("global.json", $$"""
            { "msbuild-sdks": { "ContainerSdk": "{{PackedSdk.Version}}" } }

            """);
    }

    /// <summary>The folder, without a trailing slash.</summary>
    public string Root { get; } = Path.Combine(Path.GetTempPath(), "containersdk-tests", Guid.NewGuid().ToString("n")[..12]);

    /// <summary>Set by a test as its last act.</summary>
    public bool Passed { get; set; }

    /// <summary>Writes a file below the root.</summary>
    public string Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>Reads a file below the root.</summary>
    public string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Copies a folder of the repository into the root, under its own name, without what a build left in it.</summary>
    public string CopySample(string name)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "samples", name), "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(Path.Combine(RepositoryRoot.Path, "samples"), file);
            if (relative.Split(Path.DirectorySeparatorChar).Any(segment => segment is "obj" or "bin")) continue;
            Write(relative, File.ReadAllText(file));
        }

        return Path.Combine(Root, name);
    }

    /// <summary>Runs dotnet in a folder below the root.</summary>
    public CommandResult DotNet(string folder, params ReadOnlySpan<string> arguments) =>
        Keep(CommandLine.Run(Path.Combine(Root, folder), "dotnet", arguments), $"dotnet {string.Join(' ', arguments)}");

    /// <summary>Runs dotnet with variables added to the environment.</summary>
    public CommandResult DotNet(string folder, IReadOnlyDictionary<string, string> environment, params ReadOnlySpan<string> arguments) =>
        Keep(CommandLine.Run(Path.Combine(Root, folder), environment, "dotnet", arguments), $"dotnet {string.Join(' ', arguments)}");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Passed && Directory.Exists(Root)) Directory.Delete(Root, recursive: true);
    }

    private CommandResult Keep(CommandResult result, string command)
    {
        Write($"command-{++_commands}.log", $"{command}\nexit code {result.ExitCode}\n{result.Output}\n");
        return result;
    }
}

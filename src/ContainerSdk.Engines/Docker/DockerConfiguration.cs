using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ContainerSdk.Engines.Docker;

/// <summary>
/// The user's docker configuration with more logins, in a temporary folder that only this user can enter. It is removed at the end, and what
/// stands in the user's own folder beside config.json (plugins, contexts, builders) is linked from it.
/// </summary>
internal sealed class DockerConfiguration : IDisposable
{
    private const string FileName = "config.json";
    private const string TokenUser = "<token>";

    private readonly DirectoryInfo _folder;

    private DockerConfiguration(DirectoryInfo folder) => _folder = folder;

    /// <summary>What makes docker read it.</summary>
    public ImmutableDictionary<string, string> Environment => ImmutableDictionary<string, string>.Empty.Add("DOCKER_CONFIG", _folder.FullName);

    /// <summary>Makes the folder; <paramref name="original"/> is the user's own, which may not exist.</summary>
    public static DockerConfiguration With(ImmutableArray<RegistryLogin> logins, string original)
    {
        var configuration = new DockerConfiguration(Directory.CreateTempSubdirectory("containersdk-docker-"));
        try
        {
            configuration.Write(logins, Path.Combine(original, FileName));
            if (Directory.Exists(original)) configuration.Link(new DirectoryInfo(original));
            return configuration;
        }
        catch
        {
            configuration.Dispose();
            throw;
        }
    }

    /// <summary>Where docker looks by itself.</summary>
    public static string Original() => System.Environment.GetEnvironmentVariable("DOCKER_CONFIG") is { Length: > 0 } folder
        ? folder
        : Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".docker");

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(ImmutableArray<RegistryLogin> logins, string original)
    {
        var root = Read(original);
        foreach (var login in logins)
        {
            Object(root, "auths")[Key(login.Registry)] = Entry(login);
            // A credential helper would be asked before the file is; no helper is the file.
            if (root["credsStore"] is not null || root["credHelpers"] is not null) Object(root, "credHelpers")[Key(login.Registry)] = "";
        }

        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(Path.Combine(_folder.FullName, FileName), options);
        writer.Write(root.ToJsonString());
    }

    private static JsonObject Entry(RegistryLogin login) => login.User == TokenUser
        ? new JsonObject { ["auth"] = Encoded($"{TokenUser}:"), ["identitytoken"] = login.Password }
        : new JsonObject { ["auth"] = Encoded($"{login.User}:{login.Password}") };

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // Docker's own hub has kept the name of its first interface.
    private static string Key(string registry) => registry == Images.ImageReference.DefaultRegistry ? "https://index.docker.io/v1/" : registry;

    // Docker warns of a file that it cannot read, and goes on without it.
    private static JsonObject Read(string path)
    {
        if (!File.Exists(path)) return [];
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static JsonObject Object(JsonObject parent, string name)
    {
        if (parent[name] is JsonObject child) return child;
        parent[name] = child = [];
        return child;
    }

    private void Link(DirectoryInfo original)
    {
        foreach (var entry in original.EnumerateFileSystemInfos().Where(entry => entry.Name != FileName))
        {
            var link = Path.Combine(_folder.FullName, entry.Name);
            try
            {
                if (entry is DirectoryInfo) Directory.CreateSymbolicLink(link, entry.FullName);
                else File.CreateSymbolicLink(link, entry.FullName);
            }
            catch (Exception e) when (OperatingSystem.IsWindows() && e is IOException or UnauthorizedAccessException)
            {
                Copy(entry, link);
            }
        }
    }

    // Windows lets only some users make links.
    private static void Copy(FileSystemInfo entry, string target)
    {
        if (entry is FileInfo file)
        {
            file.CopyTo(target);
            return;
        }

        Directory.CreateDirectory(target);
        foreach (var child in ((DirectoryInfo)entry).EnumerateFileSystemInfos()) Copy(child, Path.Combine(target, child.Name));
    }
}

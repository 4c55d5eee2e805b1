using System.Text;
using System.Text.Json;

namespace ContainerSdk.Images.Registries;

/// <summary>
/// The logins that docker keeps: in its configuration, or at the helpers that it names (https://docs.docker.com/reference/cli/docker/login/#credential-stores).
/// What cannot be read is no login, as it is for docker.
/// </summary>
/// <param name="configuration">The text of docker's config.json; null or empty if there is none.</param>
/// <param name="askAsync">Starts a helper, by name, with one line of input, and gives what it prints; null if it fails or is not there.</param>
public sealed class DockerCredentials(string? configuration, Func<string, string, CancellationToken, Task<string?>> askAsync)
{
    // Docker's own hub has kept the name of its first interface.
    private const string HubServer = "https://index.docker.io/v1/";
    private const string HelperPrefix = "docker-credential-";

    private readonly JsonElement _root = Parse(configuration);

    /// <summary>The login of a registry; null if there is none. A helper of the registry is asked first, then the common one, then the file itself.</summary>
    public async Task<RegistryCredential?> FindAsync(string registry, CancellationToken cancellation)
    {
        var server = registry == ImageReference.DefaultRegistry ? HubServer : registry;
        var own = Entries("credHelpers").FirstOrDefault(entry => IsOf(entry.Name, registry)).Value;
        var helper = own.ValueKind == JsonValueKind.String ? own.Word() : _root.Word("credsStore");
        if (helper.Length > 0 && Answer(await askAsync(HelperPrefix + helper, server, cancellation)) is { } answer) return answer;
        var entries = Entries("auths");
        return entries.Where(entry => entry.Name == server)
            .Concat(entries.Where(entry => IsOf(entry.Name, registry)))
            .Select(entry => Login(entry.Value))
            .FirstOrDefault(login => login is not null);
    }

    private static bool IsOf(string key, string registry)
    {
        var scheme = key.IndexOf("://", StringComparison.Ordinal);
        var host = (scheme < 0 ? key : key[(scheme + 3)..]).TrimEnd('/');
        // The versions of docker's interface; any other path is a repository's own login.
        if (host.EndsWith("/v1", StringComparison.Ordinal) || host.EndsWith("/v2", StringComparison.Ordinal)) host = host[..^3];
        return host.Equals(registry, StringComparison.OrdinalIgnoreCase) || (registry == ImageReference.DefaultRegistry && host is "index.docker.io" or "registry-1.docker.io");
    }

    private static RegistryCredential? Answer(string? output)
    {
        var answer = Parse(output);
        return Credential(answer.Word("Username"), answer.Word("Secret"));
    }

    private static RegistryCredential? Login(JsonElement entry)
    {
        if (entry.Word("identitytoken") is { Length: > 0 } token) return new RegistryCredential(RegistryCredential.TokenUser, token);
        var (user, password) = Decode(entry.Word("auth"));
        return Credential(user, password) ?? Credential(entry.Word("username"), entry.Word("password"));
    }

    private static RegistryCredential? Credential(string user, string password) =>
        user.Length == 0 || password.Length == 0 ? null : new RegistryCredential(user, password);

    // Older versions filled the text up with zeros.
    private static (string User, string Password) Decode(string auth)
    {
        var bytes = new byte[auth.Length];
        if (!Convert.TryFromBase64String(auth, bytes, out var length)) return ("", "");
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? ("", "") : (text[..colon], text[(colon + 1)..].TrimEnd('\0'));
    }

    private static JsonElement Parse(string? json) => LenientJson.Parse(Encoding.UTF8.GetBytes(json ?? ""));

    private List<JsonProperty> Entries(string name) => _root.Part(name) is { ValueKind: JsonValueKind.Object } list ? [.. list.EnumerateObject()] : [];
}

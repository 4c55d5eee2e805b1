using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>The three registries that eng/lab/registry.sh starts.</summary>
internal static class Registry
{
    /// <summary>Takes from and gives to anyone.</summary>
    public const string Open = "localhost:5000";

    /// <summary>Wants <see cref="Login"/>.</summary>
    public const string Locked = "127.0.0.1:5001";

    /// <summary>Wants <see cref="Login"/> too, and speaks TLS with a certificate by <see cref="TlsAuthority"/>, whom nothing trusts.</summary>
    public const string Tls = "127.0.0.1:5002";

    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(5) };

    private static readonly Lazy<string?> Reason = new(Probe);

    /// <summary>Why registry tests cannot run; null if they can, or must.</summary>
    public static string? SkipReason => Docker.SkipReason ?? (Environment.GetEnvironmentVariable("CONTAINERSDK_REQUIRE_DOCKER") == "1" ? null : Reason.Value);

    /// <summary>User and password of the locked ones.</summary>
    public static (string User, string Password) Login => File.ReadAllLines(LoginPath) is [var user, var password] ? (user, password) : throw new InvalidOperationException(LoginPath);

    /// <summary>The file of the authority's certificate.</summary>
    public static string TlsAuthority => Path.Combine(Folder, "tls", "ca.crt");

    private static string LoginPath => Path.Combine(Folder, "login");

    private static string Folder => Path.Combine(Environment.GetEnvironmentVariable("CONTAINERSDK_LAB") ?? "/var/cache/containersdk-lab", "registry");

    /// <summary>The tags that the open one has of a repository.</summary>
    public static async Task<string[]> TagsAsync(string repository)
    {
        var list = await Client.GetFromJsonAsync<JsonElement>(new Uri($"http://{Open}/v2/{repository}/tags/list"));
        return [.. list.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()!).Order(StringComparer.Ordinal)];
    }

    /// <summary>The environment that logs in: variables of one prefix.</summary>
    public static Dictionary<string, string> LoginAs(string prefix) => new() { [prefix + "_UNAME"] = Login.User, [prefix + "_PWORD"] = Login.Password };

    private static string? Probe()
    {
        try
        {
            using var answer = Client.GetAsync(new Uri($"http://{Open}/v2/")).GetAwaiter().GetResult();
            return !answer.IsSuccessStatusCode || !File.Exists(LoginPath) || !File.Exists(TlsAuthority) ? "eng/lab/registry.sh has started no registries." : null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return "No registry answers on " + Open + ".";
        }
    }
}

/// <summary>A test on a real engine with real registries, skipped and required as <see cref="DockerFactAttribute"/> is.</summary>
internal sealed class RegistryFactAttribute : FactAttribute
{
    public RegistryFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = Registry.SkipReason;
}

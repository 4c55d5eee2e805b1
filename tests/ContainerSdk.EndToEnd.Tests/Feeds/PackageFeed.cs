using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ContainerSdk.EndToEnd.Tests.Feeds;

/// <summary>
/// A NuGet feed (https://learn.microsoft.com/nuget/api/overview) that serves one package, at an address that this machine and the steps of a build both reach.
/// </summary>
internal sealed class PackageFeed : IAsyncDisposable
{
    private const string User = "reader";

    private readonly WebApplication _server;
    private readonly string _package;
    private readonly string? _password;
    private readonly ConcurrentQueue<(string Client, int Status)> _answers = new();

    private PackageFeed(string package, string? password, X509Certificate2? certificate)
    {
        (_package, _password) = (package, password);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options => options.Listen(Address, 0, listen =>
        {
            if (certificate is not null) listen.UseHttps(certificate);
        }));
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    /// <summary>What the package's index is found at.</summary>
    public string Index => $"{_server.Urls.Single()}/v3/index.json";

    /// <summary>The user and password as a request carries them.</summary>
    public string Credentials => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{_password}"));

    /// <summary>Who was given something, and who was refused: the address, and the status of the answer.</summary>
    public IReadOnlyCollection<(string Client, int Status)> Answers => _answers;

    // Before Address, which is made of it.
    private static readonly IPNetwork Containers = IPNetwork.Parse(Bridge("Subnet"));

    /// <summary>This machine as containers see it: the gateway of docker's own network, which docker need not name where it is the first address.</summary>
    public static IPAddress Address { get; } = IPAddress.TryParse(Bridge("Gateway"), out var named) ? named : First(Containers);

    /// <summary>Whether a client is a container of docker's own network.</summary>
    public static bool IsContainer(string client) => IPAddress.Parse(client) is var address && Containers.Contains(address) && !address.Equals(Address);

    /// <summary>Serves <paramref name="package"/> (a <c>.nupkg</c>) to whoever knows the password, if there is one, over TLS if there is a certificate.</summary>
    public static async Task<PackageFeed> StartAsync(string package, string? password, X509Certificate2? certificate)
    {
        var feed = new PackageFeed(package, password, certificate);
        await feed._server.StartAsync();
        return feed;
    }

    /// <summary>Whether any step of a build was given something.</summary>
    public bool WasReadByABuild => Answers.Any(answer => answer.Status == 200 && IsContainer(answer.Client));

    private static string Bridge(string field) => Docker.Run("network", "inspect", "bridge", "--format", $"{{{{(index .IPAM.Config 0).{field}}}}}").Trim();

    private static IPAddress First(IPNetwork network)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        bytes[^1]++;
        return new IPAddress(bytes);
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        if (_password is not null && http.Request.Headers.Authorization != $"Basic {Credentials}")
        {
            http.Response.StatusCode = 401;
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"feed\"";
        }
        else
        {
            await SendAsync(http.Response, http.Request.Path.Value ?? "");
        }

        _answers.Enqueue((http.Connection.RemoteIpAddress!.MapToIPv4().ToString(), http.Response.StatusCode));
    }

    // A package is PrivateGreeter.1.0.0.nupkg; the protocol spells it in lower case.
    private async Task SendAsync(HttpResponse response, string path)
    {
        var name = Path.GetFileNameWithoutExtension(_package).ToLowerInvariant();
        var (id, version) = (name[..name.IndexOf('.', StringComparison.Ordinal)], name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        if (path == "/v3/index.json")
            await response.WriteAsync($$"""{ "version": "3.0.0", "resources": [{ "@id": "{{_server.Urls.Single()}}/flat/", "@type": "PackageBaseAddress/3.0.0" }] }""");
        else if (path == $"/flat/{id}/index.json")
            await response.WriteAsync($$"""{ "versions": ["{{version}}"] }""");
        else if (path == $"/flat/{id}/{version}/{id}.{version}.nupkg")
            await response.SendFileAsync(_package);
        else
            response.StatusCode = 404;
    }
}

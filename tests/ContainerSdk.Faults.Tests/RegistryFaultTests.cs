using System.Net;
using System.Net.Http.Headers;
using ContainerSdk.Engines.Tests;
using ContainerSdk.Images.Tests.Registries;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Faults.Tests;

/// <summary>A registry that does what registries do on a bad day: the publish recovers, or says one thing with a code, and no wrong byte is kept.</summary>
public sealed class RegistryFaultTests
{
    private const string Good = "";
    private const string Pull = "GET /v2/base/";
    private const string Blob = "GET /v2/base/blobs/LAYER";

    private static readonly Dictionary<string, (Action<MemoryRegistry> Spoil, string Outcome)> Pulls = new()
    {
        ["wants a login"] = (Refuse(Pull, 5, HttpStatusCode.Unauthorized), "CSDK4008: The registry of 'registry.test/base:1' does not give it without a valid login (Unauthorized (401)); run 'docker login registry.test', or, for ContainerBaseImage, set the environment variables DOTNET_CONTAINER_PULL_REGISTRY_UNAME and DOTNET_CONTAINER_PULL_REGISTRY_PWORD"),
        ["forbids"] = (Refuse(Pull, 5, HttpStatusCode.Forbidden), "CSDK4008: The registry of 'registry.test/base:1' does not give it without a valid login (Forbidden (403)); run 'docker login registry.test', or, for ContainerBaseImage, set the environment variables DOTNET_CONTAINER_PULL_REGISTRY_UNAME and DOTNET_CONTAINER_PULL_REGISTRY_PWORD"),
        ["has no manifest"] = (Refuse(Pull, 1, HttpStatusCode.NotFound), Unusable("there is no such image")),
        ["has no blob"] = (Refuse(Blob, 1, HttpStatusCode.NotFound), Unreachable("Not Found (404)")),
        ["asks to wait"] = (registry => registry.Instead(Pull, 2, () => Later(7)), Good),
        ["asks to wait for ever"] = (registry => registry.Instead(Pull, 9, () => Later(7)), Unreachable("Too Many Requests (429)")),
        ["fails once"] = (registry => Array.ForEach([HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable], status => registry.Instead(Pull, 1, status)), Good),
        ["fails"] = (Refuse(Pull, 9, HttpStatusCode.ServiceUnavailable), Unreachable("Service Unavailable (503)")),
        ["breaks off within a blob"] = (registry => registry.Instead(Blob, 1, () => Broken(registry, 300)), Good),
        ["breaks off within each blob"] = (registry => registry.Instead(Blob, 99, () => Broken(registry, 0)), Unreachable("The response ended prematurely. (ResponseEnded)")),
        ["gives another blob"] = (registry => registry.Lies[Layer(registry)] = [.. LayerBytes(registry).Reverse()], Unusable("the blob LAYER has the digest OTHER")),
        ["gives a longer blob"] = (registry => registry.Lies[Layer(registry)] = [.. LayerBytes(registry), 0], Unusable("the blob LAYER has MORE bytes or more, not SIZE")),
        ["gives another configuration"] = (registry => registry.Lies[registry.Names.First(name => name.Value == "CONFIG").Key] = "{}"u8.ToArray(), Unusable("the blob CONFIG has 2 bytes or more, not CONFIGSIZE")),
        ["gives what is no manifest"] = (registry => registry.Lies["1"] = "<html>"u8.ToArray(), Unusable("a manifest cannot be read: '<' is an invalid start of a value. Path: $ | LineNumber: 0 | BytePositionInLine: 0")),
    };

    private static readonly Dictionary<string, (Action<MemoryRegistry> Spoil, string Outcome)> Pushes = new()
    {
        ["wants a login"] = (Refuse("POST", 9, HttpStatusCode.Unauthorized), "CSDK4001: ContainerRegistry 'registry.test' does not take 'api:1' without a valid login (Unauthorized (401)); run 'docker login registry.test', or set the environment variables DOTNET_CONTAINER_PUSH_REGISTRY_UNAME and DOTNET_CONTAINER_PUSH_REGISTRY_PWORD"),
        ["forbids"] = (Refuse("POST", 9, HttpStatusCode.Forbidden), "CSDK4002: ContainerRegistry 'registry.test' forbids to push 'api:1' (Forbidden (403)); check that ContainerRepository is one that this login may write to, or log in as another user with 'docker login registry.test'"),
        ["knows no such repository"] = (Refuse("POST", 9, HttpStatusCode.NotFound), "CSDK4003: ContainerRegistry 'registry.test' knows no repository 'api:1' (Not Found (404)); create it there first, or correct ContainerRepository"),
        ["asks to wait"] = (registry => registry.Instead("POST", 3, () => Later(7)), Good),
        ["fails once"] = (registry => Array.ForEach([HttpStatusCode.InternalServerError, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable], status => registry.Instead("PUT", 1, status)), Good),
        ["fails"] = (Refuse("PUT /v2/api/manifests", 9, HttpStatusCode.BadGateway), Failed("Bad Gateway (502)")),
        ["breaks off within a blob"] = (registry => registry.BrokenUploads.Enqueue(100), Good),
        ["breaks off within each blob"] = (registry => Array.ForEach([.. Enumerable.Range(0, 99)], _ => registry.BrokenUploads.Enqueue(0)), "CSDK4004: ContainerRegistry 'registry.test' cannot be reached to push 'api:1' (Connection reset by peer); check its name, and the network and proxy of this machine"),
        ["does not say where to upload"] = (registry => registry.Instead("POST", 9, HttpStatusCode.Accepted), Failed("the registry does not say where to upload to")),
        ["takes a blob for another"] = (registry => registry.Instead("PUT /v2/api/blobs", 9, () => MemoryRegistry.Error(HttpStatusCode.BadRequest, "DIGEST_INVALID", "no")), Failed("digest invalid: no (400)")),
        ["takes the manifest for another"] = (registry => registry.Instead("PUT /v2/api/manifests", 1, Misnamed), Failed($"the registry took the manifest OTHER for sha256:{new string('0', 64)}")),
    };

    public static TheoryData<string> PullRows => [.. Pulls.Keys];

    public static TheoryData<string> PushRows => [.. Pushes.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(PullRows))]
    public async Task ARegistryThatIsPulledFrom(string row)
    {
        using var registry = WithBase();
        var (spoil, outcome) = Pulls[row];
        spoil(registry);

        Assert.Equal(outcome, Shown(await PublishAsync(registry), registry));
    }

    [Theory, MemberData(nameof(PushRows))]
    public async Task ARegistryThatIsPushedTo(string row)
    {
        using var registry = WithBase();
        var (spoil, outcome) = Pushes[row];
        spoil(registry);

        Assert.Equal(outcome.Length == 0 ? "" : $"{outcome}\n  The image is finished; publishing again only pushes it.", Shown(await PublishAsync(registry), registry));
        Assert.Equal(outcome.Length == 0, registry.Manifests.ContainsKey("api:1"));
    }

    [Fact]
    public async Task ARegistryThatTakesChunksOnly()
    {
        using var registry = WithBase(new MemoryRegistry { TakesWholeBlobs = false, MinChunk = 100, MaxChunk = 500 });

        Assert.Equal("", await PublishAsync(registry));
        Assert.Contains(registry.Requests, request => request.StartsWith("PATCH", StringComparison.Ordinal));
    }

    /// <summary>Publishes with an empty cache: what was complained of.</summary>
    private static async Task<string> PublishAsync(MemoryRegistry registry)
    {
        using var project = await TestProject.CreateAsync("registry.test/base:1", new RegistryDelivery());
        var (engine, reporter) = (project.Engine(registry, clock: new InstantClock()), new RecordingReporter());
        if (await engine.BuildAsync(project.Request, reporter, Token) is { } image)
        {
            Assert.Equal(image.Digest, await engine.PushAsync(project.Request, project.Plan.Destinations[0], reporter, Token) ?? image.Digest);
            if (reporter.Diagnostics.Count == 0) Assert.Equal(image.Digest, registry.Manifests["api:1"].Digest.ToString());
        }
        else
        {
            Assert.DoesNotContain(CacheFolder.Files(project.Cache, "blobs/sha256"), blob => !registry.Names.ContainsKey("sha256:" + Path.GetFileName(blob)));
        }

        CacheFolder.IsSoundAndTidy(project.Cache);
        Assert.InRange(reporter.Diagnostics.Count, 0, 1);
        return string.Join('\n', reporter.Diagnostics.Select(diagnostic => $"{diagnostic.Descriptor.Id}: {diagnostic.Message}"));
    }

    private static MemoryRegistry WithBase(MemoryRegistry? registry = null)
    {
        var (kept, basis) = (registry ?? new MemoryRegistry(), BaseImages.Plain());
        kept.Keep(basis, basis.Build());
        return kept;
    }

    private static string Unusable(string why) => $"CSDK4009: The embedded engine cannot build on 'registry.test/base:1': {why}; correct ContainerBaseImage";

    private static string Unreachable(string why) => $"CSDK4010: 'registry.test/base:1' cannot be fetched from its registry: {why}; check ContainerBaseImage, and the network and proxy of this machine, or name a mirror that it reaches";

    private static string Failed(string why) => $"CSDK4006: Pushing 'api:1' to ContainerRegistry 'registry.test' failed: {why}; try again, or see what the registry says in its log";

    private static Action<MemoryRegistry> Refuse(string start, int times, HttpStatusCode status) => registry => registry.Instead(start, times, status);

    private static HttpResponseMessage Later(int seconds) => new(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)) } };

    private static HttpResponseMessage Broken(MemoryRegistry registry, int after) => new(HttpStatusCode.OK) { Content = new BreakingContent(LayerBytes(registry), after, BreakKind.WithError) };

    private static HttpResponseMessage Misnamed()
    {
        var answer = new HttpResponseMessage(HttpStatusCode.Created);
        answer.Headers.Add("Docker-Content-Digest", $"sha256:{new string('0', 64)}");
        return answer;
    }

    private static string Layer(MemoryRegistry registry) => registry.Names.First(name => name.Value == "LAYER").Key;

    private static byte[] LayerBytes(MemoryRegistry registry) => registry.Blobs["base@" + Layer(registry)];

    // Digests and lengths by what they are of.
    private static string Shown(string text, MemoryRegistry registry)
    {
        var config = registry.Blobs["base@" + registry.Names.First(name => name.Value == "CONFIG").Key].Length;
        text = registry.Names.Aggregate(text, (rest, name) => rest.Replace(name.Key, name.Value, StringComparison.Ordinal));
        text = text.Replace($"{LayerBytes(registry).Length + 1} bytes", "MORE bytes", StringComparison.Ordinal).Replace($"not {LayerBytes(registry).Length}", "not SIZE", StringComparison.Ordinal).Replace($"not {config}", "not CONFIGSIZE", StringComparison.Ordinal);
        return System.Text.RegularExpressions.Regex.Replace(text, "sha256:(?!0{64})[0-9a-f]{64}", "OTHER");
    }
}

using System.Text.RegularExpressions;
using ContainerSdk.Engines.Tests;
using ContainerSdk.Images.Registries;
using ContainerSdk.Images.Tests.Registries;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Faults.Tests;

/// <summary>Connections that break, crawl, lie about a length or fall silent, on real sockets.</summary>
public sealed class SilentRegistryTests
{
    private const int Size = 300_000;
    private const string Layer = "GET /v2/base/blobs/LAYER";

    // The engine's own is 100 seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    private static readonly Dictionary<string, (string Start, WireFault Fault, string Outcome)> Faults = new()
    {
        ["a pull is reset"] = (Layer, new WireFault(WireFaultKind.Reset), Unfetched("BROKEN")),
        ["a pull falls silent"] = (Layer, new WireFault(WireFaultKind.Silent), Unfetched("the connection was silent for 0.5 seconds")),
        ["a manifest never comes"] = ("GET /v2/base/manifests/", new WireFault(WireFaultKind.NoAnswer), Unfetched("the connection was silent for 0.5 seconds")),
        ["a length is too long"] = (Layer, new WireFault(WireFaultKind.WrongLength) { Lie = 5 }, ""),
        ["a length is too short"] = (Layer, new WireFault(WireFaultKind.WrongLength) { Lie = -5 }, "CSDK4009: The embedded engine cannot build on 'REGISTRY/base:1': the blob LAYER has LESS bytes or more, not SIZE; correct ContainerBaseImage"),
        ["a push is reset"] = ("PUT /v2/api/blobs/", new WireFault(WireFaultKind.ResetUpload), Unpushed("BROKEN")),
        ["a push is not read"] = ("PUT /v2/api/blobs/", new WireFault(WireFaultKind.SilentUpload), Unpushed("the connection was silent for 0.5 seconds")),
        ["a push is not answered"] = ("PUT /v2/api/manifests/", new WireFault(WireFaultKind.NoAnswer), Unpushed("the connection was silent for 0.5 seconds")),
    };

    public static TheoryData<string> Rows => [.. Faults.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Rows))]
    public async Task OnceIsRecoveredFrom(string row)
    {
        var (start, fault, outcome) = Faults[row];
        var left = 1;

        Assert.Equal(outcome.StartsWith("CSDK4009", StringComparison.Ordinal) ? outcome : "", await PublishAsync(request => request.StartsWith(start, StringComparison.Ordinal) && Interlocked.Decrement(ref left) >= 0 ? fault with { After = Size / 3 } : null));
    }

    [Theory, MemberData(nameof(Rows))]
    public async Task ForEverIsOneErrorWithACode(string row)
    {
        var (start, fault, outcome) = Faults[row];

        Assert.Equal(outcome, await PublishAsync(request => request.StartsWith(start, StringComparison.Ordinal) ? fault : null));
    }

    [Fact]
    public async Task ASlowRegistryIsWaitedForAsLongAsSomethingComes()
    {
        var begun = System.Diagnostics.Stopwatch.StartNew();

        Assert.Equal("", await PublishAsync(request => request.StartsWith(Layer, StringComparison.Ordinal) ? new WireFault(WireFaultKind.Trickle, Size / 15) { Pause = TimeSpan.FromSeconds(0.1) } : null));
        Assert.True(begun.Elapsed > Patience * 2);
    }

    private static async Task<string> PublishAsync(Func<string, WireFault?> fault)
    {
        var basis = BaseImages.Plain(Size);
        var (digest, blob) = basis.Blobs.Single();
        using var registry = new MemoryRegistry();
        await using var wire = new WireRegistry(registry) { FaultOf = request => fault(request.Replace(digest.ToString(), "LAYER", StringComparison.Ordinal)) };
        registry.Keep(basis, basis.Build());
        using var project = await TestProject.CreateAsync($"{wire.Name}/base:1", new RegistryDelivery(), $"{wire.Name}/api:1", Size);
        using var network = RegistryTransport.Create(Patience);
        var (engine, reporter) = (project.Engine(network, clock: new InstantClock()), new RecordingReporter());
        if (await engine.BuildAsync(project.Request, reporter, Token) is { } image && await engine.PushAsync(project.Request, project.Plan.Destinations[0], reporter, Token) is { } pushed)
            Assert.Equal((image.Digest, pushed), (registry.Manifests["api:1"].Digest.ToString(), image.Digest));
        CacheFolder.IsSoundAndTidy(project.Cache);
        var text = string.Join('\n', reporter.Diagnostics.Select(diagnostic => $"{diagnostic.Descriptor.Id}: {diagnostic.Message}"))
            .Replace(wire.Name, "REGISTRY", StringComparison.Ordinal).Replace(digest.ToString(), "LAYER", StringComparison.Ordinal)
            .Replace($"{blob.Length - 5} bytes", "LESS bytes", StringComparison.Ordinal).Replace($"not {blob.Length}", "not SIZE", StringComparison.Ordinal);
        // Which end notices it first is chance.
        return Regex.Replace(text, @"Connection reset by peer|Broken pipe|The response ended prematurely[^)]*\)", "BROKEN");
    }

    private static string Unfetched(string why) => $"CSDK4010: 'REGISTRY/base:1' cannot be fetched from its registry: {why}; check ContainerBaseImage, and the network and proxy of this machine, or name a mirror that it reaches";

    private static string Unpushed(string why) => $"CSDK4004: ContainerRegistry 'REGISTRY' cannot be reached to push 'api:1' ({why}); check its name, and the network and proxy of this machine\n  The image is finished; publishing again only pushes it.";
}

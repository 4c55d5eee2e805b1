using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ContainerSdk.Engines.Receipts;
using ContainerSdk.Images;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Tests.Registries;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Faults.Tests;

/// <summary>A publish to one kind of place, that can be killed after any number of bytes: of those that have gone over the wire, or of those that lie on the disk.</summary>
[SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "It is disposed of with the publish, and that by the test.")]
internal sealed class KilledPublish : IAsyncDisposable
{
    private const int Size = 3_000_000;

    // What a shell calls the end by signal 9.
    private const int Killed = 128 + 9;

    private readonly MemoryRegistry _registry = new();
    private readonly WireRegistry _wire;
    private bool _wasKilled;

    private KilledPublish(string way)
    {
        (Way, _wire) = (way, new WireRegistry(_registry) { Pace = TimeSpan.FromMilliseconds(1) });
        var basis = BaseImages.Plain(Size);
        _registry.Keep(basis, basis.Build());
    }

    /// <summary><c>registry</c>, <c>archive</c> or <c>load</c>.</summary>
    public string Way { get; }

    private TestProject Project { get; set; } = null!;

    /// <summary>What an undisturbed publish makes.</summary>
    private string Digest { get; set; } = "";

    private byte[] Output { get; set; } = [];

    /// <summary>How many bytes an undisturbed publish moves.</summary>
    private long Total { get; set; }

    public static async Task<KilledPublish> CreateAsync(string way)
    {
        var publish = new KilledPublish(way);
        Delivery? delivery = way switch { "registry" => new RegistryDelivery(), "archive" => new ArchiveDelivery("out/api.tar.gz"), _ => null };
        publish.Project = await TestProject.CreateAsync($"{publish._wire.Name}/base:1", delivery, $"{publish._wire.Name}/api:1", Size);
        using var project = publish.Project.Copy();
        Prepare(project);
        publish.Total = await publish.RunAsync(project, long.MaxValue);
        publish.Check(project);
        (publish.Digest, publish.Output) = (DigestOf(project), publish.OutputOf(project)!);
        return publish;
    }

    /// <summary>Publishes anew, is killed, looks at what is there, and publishes again. Whether it was still running when it was killed.</summary>
    public async Task<bool> TryKillAsync(int point, int points)
    {
        foreach (var kept in _registry.Blobs.Keys.Where(key => key.StartsWith("api@", StringComparison.Ordinal))) _registry.Blobs.TryRemove(kept, out _);
        foreach (var kept in _registry.Manifests.Keys.Where(key => key.StartsWith("api", StringComparison.Ordinal))) _registry.Manifests.TryRemove(kept, out _);
        using var project = Project.Copy();
        Prepare(project);

        await RunAsync(project, Total * point / points);

        TestContext.Current.TestOutputHelper?.WriteLine($"{Way} {point}/{points}: {(_wasKilled ? "killed" : "too late")}, {Left(project)}");
        Check(project);
        Assert.InRange(CacheFolder.Files(project.Cache, "unfinished").Length, 0, 4);
        CacheFolder.Age(project.Cache);
        Assert.Equal("", await project.PublishAsync());
        Assert.Equal(Digest, DigestOf(project));
        Assert.Equal(Output, OutputOf(project)!);
        CacheFolder.IsSoundAndTidy(project.Cache);
        Assert.Empty(Directory.GetFiles(project.Root, "*.new*", SearchOption.AllDirectories));
        return _wasKilled;
    }

    public async ValueTask DisposeAsync()
    {
        await _wire.DisposeAsync();
        _registry.Dispose();
        Project.Dispose();
    }

    // A docker that takes whatever it is given, and an older archive where the new one goes.
    private static void Prepare(TestProject project)
    {
        project.WriteCommand("docker", $"[ \"$1\" != load ] || cat > '{project["loaded"]}'");
        Directory.CreateDirectory(project["out"]);
        File.WriteAllText(project["out/api.tar.gz"], "older");
    }

    // How many bytes it had moved when it ended, by itself or not.
    private async Task<long> RunAsync(TestProject project, long limit)
    {
        var start = Way == "registry" ? _wire.Moved : BytesOf(project.Root);
        using var process = project.Start();
        if (Way == "registry") _wire.OnMoved = moved => EndIf(process, moved - start >= limit);
        var furthest = 0L;
        while (!process.HasExited)
        {
            furthest = Math.Max(furthest, (Way == "registry" ? _wire.Moved : BytesOf(project.Root)) - start);
            EndIf(process, furthest >= limit);
            await Task.Delay(1);
        }

        await process.WaitForExitAsync();
        _wire.OnMoved = _ => { };
        _wasKilled = process.ExitCode == Killed;
        if (limit == long.MaxValue) Assert.Equal("", await process.StandardOutput.ReadToEndAsync());
        return Math.Max(furthest, Way == "registry" ? _wire.Moved - start : 0);
    }

    private static void EndIf(Process process, bool isTime)
    {
        if (isTime && !process.HasExited) process.Kill();
    }

    private static long BytesOf(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Exists ? file.Length : 0);
        }
        catch (IOException)
        {
            // A file got its name, or went, just now.
            return 0;
        }
    }

    /// <summary>Nothing that somebody would use is half there.</summary>
    private void Check(TestProject project)
    {
        CacheFolder.IsSound(project.Cache);
        foreach (var file in Directory.GetFiles(project["obj"], "*.json", SearchOption.AllDirectories)) JsonDocument.Parse(File.ReadAllBytes(file)).Dispose();
        if (File.Exists(project["obj/container/receipt.json"])) Assert.NotNull(Receipt.FromJson(File.ReadAllText(project["obj/container/receipt.json"])));
        if (Way == "archive" && Output.Length > 0) Assert.True(OutputOf(project) is var there && (Output.AsSpan().SequenceEqual(there) || "older"u8.SequenceEqual(there)));
        if (_registry.Manifests.TryGetValue("api:1", out var manifest))
        {
            var image = OciJson.ReadManifest(manifest.Json.Span);
            Assert.All(image.Layers.Append(image.Config), part => Assert.Equal(part.Digest, Images.Oci.Digest.Of(_registry.Blobs[$"api@{part.Digest}"])));
        }
    }

    private string Left(TestProject project) => string.Join(", ", CacheFolder.Files(project.Cache, "unfinished").Select(_ => "unfinished blob")
        .Concat(Directory.GetFiles(project.Root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(project.Root, file)).Where(file => !file.StartsWith("caches", StringComparison.Ordinal) && !file.StartsWith("path", StringComparison.Ordinal) && !file.Contains("Dockerfile", StringComparison.Ordinal)))
        .Concat(_registry.Blobs.Keys.Where(key => key.StartsWith("api@", StringComparison.Ordinal)).Select(_ => "pushed blob")));

    // An engine that loads the image may keep no manifest of it.
    private static string DigestOf(TestProject project)
    {
        using var image = JsonDocument.Parse(File.ReadAllBytes(project["obj/container/image.json"]));
        return (image.RootElement.TryGetProperty("digest", out var digest) ? digest : image.RootElement.GetProperty("id")).GetString()!;
    }

    private byte[]? OutputOf(TestProject project) => Way switch
    {
        "registry" => _registry.Manifests["api:1"].Json.ToArray(),
        "archive" => File.ReadAllBytes(project["out/api.tar.gz"]),
        _ => File.ReadAllBytes(project["loaded"]),
    };
}

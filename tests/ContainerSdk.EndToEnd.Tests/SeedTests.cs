using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>The five services of <c>samples/seeds</c>: published from a copy, run, asked over HTTP, and looked into.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    [DockerFact]
    public async Task AlpineCmdStartsByARelativeCommand()
    {
        using var workspace = new Workspace();
        Publish(workspace, "alpine-cmd");

        using (var container = new RunningContainer("alpine-cmd:latest"))
        {
            await AssertAnswersAsync(container, "alpine-cmd", "go1.22", 1654);
            Assert.Equal("1654:1654", container.ProcessIds());
        }

        AssertCommand("alpine-cmd:latest", null, ["./app"], "/app", ["8080/tcp"]);
        AssertFiles("alpine-cmd:latest", "755 0:0 /app/app");
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task AlpineHardenedRunsAsTheAccountThatItNames()
    {
        using var workspace = new Workspace();
        Publish(workspace, "alpine-hardened");

        using (var container = new RunningContainer("alpine-hardened:latest"))
        {
            Assert.Equal("appuser", container.Run("whoami"));
            await AssertAnswersAsync(container, "alpine-hardened", "go1.25", UserId(container));
        }

        AssertCommand("alpine-hardened:latest", null, ["./info-service"], "/app", []);
        Assert.Contains("755 0:0 /app/info-service", Entries("alpine-hardened:latest"));
        AssertNoBuildTools("alpine-hardened:latest");
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task ScratchStaticIsOneFile()
    {
        using var workspace = new Workspace();
        Publish(workspace, "scratch-static");

        using (var container = new RunningContainer("scratch-static:latest"))
        {
            await AssertAnswersAsync(container, "scratch-static", "go1.21", 1654);
            Assert.Equal("1654:1654", container.ProcessIds());
        }

        AssertCommand("scratch-static:latest", ["/app/scratch-static"], null, "/app", []);
        Assert.Equal(["755 0:0 /app/scratch-static"], Entries("scratch-static:latest"));
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task AlpineCertsTzKnowsZonesAndCertificates()
    {
        using var workspace = new Workspace();
        Publish(workspace, "alpine-certs-tz");

        using (var container = new RunningContainer("alpine-certs-tz:1.0.0", 5002, "--env", "TZ=Asia/Tokyo"))
        {
            Assert.Equal("mariaappgo", container.Run("whoami"));
            var facts = await AssertAnswersAsync(container, "alpine-certs-tz", "go1.21", UserId(container));
            Assert.Equal("JST", facts.GetProperty("runtime").GetProperty("zone").GetString());
            Assert.StartsWith("-----BEGIN CERTIFICATE-----", container.Run("grep", "-m1", "BEGIN", "/etc/ssl/certs/ca-certificates.crt"), StringComparison.Ordinal);
        }

        AssertCommand("alpine-certs-tz:latest", ["/app/alpine-certs-tz"], null, "/app", ["5002/tcp"]);
        Assert.Equal(Id("alpine-certs-tz:latest"), Id("alpine-certs-tz:1.0.0"));
        Assert.Contains("755 0:0 /app/alpine-certs-tz", Entries("alpine-certs-tz:latest"));
        AssertNoBuildTools("alpine-certs-tz:latest");
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task AlpineRootBinaryLiesAtTheRoot()
    {
        using var workspace = new Workspace();
        Publish(workspace, "alpine-root-binary");

        using (var container = new RunningContainer("alpine-root-binary:latest"))
        {
            await AssertAnswersAsync(container, "alpine-root-binary", "go1.21", 1654);
            Assert.Equal("1654:1654", container.ProcessIds());
        }

        AssertCommand("alpine-root-binary:latest", null, ["/server"], "/", ["8080/tcp"]);
        AssertFiles("alpine-root-binary:latest", "755 0:0 /server");
        workspace.Passed = true;
    }

    /// <summary>Compiled for arm64 by the builder's own architecture, so nothing has to be emulated.</summary>
    [DockerFact]
    public void AnArm64ImageHoldsAnArm64Program()
    {
        using var workspace = new Workspace();
        Publish(workspace, "scratch-static", "-p:ContainerRuntimeIdentifier=linux-arm64", "-p:ContainerRepository=scratch-static-arm64");

        Assert.Equal("arm64", ImageContent.Of("scratch-static-arm64:latest").Configuration.GetProperty("architecture").GetString());
        var header = ImageContent.ReadFile("scratch-static-arm64:latest", "/app/scratch-static")[..20];
        Assert.Equal([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1], header[..6]);
        const int AArch64 = 183;
        Assert.Equal(AArch64, BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(18)));
        workspace.Passed = true;
    }

    private void Publish(Workspace workspace, string seed, params string[] arguments)
    {
        var folder = workspace.CopySample($"seeds/{seed}");
        var result = workspace.DotNet(folder, ["publish", "-t:PublishContainer", "-warnaserror", .. arguments]).Expect();
        output.WriteLine(string.Join('\n', result.LinesWith(" -> ")));
    }

    private static async Task<JsonElement> AssertAnswersAsync(RunningContainer container, string name, string goVersion, int userId)
    {
        var facts = await JsonAsync(container, "/");
        Assert.Equal(["service", "system", "runtime", "request", "endpoints"], facts.EnumerateObject().Select(property => property.Name));
        Assert.Equal($$"""{"name":"{{name}}","version":"1.0.0"}""", facts.GetProperty("service").GetRawText());
        Assert.Equal("linux", facts.GetProperty("system").GetProperty("platform").GetString());
        Assert.StartsWith(goVersion, facts.GetProperty("system").GetProperty("go_version").GetString(), StringComparison.Ordinal);
        Assert.Equal(userId, facts.GetProperty("runtime").GetProperty("user_id").GetInt32());
        Assert.Equal("/", facts.GetProperty("request").GetProperty("path").GetString());
        Assert.Equal(["/", "/health"], facts.GetProperty("endpoints").EnumerateArray().Select(endpoint => endpoint.GetProperty("path").GetString()));

        var health = await JsonAsync(container, "/health");
        Assert.Equal(["status", "timestamp", "uptime_seconds"], health.EnumerateObject().Select(property => property.Name));
        Assert.Equal("healthy", health.GetProperty("status").GetString());
        Assert.Equal(TimeSpan.Zero, health.GetProperty("timestamp").GetDateTimeOffset().Offset);
        Assert.True(health.GetProperty("uptime_seconds").GetInt64() >= 0);
        return facts;
    }

    private static async Task<JsonElement> JsonAsync(RunningContainer container, string path)
    {
        using var document = JsonDocument.Parse(await container.GetAsync(path));
        return document.RootElement.Clone();
    }

    private static void AssertCommand(string image, string[]? entrypoint, string[]? command, string workingDirectory, string[] ports)
    {
        var configuration = ImageContent.Of(image).Configuration.GetProperty("config");
        Assert.Equal(entrypoint, Words("Entrypoint"));
        Assert.Equal(command, Words("Cmd"));
        Assert.Equal(workingDirectory, configuration.GetProperty("WorkingDir").GetString());
        Assert.Equal(ports, configuration.TryGetProperty("ExposedPorts", out var exposed) && exposed.ValueKind == JsonValueKind.Object ? exposed.EnumerateObject().Select(port => port.Name) : []);

        string[]? Words(string name) => configuration.TryGetProperty(name, out var words) && words.ValueKind == JsonValueKind.Array ? [.. words.EnumerateArray().Select(word => word.GetString()!)] : null;
    }

    /// <summary>Beyond the base image's own layer, an image holds this file and no other.</summary>
    private static void AssertFiles(string image, string file)
    {
        Assert.Equal([file], ImageContent.Of(image).Layers.Skip(1).SelectMany(layer => layer).Where(entry => !entry.EndsWith('/')));
        AssertNoBuildTools(image);
    }

    private static void AssertNoBuildTools(string image) =>
        Assert.DoesNotContain(ImageContent.Of(image).Paths, path => path.EndsWith(".go", StringComparison.Ordinal) || path.StartsWith("/usr/local/go/", StringComparison.Ordinal) || path.StartsWith("/src/", StringComparison.Ordinal));

    private static string[] Entries(string image) => [.. ImageContent.Of(image).Layers.SelectMany(layer => layer).Where(entry => !entry.EndsWith('/'))];

    private static int UserId(RunningContainer container)
    {
        var id = int.Parse(container.ProcessIds().Split(':')[0], CultureInfo.InvariantCulture);
        Assert.NotEqual(0, id);
        return id;
    }

    private static string Id(string image) => Docker.Run("image", "inspect", "--format", "{{.Id}}", image).Trim();
}

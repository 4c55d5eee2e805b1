using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Images of several platforms that this machine compiles: one index, in a registry or an archive.</summary>
public sealed class PlatformsTests : IClassFixture<GoHostTests.Compiler>
{
    private const string Manifest = "application/vnd.docker.distribution.manifest.v2+json";
    private const string List = "application/vnd.docker.distribution.manifest.list.v2+json";
    private const string OciManifest = "application/vnd.oci.image.manifest.v1+json";
    private const string OciIndex = "application/vnd.oci.image.index.v1+json";

    private readonly Dictionary<string, string> _withGo;

    public PlatformsTests(GoHostTests.Compiler go) => _withGo = new() { ["PATH"] = $"{go.Folder}/go/bin:{Environment.GetEnvironmentVariable("PATH")}" };

    [RegistryFact]
    public async Task EachPlatformOfAnIndexHasABinaryOfItsOwn()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        // As a command line has to write it.
        string[] arguments = ["publish", "--nologo", "-p:ContainerEngine=embedded", "-p:ContainerBaseImage=scratch", "-p:ContainerRuntimeIdentifiers=linux-x64%3Blinux-arm64", "-p:ContainerRepository=e2e/platforms"];

        var pushed = workspace.DotNet(folder, _withGo, [.. arguments, $"-p:ContainerRegistry={Registry.Open}"]).Expect();
        var again = workspace.DotNet(folder, _withGo, [.. arguments, $"-p:ContainerRegistry={Registry.Open}"]).Expect();
        var kept = workspace.DotNet(folder, _withGo, arguments).Expect();

        Assert.Single(pushed.LinesWith(", linux/amd64 and linux/arm64)"));
        Assert.Equal([$"app -> {Registry.Open}/e2e/platforms:latest (up to date)"], again.LinesWith("->"));
        Assert.Matches(@"^app -> docker\.io/e2e/platforms:latest \([0-9.]+ MB, 1 layer, user 1654:1654, linux/amd64\)$", Assert.Single(kept.LinesWith("->")));
        Assert.Equal(["docker.io/e2e/platforms:latest is there for linux/amd64 alone; ContainerRegistry or ContainerArchiveOutputPath take all its platforms."], kept.LinesWith("is there for"));
        Assert.Equal((62, 62), (await MachineAsync(), Machine("e2e/platforms:latest")));
        var (type, index) = await GetAsync("e2e/platforms", "latest");
        Assert.Equal((OciIndex, "linux/amd64 linux/arm64"), (type, string.Join(' ', index["manifests"]!.AsArray().Select(one => $"{one!["platform"]!["os"]}/{one["platform"]!["architecture"]}"))));
        var arm = $"{Registry.Open}/e2e/platforms@{index["manifests"]![1]!["digest"]}";
        Docker.Run("pull", arm);
        Assert.Equal(183, Machine(arm));

        // The Dockerfile says the same.
        CommandLine.Run(folder, new Dictionary<string, string> { ["DOCKER_BUILDKIT"] = "1" }, "docker", "build", "--platform", "linux/arm64", "-t", "e2e/platforms:docker", "-f", "obj/container/Dockerfile", ".").Expect();
        Assert.Equal(ImageContent.ReadFile("e2e/platforms:docker", "/app/hello-go"), ImageContent.ReadFile(arm, "/app/hello-go"));
        Assert.Equal(["755 0:0 /app/", "755 0:0 /app/hello-go"], ImageContent.Of("e2e/platforms:docker").Layers.Where(layer => layer.Count > 0).SelectMany(layer => layer));
        workspace.Passed = true;

        static int Machine(string image) => ImageContent.ReadFile(image, "/app/hello-go")[18];

        async Task<int> MachineAsync()
        {
            Docker.Run("pull", $"{Registry.Open}/e2e/platforms:latest");
            using (var container = new RunningContainer($"{Registry.Open}/e2e/platforms:latest")) Assert.Equal("{\"status\":\"healthy\"}\n", await container.GetAsync("/health"));
            return Machine($"{Registry.Open}/e2e/platforms:latest");
        }
    }

    // There is no .NET image of another platform here: one is put together from .NET's own for this machine and, for the other, one that holds a file, on which nothing could start.
    [RegistryFact]
    public async Task AnApplicationOnABaseOfSeveralPlatformsIsOneIndex()
    {
        using var workspace = new Workspace();
        await MakeBaseAsync(workspace);
        var folder = workspace.CopySample("hello-api");
        var project = Path.Combine(folder, "hello-api.csproj");
        await File.WriteAllTextAsync(project, (await File.ReadAllTextAsync(project, TestContext.Current.CancellationToken)).Replace(
            "</TargetFramework>", "</TargetFramework><ContainerRuntimeIdentifiers>linux-x64;linux-arm64</ContainerRuntimeIdentifiers>", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        string[] arguments = ["publish", "--nologo", "-t:PublishContainer", "-p:ContainerEngine=embedded", $"-p:ContainerBaseImage={Registry.Open}/e2e/platforms-base:1", $"-p:ContainerRegistry={Registry.Open}", "-p:ContainerRepository=e2e/platforms-api", "-p:ContainerVerify=none"];

        workspace.DotNet(folder, arguments).Expect();
        var again = workspace.DotNet(folder, arguments).Expect();

        Assert.Equal([$"hello-api -> {Registry.Open}/e2e/platforms-api:latest (up to date)"], again.LinesWith("->"));
        Docker.Run("pull", $"{Registry.Open}/e2e/platforms-api:latest");
        using (var container = new RunningContainer($"{Registry.Open}/e2e/platforms-api:latest")) Assert.Equal("{\"status\":\"healthy\"}", await container.GetAsync("/health"));
        var (type, index) = await GetAsync("e2e/platforms-api", "latest");
        var arm = $"{Registry.Open}/e2e/platforms-api@{index["manifests"]![1]!["digest"]}";
        Docker.Run("pull", arm);
        Assert.Equal((List, "arm64"), (type, Docker.Run("image", "inspect", "--format", "{{.Architecture}}", arm).Trim()));
        Assert.Equal((".NETCoreApp,Version=v10.0/linux-x64", ".NETCoreApp,Version=v10.0/linux-arm64"), (Target($"{Registry.Open}/e2e/platforms-api:latest"), Target(arm)));
        workspace.Passed = true;

        static string Target(string image) => JsonNode.Parse(ImageContent.ReadFile(image, "/app/hello-api.deps.json"))!["runtimeTarget"]!["name"]!.GetValue<string>();
    }

    private async Task MakeBaseAsync(Workspace workspace)
    {
        var name = $"{Registry.Open}/e2e/platforms-base";
        Docker.Run("tag", "mcr.microsoft.com/dotnet/aspnet:10.0", name + ":amd64");
        Docker.Run("push", name + ":amd64");
        workspace.DotNet(workspace.CopySample("hello-go"), _withGo, "publish", "--nologo", "-p:ContainerEngine=embedded", "-p:ContainerBaseImage=scratch", "-p:ContainerRuntimeIdentifier=linux-arm64",
            $"-p:ContainerRegistry={Registry.Open}", "-p:ContainerRepository=e2e/platforms-base", "-p:ContainerImageTag=arm64").Expect();
        var manifests = new JsonArray();
        foreach (var architecture in new[] { "amd64", "arm64" })
        {
            using var answer = await SendAsync(HttpMethod.Get, "e2e/platforms-base", architecture, null);
            var content = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            manifests.Add(new JsonObject
            {
                ["mediaType"] = answer.Content.Headers.ContentType!.MediaType, ["digest"] = answer.Headers.GetValues("Docker-Content-Digest").Single(), ["size"] = content.Length,
                ["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = architecture },
            });
        }

        var list = new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = List, ["manifests"] = manifests };
        using var made = await SendAsync(HttpMethod.Put, "e2e/platforms-base", "1", new StringContent(list.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(List)));
    }

    private static async Task<(string? Type, JsonNode Json)> GetAsync(string repository, string tag)
    {
        using var answer = await SendAsync(HttpMethod.Get, repository, tag, null);
        return (answer.Content.Headers.ContentType!.MediaType, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpMethod method, string repository, string tag, HttpContent? content)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, $"http://{Registry.Open}/v2/{repository}/manifests/{tag}") { Content = content };
        foreach (var type in new[] { OciIndex, List, OciManifest, Manifest }) request.Headers.Accept.ParseAdd(type);
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.EnsureSuccessStatusCode();
    }
}

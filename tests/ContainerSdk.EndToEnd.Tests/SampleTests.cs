using System.Globalization;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Each sample: published as its readers would, run, asked over HTTP, and looked into.</summary>
public sealed class SampleTests
{
    [DockerFact]
    public async Task HelloApiAnswersAsAnUnprivilegedUser()
    {
        using var workspace = new Workspace();
        var result = Publish(workspace, "hello-api");

        using (var container = new RunningContainer("hello-api:latest"))
        {
            Assert.Equal("Hello from a container\n", await container.GetAsync("/"));
            Assert.Equal("""{"status":"healthy"}""", await container.GetAsync("/health"));
            Assert.Equal("1654:1654", container.ProcessIds());
        }

        var image = ImageContent.Of("hello-api:latest");
        Assert.All(image.Layers[^2].Where(entry => !entry.EndsWith('/')), entry => Assert.Equal("644", entry.Split(' ')[0]));
        Assert.Equal(
            ["/app/hello-api.deps.json", "/app/hello-api.dll", "/app/hello-api.runtimeconfig.json", "/app/hello-api.staticwebassets.endpoints.json"],
            image.Layers[^2].Select(entry => entry.Split(' ', 3)[2]).Where(path => !path.EndsWith('/')).Order(StringComparer.Ordinal));
        Assert.All(image.Layers[^2], entry => Assert.Equal("0:0", entry.Split(' ')[1]));
        Assert.DoesNotContain(image.Paths, IsForeign);
        Assert.Equal(["8080/tcp"], image.Configuration.GetProperty("config").GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name));
        Assert.Matches(@"^hello-api -> docker\.io/library/hello-api:latest \(\d+\.\d MB, \d+ layers, user 1654:1654\)$", result.LinesWith(" -> ").Single());
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task HelloAotStaticIsOneSmallBinaryOnScratch()
    {
        using var workspace = new Workspace();
        Publish(workspace, "hello-aot-static", "--no-restore", "-p:TargetFramework=net9.0");

        using (var container = new RunningContainer("hello-aot-static:latest"))
        {
            Assert.Equal("Hello from a static binary\n", await container.GetAsync("/"));
            Assert.Equal("""{"status":"healthy"}""", await container.GetAsync("/health"));
            Assert.Equal("1654:1654", container.ProcessIds());
        }

        var image = ImageContent.Of("hello-aot-static:latest");
        Assert.Equal(["/app/hello-aot-static"], image.Paths.Where(path => !path.EndsWith('/')));
        Assert.InRange(Size("hello-aot-static:latest"), 1, 11_999_999);
        workspace.Passed = true;
    }

    [DockerTheory]
    [InlineData("alpine:3.22")]
    [InlineData("scratch")]
    public async Task HelloGoIsOneStaticBinary(string baseImage)
    {
        using var workspace = new Workspace();
        Publish(workspace, "hello-go", $"-p:ContainerBaseImage={baseImage}", "-p:ContainerImageTag=e2e");

        using (var container = new RunningContainer("hello-go:e2e"))
        {
            Assert.Equal("Hello from Go\n", await container.GetAsync("/"));
            Assert.Equal("{\"status\":\"healthy\"}\n", await container.GetAsync("/health"));
            Assert.Equal("1654:1654", container.ProcessIds());
        }

        var image = ImageContent.Of("hello-go:e2e");
        Assert.Equal(["755 0:0 /app/hello-go"], image.Layers[^2].Where(entry => !entry.EndsWith('/')));
        Assert.DoesNotContain(image.Paths, path => path.EndsWith(".go", StringComparison.Ordinal) || path.StartsWith("/usr/local/go/", StringComparison.Ordinal));
        if (baseImage == "scratch") Assert.Equal(["/app/hello-go"], image.Paths.Where(path => !path.EndsWith('/')));
        workspace.Passed = true;
    }

    private static CommandResult Publish(Workspace workspace, string sample, params string[] arguments)
    {
        var folder = workspace.CopySample(sample);
        return workspace.DotNet(folder, ["publish", "-t:PublishContainer", "-warnaserror", .. arguments]).Expect();
    }

    private static long Size(string image) => long.Parse(Docker.Run("image", "inspect", "--format", "{{.Size}}", image).Trim(), CultureInfo.InvariantCulture);

    private static bool IsForeign(string path) =>
        path.StartsWith("/src/", StringComparison.Ordinal) || path.StartsWith("/nuget/", StringComparison.Ordinal) || path.EndsWith(".cs", StringComparison.Ordinal)
        || path.EndsWith(".csproj", StringComparison.Ordinal) || path.EndsWith(".pdb", StringComparison.Ordinal) || path.Contains("/dotnet/sdk/", StringComparison.Ordinal)
        || path.EndsWith("/csc.dll", StringComparison.Ordinal) || path.EndsWith("nuget.config", StringComparison.OrdinalIgnoreCase);
}

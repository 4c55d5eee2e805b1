using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Go compiled on this machine, by the compiler of the golang image: the same binary as a builder stage makes.</summary>
public sealed class GoHostTests : IClassFixture<GoHostTests.Compiler>
{
    private readonly Dictionary<string, string> _withGo;
    private readonly Dictionary<string, string> _noDocker = new() { ["DOCKER_HOST"] = "unix:///nowhere.sock" };

    public GoHostTests(Compiler go) => _withGo = new() { ["PATH"] = $"{go.Folder}/go/bin:{Environment.GetEnvironmentVariable("PATH")}" };

    [DockerFact]
    public async Task BothEnginesShipTheBinaryOfTheBuilderStage()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        string[] arguments = ["publish", "--nologo", "-p:ContainerBaseImage=scratch", "-p:ContainerRepository=e2e/go-host"];

        foreach (var (tag, mode) in new[] { ("builder", "-p:ContainerBuildMode=Container"), ("host", "-p:ContainerBuildMode=Host"), ("embedded", "-p:ContainerEngine=embedded") })
            workspace.DotNet(folder, _withGo, [.. arguments, mode, $"-p:ContainerImageTag={tag}"]).Expect();

        var (builder, host, embedded) = (ImageContent.Of("e2e/go-host:builder"), ImageContent.Of("e2e/go-host:host"), ImageContent.Of("e2e/go-host:embedded"));
        Assert.Equal([["755 0:0 /app/", "755 0:0 /app/hello-go"]], Files(host));
        Assert.Equal(Files(builder), Files(host));
        Assert.Equal(Files(host), Files(embedded));
        Assert.Equal(ImageContent.ReadFile("e2e/go-host:builder", "/app/hello-go"), ImageContent.ReadFile("e2e/go-host:embedded", "/app/hello-go"));
        using (var container = new RunningContainer("e2e/go-host:embedded")) Assert.Equal("{\"status\":\"healthy\"}\n", await container.GetAsync("/health"));
        workspace.Passed = true;
    }

    [DockerFact]
    public void WithoutDockerAnInstalledGoIsEnough()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");

        var result = workspace.DotNet(folder, new Dictionary<string, string>([.. _withGo, .. _noDocker]), "publish", "--nologo", "-p:ContainerBaseImage=scratch", "-p:ContainerRuntimeIdentifier=linux-arm64", "-p:ContainerArchiveOutputPath=image.tar").Expect();

        Assert.Single(result.LinesWith("app: the embedded engine makes the image, because no docker answers here: "));
        Docker.Run("load", "--input", Path.Combine(folder, "image.tar"));
        Assert.Equal("arm64 /app/hello-go", Docker.Run("image", "inspect", "--format", "{{.Architecture}} {{join .Config.Cmd \" \"}}{{join .Config.Entrypoint \" \"}}", "hello-go").Trim());
        workspace.Passed = true;
    }

    [DockerFact]
    public void CSDK3020_ACompilersErrorNamesTheFile()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        workspace.Write("hello-go/greeting.go", "package main\n\nfunc greet() { println(greeting) }\n");

        var result = workspace.DotNet(folder, _withGo, "publish", "--nologo", "-p:ContainerEngine=embedded", "-p:ContainerBaseImage=scratch", "-clp:NoSummary").Expect(1);

        Assert.Equal(
            [
                $"{folder}/greeting.go(3,24): error : undefined: greeting [{folder}/app.containerproj]",
                $"{folder}/app.containerproj : error CSDK3020: 'go build' failed on this machine: ./greeting.go:3:24: undefined: greeting; its errors, where it named files, stand above, and all of its output is shown by -v:detailed",
            ],
            result.LinesWith("error "));
        workspace.Passed = true;
    }

    [DockerFact]
    public void CSDK3019_AMissingCompilerIsNamed()
    {
        Assert.SkipWhen(CommandLine.Run(Path.GetTempPath(), "sh", "-c", "command -v go").ExitCode == 0, "Go is installed here");
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");

        var result = workspace.DotNet(folder, "publish", "--nologo", "-p:ContainerEngine=embedded", "-p:ContainerBaseImage=scratch", "-clp:NoSummary").Expect(1);

        Assert.Equal(
            [$"{folder}/app.containerproj : error CSDK3019: ContainerToolchain 'go' is to compile on this machine, but no 'go' command was found on PATH; install it, or use ContainerEngine 'docker', which compiles in a builder stage"],
            result.LinesWith("error "));
        workspace.Passed = true;
    }

    // docker 20.10 makes a layer without a file for WORKDIR.
    private static IEnumerable<IReadOnlyList<string>> Files(ImageContent image) => image.Layers.Where(layer => layer.Count > 0);

    /// <summary>Go's own folder, out of the image.</summary>
    public sealed class Compiler : IDisposable
    {
        public Compiler()
        {
            if (Docker.SkipReason is not null) return;
            var id = Docker.Run("create", "golang:1.25").Trim();
            Docker.Run("cp", $"{id}:/usr/local/go", Folder);
            Docker.Run("rm", id);
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("containersdk-go-").FullName;

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}

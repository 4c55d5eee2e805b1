using System.Globalization;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>What a user sees when something goes wrong, and that nothing is left behind.</summary>
public sealed class FailureTests
{
    [DockerFact]
    public void ACompileErrorIsShownOnceAsAnErrorOfTheHostsFile()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-api");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "nosuch();\n");

        var result = workspace.DotNet(folder, "publish", "-p:ContainerRepository=broken", "-clp:NoSummary").Expect(1);

        Assert.Equal(
            [
                $"{folder}/Program.cs(1,1): error CS0103: The name 'nosuch' does not exist in the current context [{folder}/hello-api.csproj]",
                $"{folder}/hello-api.csproj : error CSDK3006: The image build failed in step [build 8/8] RUN [\"dotnet\", \"publish\", \"hello-api.csproj\", \"--no-restore\", \"-c\", \"Release\", \"-o\", \"/o...: the compiler's errors are above",
            ],
            result.LinesWith("error ").Order(StringComparer.Ordinal));
        Assert.Equal("", Docker.Run("images", "--quiet", "broken"));
        workspace.Passed = true;
    }

    [DockerFact]
    public void ACompileErrorOfGoIsAnErrorOfTheHostsFileToo()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        File.WriteAllText(Path.Combine(folder, "main.go"), "package main\n\nfunc main() {\n\tnosuch()\n}\n");

        var result = workspace.DotNet(folder, "publish", "-p:ContainerRepository=broken-go", "-clp:NoSummary").Expect(1);

        Assert.Contains($"{folder}/main.go(4,2): error : undefined: nosuch [{folder}/app.containerproj]", result.LinesWith("error "));
        Assert.Equal(2, result.LinesWith("error ").Length);
        workspace.Passed = true;
    }

    [DockerFact]
    public void AMissingBaseImageNamesTheStepAndTheReason()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");

        var result = workspace.DotNet(folder, "publish", "-p:ContainerBaseImage=localhost:1/no/such:1", "-clp:NoSummary").Expect(1);

        Assert.StartsWith($"{folder}/app.containerproj : error CSDK3006: The image build failed in step [internal] load metadata for localhost:1/no/such:1: ", result.LinesWith("error CSDK").Single(), StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [Fact]
    public void AMissingEngineSaysHowToGetOne()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        var dotnet = Path.GetDirectoryName(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : DotNetHost())!;

        var result = workspace.DotNet(folder, new Dictionary<string, string> { ["PATH"] = dotnet }, "publish", "-clp:NoSummary").Expect(1);

        Assert.Equal(
            [$"{folder}/app.containerproj : error CSDK3001: No 'docker' command was found on PATH; install Docker with buildx, or generate only the Dockerfile with -t:ContainerDockerfile"],
            result.LinesWith("error "));
        workspace.Passed = true;
    }

    [DockerFact]
    public void AStoppedEngineSaysHowToReachOne()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");

        var result = workspace.DotNet(folder, new Dictionary<string, string> { ["DOCKER_HOST"] = "unix:///nonexistent.sock" }, "publish", "-clp:NoSummary").Expect(1);

        Assert.Equal(
            [$"{folder}/app.containerproj : error CSDK3002: 'docker' is installed, but its daemon does not answer (Cannot connect to the Docker daemon at unix:///nonexistent.sock. Is the docker daemon running?); start it, or point DOCKER_HOST or 'docker context use' at one that runs"],
            result.LinesWith("error "));
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task AnInterruptedPublishLeavesNoProcessAndNoTag()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        var file = Path.Combine(folder, "app.containerproj");
        File.WriteAllText(file, File.ReadAllText(file).Replace("</Project>", """<ItemGroup><ContainerBuilderPackage Include="cowsay" /></ItemGroup></Project>""", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "main.go"), $"package main\n\nimport _ \"net/http\"\n\nconst id = \"{Guid.NewGuid()}\"\n\nfunc main() {{ println(id) }}\n");
        using var process = CommandLine.Start(folder, new Dictionary<string, string>(), "dotnet", "publish", "-v:normal", "-p:ContainerRepository=interrupted");
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.Contains("[build 1/", StringComparison.Ordinal) && !line.Contains("[build 2/", StringComparison.Ordinal))
        {
        }

        CommandLine.Run(folder, "kill", "-INT", process.Id.ToString(CultureInfo.InvariantCulture)).Expect();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.NotEqual(0, process.ExitCode);
        Assert.Equal("", Docker.Run("images", "--quiet", "interrupted"));
        Assert.Empty(CommandLine.Run(folder, "ps", "-eo", "args").LinesWith($"{folder}/obj/container"));
        workspace.Passed = true;
    }

    private static string DotNetHost() =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "dotnet")).Where(File.Exists)
            .Select(file => new FileInfo(file).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? file).First();
}

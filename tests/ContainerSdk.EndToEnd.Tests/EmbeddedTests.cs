using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>ContainerEngine=embedded: images that no engine built, run by a real one.</summary>
public sealed class EmbeddedTests
{
    private const string Base = $"{Registry.Open}/dotnet/aspnet:10.0";

    private static readonly Dictionary<string, string> NoDocker = new() { ["DOCKER_HOST"] = "unix:///nowhere.sock" };

    [RegistryFact]
    public async Task TheImageIsTheOneThatDockerMakesOfTheSamePlan()
    {
        using var workspace = new Workspace();
        var folder = Project(workspace, "api");
        PushBase();

        Publish(workspace, folder, "docker", "-p:ContainerBuildMode=Host", "-p:ContainerEngine=docker").Expect();
        Publish(workspace, folder, "embedded", "-p:ContainerEngine=embedded").Expect();

        ImageComparison.AssertSame("e2e/conform:docker", "e2e/conform:embedded");
        using (var container = new RunningContainer("e2e/conform:embedded"))
        {
            Assert.Equal("Hello from a container\n", await container.GetAsync("/"));
            Assert.Equal("1654:1654", container.ProcessIds());
        }

        Assert.Single(Publish(workspace, folder, "embedded", "-p:ContainerEngine=embedded").Expect().LinesWith("e2e/conform:embedded (up to date)"));
        workspace.Passed = true;
    }

    [RegistryFact]
    public async Task ALockedRegistryGetsTheImageUnderAllItsTagsAndDockerRunsIt()
    {
        using var workspace = new Workspace();
        var folder = Project(workspace, "api");
        PushBase();
        string[] arguments = ["publish", "-t:PublishContainer", "--nologo", "-p:ContainerEngine=embedded", $"-p:ContainerBaseImage={Base}", $"-p:ContainerRegistry={Registry.Locked}", "-p:ContainerRepository=e2e/embedded", "-p:ContainerImageTags=1.0 latest"];
        var login = Registry.LoginAs("DOTNET_CONTAINER_PUSH_REGISTRY");

        var refused = workspace.DotNet(folder, new Dictionary<string, string> { ["DOCKER_CONFIG"] = workspace.Root }, arguments).Expect(1);
        var result = workspace.DotNet(folder, login, [.. arguments, "-getProperty:GeneratedContainerDigest"]).Expect();

        Assert.StartsWith($"{folder}/api.csproj : error CSDK4001: ContainerRegistry '{Registry.Locked}' does not take 'e2e/embedded:1.0' without a valid login (", refused.LinesWith("error ")[0], StringComparison.Ordinal);
        var digest = result.Output.Trim();
        Assert.Matches("^sha256:[0-9a-f]{64}$", digest);
        var (user, password) = Registry.Login;
        CommandLine.Run(workspace.Root, new Dictionary<string, string> { ["DOCKER_CONFIG"] = workspace.Root }, "docker", "login", "--username", user, "--password", password, Registry.Locked).Expect();
        foreach (var name in new[] { "e2e/embedded:1.0", "e2e/embedded:latest", $"e2e/embedded@{digest}" })
            CommandLine.Run(workspace.Root, new Dictionary<string, string> { ["DOCKER_CONFIG"] = workspace.Root }, "docker", "pull", "--quiet", $"{Registry.Locked}/{name}").Expect();
        using (var container = new RunningContainer($"{Registry.Locked}/e2e/embedded:1.0")) Assert.Equal("Hello from a container\n", await container.GetAsync("/"));
        Assert.Equal([$"api -> {Registry.Locked}/e2e/embedded:1.0 (up to date)", $"api -> {Registry.Locked}/e2e/embedded:latest (up to date)"], workspace.DotNet(folder, login, arguments).Expect().LinesWith("up to date"));
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task ABaseImageCanBeAFileOfThisMachine()
    {
        using var workspace = new Workspace();
        var folder = Project(workspace, "api");
        Docker.Run("save", "--output", Path.Combine(folder, "base.tar"), "mcr.microsoft.com/dotnet/aspnet:10.0");
        string[] arguments = ["publish", "-t:PublishContainer", "--nologo", "-p:ContainerEngine=embedded", "-p:ContainerBaseImage=mcr.microsoft.com/dotnet/aspnet:10.0", "-p:ContainerRepository=e2e/from-file"];

        var missing = workspace.DotNet(folder, [.. arguments, "-p:ContainerBaseImagePath=bse.tar"]).Expect(1);
        workspace.DotNet(folder, [.. arguments, "-p:ContainerBaseImagePath=base.tar"]).Expect();

        Assert.Equal(
            [$"{folder}/api.csproj : error CSDK4009: The embedded engine cannot build on 'mcr.microsoft.com/dotnet/aspnet:10.0': ContainerBaseImagePath 'bse.tar' is neither a folder nor a file, nor 'docker:' or 'podman:'; correct ContainerBaseImagePath or ContainerBaseImage"], missing.LinesWith("error "));
        using (var container = new RunningContainer("e2e/from-file")) Assert.Equal("Hello from a container\n", await container.GetAsync("/"));
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task CSDK4011_ABaseImageCanBeOneOfTheEnginesOwn()
    {
        using var workspace = new Workspace();
        var folder = Project(workspace, "api");
        Docker.Run("tag", "mcr.microsoft.com/dotnet/aspnet:10.0", "e2e/own-base:1");
        string[] arguments = ["publish", "-t:PublishContainer", "--nologo", "-p:ContainerEngine=embedded", "-p:ContainerRepository=e2e/from-store", "-p:ContainerBaseImagePath=docker:"];

        var missing = workspace.DotNet(folder, [.. arguments, "-p:ContainerBaseImage=e2e/nobodys:1"]).Expect(1);
        var without = workspace.DotNet(folder, MachineWithout.Engines(workspace), [.. arguments, "-p:ContainerBaseImage=e2e/own-base:1"]).Expect(1);
        workspace.DotNet(folder, [.. arguments, "-p:ContainerBaseImage=e2e/own-base:1"]).Expect();
        var archived = workspace.DotNet(folder, [.. arguments, "-p:ContainerBaseImage=e2e/own-base:1", "-p:ContainerArchiveOutputPath=image.tar"]).Expect();

        Assert.Equal(
            [$"{folder}/api.csproj : error CSDK4011: ContainerBaseImagePath is 'docker:', but docker does not hand out 'docker.io/e2e/nobodys:1': 'docker save' says: Error response from daemon: reference does not exist; see that docker runs and 'docker images' lists the image, or remove ContainerBaseImagePath to read it from its registry"], missing.LinesWith("error "));
        Assert.Equal(
            [$"{folder}/api.csproj : error CSDK4011: ContainerBaseImagePath is 'docker:', but docker does not hand out 'docker.io/e2e/own-base:1': no such command is on PATH; see that docker runs and 'docker images' lists the image, or remove ContainerBaseImagePath to read it from its registry"], without.LinesWith("error "));
        using (var container = new RunningContainer("e2e/from-store")) Assert.Equal("Hello from a container\n", await container.GetAsync("/"));
        Assert.Single(archived.LinesWith("to local archive at"));
        workspace.Passed = true;
    }

    [RegistryFact]
    public void CSDK4009_ABaseImageThatIsNotThereIsNamedAndNothingIsHalfWritten()
    {
        using var workspace = new Workspace();
        var folder = Project(workspace, "api");

        var result = workspace.DotNet(folder, "publish", "-t:PublishContainer", "--nologo", "-p:ContainerEngine=embedded", $"-p:ContainerBaseImage={Registry.Open}/nobody/nothing:1").Expect(1);

        Assert.Equal(
            [$"{folder}/api.csproj : error CSDK4009: The embedded engine cannot build on '{Registry.Open}/nobody/nothing:1': there is no such image; correct ContainerBaseImage"], result.LinesWith("error "));
        Assert.False(Directory.Exists(Path.Combine(folder, "obj/Release/net10.0/container/embedded")));
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task ASelfContainedApplicationRunsOnNothingWithTheLibrariesItNeeds()
    {
        using var workspace = new Workspace();
        var folder = Project(workspace, "api");

        var result = workspace.DotNet(folder, MachineWithout.Engines(workspace), "publish", "-t:PublishContainer", "--nologo", "-p:ContainerEngine=embedded", "-p:ContainerBaseImage=scratch", "-p:SelfContained=true", "-p:ContainerRuntimeClosure=true", "-p:InvariantGlobalization=true", "-p:ContainerRepository=e2e/scratch").Expect();

        var archive = Path.Combine(folder, "obj/Release/net10.0/linux-x64/container/embedded/image.tar");
        Assert.Single(result.LinesWith("api -> docker.io/e2e/scratch:latest@sha256:"));
        Assert.Single(result.LinesWith($"No docker or podman answers here. Where one does: docker load --input {archive}"));
        Docker.Run("load", "--input", archive);
        using (var container = new RunningContainer("e2e/scratch"))
        {
            Assert.Equal("Hello from a container\n", await container.GetAsync("/"));
            Assert.Equal("1654:1654", container.ProcessIds());
        }

        Assert.Contains(ImageContent.Of("e2e/scratch").Paths, path => path.EndsWith("/libssl.so.3", StringComparison.Ordinal));
        workspace.Passed = true;
    }

    [RegistryFact]
    public async Task WithoutAnEngineTheImageIsMadeAllTheSame()
    {
        using var workspace = new Workspace();
        var folder = Project(workspace, "api");
        PushBase();
        string[] arguments = ["publish", "-t:PublishContainer", "--nologo", $"-p:ContainerBaseImage={Base}", $"-p:ContainerRegistry={Registry.Open}", "-p:ContainerRepository=e2e/auto"];

        var result = workspace.DotNet(folder, NoDocker, arguments).Expect();
        var kept = workspace.DotNet(folder, NoDocker, [.. arguments, "-p:ContainerBuildMode=Container"]).Expect(1);
        var impossible = workspace.DotNet(folder, NoDocker, [.. arguments, "-p:ContainerTimeZoneData=true"]).Expect(1);

        const string Unanswered = "'docker' is installed, but its daemon does not answer (Cannot connect to the Docker daemon at unix:///nowhere.sock. Is the docker daemon running?)";
        Assert.Equal([$"api: the embedded engine makes the image, because no docker answers here: {Unanswered} (CSDK3002)"], result.LinesWith("embedded engine"));
        Docker.Run("pull", "--quiet", $"{Registry.Open}/e2e/auto");
        using (var container = new RunningContainer($"{Registry.Open}/e2e/auto")) Assert.Equal("Hello from a container\n", await container.GetAsync("/"));
        Assert.StartsWith($"{folder}/api.csproj : error CSDK3002: {Unanswered}; ", Assert.Single(kept.LinesWith("error ")), StringComparison.Ordinal);
        Assert.StartsWith($"{folder}/api.csproj : error CSDK1053: ContainerEngine is 'embedded', which runs nothing inside an image, but ", Assert.Single(impossible.LinesWith("error ")), StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [DockerFact]
    public void FoldersUmasksAndTheOrderOfFilesMakeNoDifference()
    {
        string[] digests = [DigestOf("a", "022", "sort"), DigestOf("another/folder", "077", "sort -r")];

        Assert.Matches("^sha256:[0-9a-f]{64}$", digests[0]);
        Assert.Equal(digests[0], digests[1]);
    }

    // Under another umask the copied sources have other modes; those of a ContainerFile are the user's to say.
    private static string DigestOf(string place, string umask, string order)
    {
        using var workspace = new Workspace();
        var project = Path.Combine(Project(workspace, "source"), "api.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace("TargetPath=\"/etc/api\"", "TargetPath=\"/etc/api\" Mode=\"0644\"", StringComparison.Ordinal));
        foreach (var i in Enumerable.Range(0, 9)) workspace.Write($"source/data/{i}.json", $"{{ \"file\": {i} }}");
        var publish = $"""
            set -e
            umask {umask}
            (cd source && find . -type f | {order}) | while read -r file; do
              mkdir -p "{place}/$(dirname "$file")"
              cat "source/$file" > "{place}/$file"
            done
            cd {place}
            exec dotnet publish -t:PublishContainer -p:ContainerEngine=embedded -p:ContainerBaseImage=scratch -p:SelfContained=true -p:ContainerRuntimeClosure=true -p:InvariantGlobalization=true \
              -p:ContainerRepository=e2e/same -p:AssemblyName=api -p:Deterministic=true -p:PathMap={workspace.Root}/{place}=/src -getProperty:GeneratedContainerDigest
            """;
        var result = CommandLine.Run(workspace.Root, MachineWithout.Engines(workspace), "sh", "-c", publish).Expect();
        workspace.Passed = true;
        return result.Output.Trim();
    }

    private static string Project(Workspace workspace, string folder)
    {
        workspace.Write($"{folder}/api.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web;ContainerSdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <ContainerPort Include="8080" />
                <ContainerEnvironmentVariable Include="GREETING" Value="hello" />
                <ContainerLabel Include="com.example.text" Value="a &quot;b&quot; $c" />
                <ContainerVolume Include="/data" />
                <ContainerFile Include="settings/" TargetPath="/etc/api" />
                <ContainerFile Include="tool.sh" TargetPath="/usr/local/bin/" Mode="0755" Owner="0:0" />
              </ItemGroup>
            </Project>
            """);
        workspace.Write($"{folder}/Program.cs", """
            var app = WebApplication.CreateSlimBuilder(args).Build();
            app.MapGet("/", () => "Hello from a container\n");
            app.Run();
            """);
        workspace.Write($"{folder}/settings/a.json", "{}");
        workspace.Write($"{folder}/settings/deep/b.json", "{}");
        workspace.Write($"{folder}/tool.sh", "#!/bin/sh\n");
        return Path.Combine(workspace.Root, folder);
    }

    private static void PushBase()
    {
        Docker.Run("tag", "mcr.microsoft.com/dotnet/aspnet:10.0", Base);
        Docker.Run("push", "--quiet", Base);
    }

    private static CommandResult Publish(Workspace workspace, string folder, string tag, params string[] arguments) =>
        workspace.DotNet(folder, ["publish", "-t:PublishContainer", "--nologo", $"-p:ContainerBaseImage={Base}", "-p:ContainerRepository=e2e/conform", $"-p:ContainerImageTag={tag}", .. arguments]);
}

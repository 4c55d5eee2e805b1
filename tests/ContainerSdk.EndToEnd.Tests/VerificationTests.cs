using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Images that could not start, or hold what they should not, get no name; nothing of them is run to find that out.</summary>
public sealed class VerificationTests
{
    private const string Native = "package main\n\n// static int twice(int n) { return 2 * n; }\nimport \"C\"\n\nfunc main() { println(C.twice(21)) }\n";
    private const string Plain = "package main\n\nfunc main() { println(42) }\n";

    [DockerFact]
    public void CSDK5004_ADynamicProgramOnMuslIsFoundBeforeAContainerStarts()
    {
        using var workspace = Go(Native, "<ContainerStaticLink>false</ContainerStaticLink><ContainerBuilderImage>golang:1.25</ContainerBuilderImage><ContainerBaseImage>alpine:3.22</ContainerBaseImage>", "");

        var result = Publish(workspace, "e2e/verify-musl").Expect(1);

        Assert.Equal(
            [$"{File(workspace)} : error CSDK5004: '/app/app' is linked dynamically and wants the loader '/lib64/ld-linux-x86-64.so.2', which base image docker.io/library/alpine:3.22 with musl does not have, so that it would end with 'no such file or directory'; link it statically (ContainerStaticLink), compile it for musl (for .NET ContainerRuntimeIdentifier linux-musl-x64), or use a ContainerBaseImage with glibc such as debian:bookworm-slim"],
            result.LinesWith("error "));
        Assert.False(Docker.Has("e2e/verify-musl"));

        // The remedy that it names.
        Publish(workspace, "e2e/verify-glibc", "-p:ContainerBaseImage=debian:bookworm-slim").Expect();
        Assert.Equal("42", CommandLine.Run(workspace.Root, "docker", "run", "--rm", "e2e/verify-glibc").Expect().Output.Trim());
        workspace.Passed = true;
    }

    [DockerFact]
    public void CSDK5002_AProgramThatTheUserCannotRunIsFoundBeforeAContainerStarts()
    {
        using var workspace = Go(Plain, "<ContainerBaseImage>alpine:3.22</ContainerBaseImage><ContainerUser>appuser</ContainerUser>", """<ContainerRun Include="chmod 700 /app/app" After="App" />""");

        var result = Publish(workspace, "e2e/verify-mode").Expect(1);

        Assert.Equal(
            [$"{File(workspace)} : error CSDK5002: ContainerEntrypoint starts '/app/app', and user appuser cannot execute '/app/app' (mode 0700, owner 0:0); give it, and the folders above it, to everybody with a mode such as 0755, or to that user with Owner of ContainerFile"],
            result.LinesWith("error "));
        Assert.False(Docker.Has("e2e/verify-mode"));
        workspace.Passed = true;
    }

    [DockerFact]
    public void AnImageThatBreaksARuleLeavesTheOneBeforeIt()
    {
        using var workspace = Go(Plain, "<ContainerBaseImage>alpine:3.22</ContainerBaseImage>", """<ContainerFile Include="note.txt" TargetPath="/app/" />""");
        workspace.Write("note.txt", "public");
        Publish(workspace, "e2e/verify-before").Expect();
        var before = Docker.Run("image", "inspect", "--format", "{{.Id}}", "e2e/verify-before");

        workspace.Write("note.txt", $"-----BEGIN {"PRIVATE"} KEY-----\n{string.Concat(Enumerable.Repeat(new string('A', 64) + "\n", 4))}-----END {"PRIVATE"} KEY-----\n");
        const string Said = "CSDK5021: '/app/note.txt' holds a private key, and everybody who has the image has it; give it to the container when it starts, or to a build step with ContainerSecret, and replace it if the image has left this machine";
        Assert.Equal([$"{File(workspace)} : error {Said}"], Publish(workspace, "e2e/verify-before").Expect(1).LinesWith("error "));
        Assert.Equal(before, Docker.Run("image", "inspect", "--format", "{{.Id}}", "e2e/verify-before"));

        Assert.Equal([$"{File(workspace)} : warning {Said}"], Publish(workspace, "e2e/verify-warn", "-p:ContainerVerify=warn").Expect().LinesWith("warning "));
        Assert.Empty(Publish(workspace, "e2e/verify-none", "-p:ContainerVerify=none").Expect().LinesWith("CSDK5"));
        Assert.Empty(Publish(workspace, "e2e/verify-passed", "-p:NoWarn=CSDK5021").Expect().LinesWith("CSDK5"));
        workspace.Write("app.containerproj", workspace.Read("app.containerproj").Replace("<ItemGroup>", "<ItemGroup><ContainerVerifyIgnore Include=\"/app/note.txt\" Code=\"CSDK5021\" />", StringComparison.Ordinal));
        Assert.Empty(Publish(workspace, "e2e/verify-exempt").Expect().LinesWith("CSDK5"));
        // What is there already is looked into when that is asked for.
        var again = workspace.DotNet("", "build", "-t:ContainerVerify", "--nologo", "-p:ContainerRepository=e2e/verify-exempt", "-p:Configuration=Release", "-p:ContainerMaxImageSize=1MB").Expect(1);
        Assert.StartsWith($"{File(workspace)} : error CSDK5022: The image has ", Assert.Single(again.LinesWith("error ")), StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [DockerFact]
    public void TheEmbeddedEnginesImagesAreLookedIntoAsWell()
    {
        using var workspace = new Workspace();
        var project = new ScratchProject(workspace);
        var machine = MachineWithout.Engines(workspace);
        project.Publish(machine).Expect();
        workspace.Write("api/settings/deep/id_rsa", "x");

        var result = project.Publish(machine).Expect(1);

        Assert.Equal(
            [$"{project.File} : error CSDK5021: '/etc/api/deep/id_rsa' holds an SSH key, and everybody who has the image has it; give it to the container when it starts, or to a build step with ContainerSecret, and replace it if the image has left this machine"],
            result.LinesWith("error "));
        workspace.Passed = true;
    }

    // Docker hands out whole images only, and the base of this one is two hundred times what changes.
    [DockerFact]
    public void OnlyWhatChangedIsReadAgain()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-api");
        var (cache, log) = (Path.Combine(workspace.Root, "cache"), Path.Combine(workspace.Root, "docker.log"));
        var docker = Path.Combine(workspace.Root, "bin", "docker");
        workspace.Write("bin/docker", $"#!/bin/sh\necho \"$1\" >> '{log}'\nexec {CommandLine.Run("/", "/bin/sh", "-c", "command -v docker").Expect().Output.Trim()} \"$@\"\n");
        CommandLine.Run(workspace.Root, "chmod", "755", docker).Expect();
        var environment = new Dictionary<string, string> { ["XDG_CACHE_HOME"] = cache, ["PATH"] = $"{Path.GetDirectoryName(docker)}:{Environment.GetEnvironmentVariable("PATH")}" };

        Assert.Equal(["save"], Commands());
        Assert.Equal(10, Facts().Length);
        System.IO.File.AppendAllText(Path.Combine(workspace.Root, folder, "Program.cs"), "// changed\n");
        var before = Facts();
        Assert.Equal(["create", "cp", "rm"], Commands());
        Assert.Single(Facts().Except(before));
        workspace.Passed = true;

        string[] Commands()
        {
            System.IO.File.Delete(log);
            workspace.DotNet(folder, environment, "publish", "-t:PublishContainer", "--nologo").Expect();
            return [.. System.IO.File.ReadAllLines(log).Where(line => line is "save" or "create" or "cp" or "rm")];
        }

        string[] Facts() => Directory.GetFiles(Path.Combine(cache, "containersdk", "facts"));
    }

    private static Workspace Go(string main, string properties, string items)
    {
        var workspace = new Workspace();
        workspace.Write("go.mod", "module example.com/app\n\ngo 1.25\n");
        workspace.Write("main.go", main);
        workspace.Write("app.containerproj", $"""<Project Sdk="ContainerSdk"><PropertyGroup>{properties}</PropertyGroup><ItemGroup>{items}</ItemGroup></Project>""");
        return workspace;
    }

    private static string File(Workspace workspace) => Path.Combine(workspace.Root, "app.containerproj");

    private static CommandResult Publish(Workspace workspace, string repository, params ReadOnlySpan<string> arguments) =>
        workspace.DotNet("", ["publish", "-t:PublishContainer", "--nologo", $"-p:ContainerRepository={repository}", .. arguments]);
}

using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Containers that are started before their image gets a name, and the project's own tests of the image.</summary>
public sealed class SmokeTests
{
    private const string Server = """
        package main

        import (
        	"net/http"
        	"os"
        	"os/signal"
        	"syscall"
        )

        func main() {
        	if len(os.Getenv("LOG")) > 0 {
        		if err := os.WriteFile(os.Getenv("LOG"), []byte("x"), 0o600); err != nil {
        			println("cannot write:", err.Error())
        			os.Exit(3)
        		}
        	}
        	stop := make(chan os.Signal, 1)
        	signal.Notify(stop, syscall.SIGTERM)
        	http.HandleFunc("/health", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("ok")) })
        	go http.ListenAndServe(":8080", nil)
        	<-stop
        }

        """;

    [DockerFact]
    public void AContainerIsAskedAndStoppedBeforeTheImageGetsItsName()
    {
        using var workspace = Go("<ContainerSmokeTest>true</ContainerSmokeTest><ContainerHealthEndpoint>/health</ContainerHealthEndpoint>");

        var result = Publish(workspace, "e2e/smoke-good").Expect();

        Assert.Matches(@"^app: smoke test passed \(ready after [0-9]+\.[0-9]{2} s, [0-9]+\.[0-9] MB of memory, ended with exit code 0\)$", Assert.Single(result.LinesWith("smoke test")));
        Assert.True(Docker.Has("e2e/smoke-good"));
        // Nothing was built, and a container is started because that is asked for.
        Assert.Single(workspace.DotNet("", "build", "-t:ContainerSmokeTest", "--nologo", "-c", "Release", "-p:ContainerRepository=e2e/smoke-good").Expect().LinesWith("smoke test passed"));
        Assert.Equal("", Docker.Run("ps", "--all", "--quiet", "--filter", "label=containersdk.smoke").Trim());
        workspace.Passed = true;
    }

    [DockerFact]
    public void CSDK5024_AContainerThatDoesNotDoLeavesTheImageWithoutAName()
    {
        using var workspace = Go("<ContainerSmokeTest>true</ContainerSmokeTest><ContainerHealthEndpoint>/health</ContainerHealthEndpoint>", """<ContainerSmokeEnvironmentVariable Include="LOG" Value="/app/log" />""");

        var result = Publish(workspace, "e2e/smoke-bad").Expect(1);

        Assert.Contains(
            $"{Path.Combine(workspace.Root, "app.containerproj")} : error CSDK5024: A container of the image was started as production would start it (read-only, without capabilities), and it ended by itself with exit code 3; the last lines of its output follow, if there are any",
            result.LinesWith("error CSDK5024"));
        Assert.NotEmpty(result.LinesWith("cannot write: open /app/log: read-only file system"));
        Assert.False(Docker.Has("e2e/smoke-bad"));
        Assert.Equal("", Docker.Run("ps", "--all", "--quiet", "--filter", "label=containersdk.smoke").Trim());
        workspace.Passed = true;
    }

    [DockerFact]
    public void TheEmbeddedEngineLendsItsImageToDockerForTheTest()
    {
        using var workspace = new Workspace();
        var project = new ScratchProject(workspace);

        var result = project.Publish(new Dictionary<string, string>(), "-p:ContainerSmokeTest=true", "-p:ContainerHealthEndpoint=/", "-p:ContainerRepository=e2e/smoke-embedded").Expect();
        Assert.Single(result.LinesWith("api: smoke test passed (ready after "));

        var without = project.Publish(MachineWithout.Engines(workspace), "-p:ContainerSmokeTest=true", "-p:ContainerHealthEndpoint=/", "-p:ContainerRepository=e2e/smoke-nowhere").Expect(1);
        Assert.Equal(
            [$"{project.File} : error CSDK5025: The smoke test needs an engine that starts containers, and no docker or podman answers here; start docker or podman, or leave ContainerSmokeTest out"],
            without.LinesWith("error "));
        workspace.Passed = true;
    }

    [DockerFact]
    public void CSDK5026_TestsOfTheProjectsOwn()
    {
        using var workspace = Go("", """<ContainerStructureTest Include="image.yaml" /><ContainerFile Include="note.txt" TargetPath="/etc/note" />""");
        workspace.Write("note.txt", "the note");
        const string Tests = """
            schemaVersion: 2.0.0
            fileExistenceTests:
              - name: the program is there
                path: /app/app
                permissions: '-rwxr-xr-x'
                uid: 0
            fileContentTests:
              - name: the note says so
                path: /etc/note
                expectedContents: ['^the note$']
            commandTests:
              - name: the user has no rights
                setup: [['sh', '-c', 'echo made > /tmp/made']]
                command: id
                args: ['-u']
                expectedOutput: ['^1654\n$']
              - name: what a setup makes is there
                setup: [['sh', '-c', 'echo made > /tmp/made']]
                command: cat
                args: ['/tmp/made']
                expectedOutput: ['made']
            metadataTest:
              exposedPorts: ['8080']
              workdir: /app
            """;
        workspace.Write("image.yaml", Tests);

        var passed = workspace.DotNet("", "publish", "-t:PublishContainer", "--nologo", "-v:n", "-p:ContainerRepository=e2e/structure").Expect();
        Assert.Single(passed.LinesWith("image.yaml: 5 of 5 structure tests passed"));
        // What a setup leaves is an image with the label of its container.
        Assert.Equal("", Docker.Run("images", "--all", "--quiet", "--filter", "label=containersdk.smoke").Trim());

        // Another test is carried out though nothing else has changed.
        workspace.Write("image.yaml", Tests.Replace("'^the note$'", "'another'", StringComparison.Ordinal));
        var failed = Publish(workspace, "e2e/structure").Expect(1);
        Assert.Equal([$"{Path.Combine(workspace.Root, "app.containerproj")} : error CSDK5026: 'the note says so' of image.yaml: the file '/etc/note' is expected to match 'another', and does not; correct the image, or the test"], failed.LinesWith("error "));

        workspace.Write("image.yaml", Tests.Replace("    uid: 0", "    uuid: 0", StringComparison.Ordinal));
        Assert.StartsWith(
            $"{Path.Combine(workspace.Root, "app.containerproj")} : error CSDK5027: image.yaml(6): fileExistenceTests[0].uuid: there is no such key; there are ",
            Assert.Single(Publish(workspace, "e2e/structure").Expect(1).LinesWith("error ")), StringComparison.Ordinal);
        workspace.Passed = true;
    }

    private static Workspace Go(string properties, string items = "")
    {
        var workspace = new Workspace();
        workspace.Write("go.mod", "module example.com/app\n\ngo 1.25\n");
        workspace.Write("main.go", Server);
        workspace.Write("app.containerproj", $"""<Project Sdk="ContainerSdk"><PropertyGroup><ContainerBaseImage>alpine:3.22</ContainerBaseImage>{properties}</PropertyGroup><ItemGroup><ContainerPort Include="8080" />{items}</ItemGroup></Project>""");
        return workspace;
    }

    private static CommandResult Publish(Workspace workspace, string repository) => workspace.DotNet("", "publish", "-t:PublishContainer", "--nologo", $"-p:ContainerRepository={repository}");
}

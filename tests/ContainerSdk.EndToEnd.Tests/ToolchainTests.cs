using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A language comes by a data file: the shipped ones, a team's own, and one that is said in the project.</summary>
public sealed class ToolchainTests
{
    private const string Program = """
        #include <arpa/inet.h>
        #include <stdio.h>
        #include <string.h>
        #include <unistd.h>
        #include "health.h"

        int main(void) {
            struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(8080) };
            int listener = socket(AF_INET, SOCK_STREAM, 0);
            if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, 9)) return 1;
            for (;;) {
                char request[4096], answer[256];
                int client = accept(listener, 0, 0);
                ssize_t length = read(client, request, sizeof request - 1);
                const char *body = length > 11 && !strncmp(request, "GET /health", 11) ? HEALTH : "Hello from C\n";
                int size = snprintf(answer, sizeof answer, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s", strlen(body), body);
                if (write(client, answer, size) != size) return 1;
                close(client);
            }
        }

        """;

    [DockerTheory]
    [InlineData("hello-node", "Hello from Node.js\n")]
    [InlineData("hello-python", "Hello from Python\n")]
    [InlineData("hello-rust", "Hello from Rust\n")]
    [InlineData("hello-java", "Hello from Java\n")]
    public async Task AShippedLanguageIsChosenBuiltAndRun(string sample, string greeting)
    {
        using var workspace = new Workspace();
        workspace.DotNet(workspace.CopySample(sample), "publish", "-t:PublishContainer", "-warnaserror", $"-p:ContainerRepository=e2e/{sample}").Expect();

        await Answers($"e2e/{sample}", greeting);
        Assert.DoesNotContain(ImageContent.Of($"e2e/{sample}").Paths, path =>
            path.EndsWith(".containerproj", StringComparison.Ordinal) || path.StartsWith("/src/", StringComparison.Ordinal) || path.EndsWith(".rs", StringComparison.Ordinal) || path.EndsWith(".java", StringComparison.Ordinal));
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task ARustBinaryRunsAloneOnScratch()
    {
        using var workspace = new Workspace();
        workspace.DotNet(workspace.CopySample("hello-rust"), "publish", "-t:PublishContainer", "-warnaserror", "-p:ContainerStaticLink=true", "-p:ContainerBaseImage=scratch", "-p:ContainerRepository=e2e/rust-static").Expect();

        await Answers("e2e/rust-static", "Hello from Rust\n");
        Assert.Equal(["/app/hello-rust"], ImageContent.Of("e2e/rust-static").Paths.Where(path => !path.EndsWith('/')));
        workspace.Passed = true;
    }

    // Cargo goes by times, and its folder outlives builds: an older file must count as a new one.
    [DockerFact]
    public async Task AnOlderRustSourceIsCompiledToo()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-rust");
        string[] publish = ["publish", "-t:PublishContainer", "-p:ContainerRepository=e2e/rust-older"];
        workspace.DotNet(folder, publish).Expect();

        var source = workspace.Write("hello-rust/src/main.rs", workspace.Read("hello-rust/src/main.rs").Replace("Hello from Rust", "An older hello", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(source, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        workspace.DotNet(folder, publish).Expect();

        await Answers("e2e/rust-older", "An older hello\n");
        workspace.Passed = true;
    }

    [DockerFact]
    public async Task ANewLanguageIsAFileOfProperties()
    {
        using var workspace = new Workspace();
        workspace.Write("toolchains/c.targets", """
            <Project>
              <PropertyGroup>
                <ContainerBuilderImage Condition="'$(ContainerBuilderImage)' == ''">docker.io/library/golang:1.25</ContainerBuilderImage>
                <ContainerBaseImage Condition="'$(ContainerBaseImage)' == ''">scratch</ContainerBaseImage>
              </PropertyGroup>
              <ItemGroup>
                <ContainerBuildCommand Include="sh;-ec" />
                <ContainerBuildCommand Include="script" Value="mkdir /out; gcc -static -s -O2 -o &quot;/out/$0&quot; *.c" />
                <ContainerBuildCommand Include="name" Value="$(AssemblyName)" />
                <ContainerAppCommand Include="command" Value="/app/$(AssemblyName)" />
              </ItemGroup>
            </Project>
            """);
        workspace.Write("app/main.c", Program);
        workspace.Write("app/health.h", "#define HEALTH \"{\\\"status\\\":\\\"healthy\\\"}\"\n");
        workspace.Write("app/app.containerproj", """
            <Project Sdk="ContainerSdk">
              <PropertyGroup>
                <ContainerToolchainFile>../toolchains/c.targets</ContainerToolchainFile>
                <ContainerRepository>e2e/own-language</ContainerRepository>
              </PropertyGroup>
              <ItemGroup><ContainerPort Include="8080" /></ItemGroup>
            </Project>
            """);

        var result = workspace.DotNet("app", "publish", "-t:PublishContainer", "-warnaserror").Expect();

        Assert.StartsWith("app -> docker.io/e2e/own-language:latest (", result.LinesWith(" -> ").Single(), StringComparison.Ordinal);
        await Answers("e2e/own-language", "Hello from C\n", """{"status":"healthy"}""");
        Assert.Equal(["/app/app"], ImageContent.Of("e2e/own-language").Paths.Where(path => !path.EndsWith('/')));
        workspace.Passed = true;
    }

    [DockerFact]
    public void TheCustomToolchainTakesEverythingFromTheProject()
    {
        using var workspace = new Workspace();
        workspace.Write("app/needs.txt", "dependency\n");
        workspace.Write("app/restore.sh", "sort needs.txt > /cache/restored; cp /cache/restored /restored; test ! -e words.txt");
        workspace.Write("app/words.txt", "it's $HOME\n");
        workspace.Write("app/aside/secret.txt", "not a source\n");
        workspace.Write("app/app.containerproj", """
            <Project Sdk="ContainerSdk">
              <PropertyGroup>
                <ContainerToolchain>custom</ContainerToolchain>
                <ContainerRepository>e2e/custom</ContainerRepository>
                <ContainerBuilderImage>debian:bookworm-slim</ContainerBuilderImage>
                <ContainerBaseImage>alpine:3.22</ContainerBaseImage>
                <ContainerBuildOutput>/made</ContainerBuildOutput>
              </PropertyGroup>
              <ItemGroup>
                <ContainerRestoreFile Include="$(MSBuildProjectDirectory)/needs.txt;$(MSBuildProjectDirectory)/restore.sh" />
                <ContainerRestoreCommand Include="sh;-e;restore.sh" />
                <ContainerSource Include="$(MSBuildProjectDirectory)/words.txt" />
                <ContainerBuildCommand Include="sh;-ec" />
                <ContainerBuildCommand Include="script" Value="mkdir /made; cat /restored words.txt /cache/restored > /made/text; ls > /made/sources" />
                <ContainerCache Include="e2e-custom" TargetPath="/cache" />
                <ContainerAppCommand Include="cat;/app/text;/app/sources" />
              </ItemGroup>
            </Project>
            """);

        workspace.DotNet("app", "publish", "-t:PublishContainer", "-warnaserror").Expect();

        using (var container = new RunningContainer("e2e/custom")) Assert.Equal("dependency\nit's $HOME\ndependency\nneeds.txt\nrestore.sh\nwords.txt", container.Output());
        workspace.Passed = true;
    }

    [DockerFact]
    public void ATokenOfNpmIsNoPartOfTheImage()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-node");
        workspace.Write("hello-node/.npmrc", "//registry.example/:_authToken=t0ken-of-the-test\n");
        workspace.Write("hello-node/.env", "PASSWORD=of-the-test\n");

        workspace.DotNet(folder, "publish", "-t:PublishContainer", "-warnaserror", "-p:ContainerRepository=e2e/node-token").Expect();

        Assert.Equal(
            ["/app/package-lock.json", "/app/package.json", "/app/server.js"],
            ImageContent.Of("e2e/node-token").Paths.Where(path => path.StartsWith("/app/", StringComparison.Ordinal) && !path.EndsWith('/')).Order(StringComparer.Ordinal));
        workspace.Passed = true;
    }

    private static async Task Answers(string image, string greeting, string health = "{\"status\":\"healthy\"}\n")
    {
        using var container = new RunningContainer(image);
        Assert.Equal(greeting, await container.GetAsync("/"));
        Assert.Equal(health, await container.GetAsync("/health"));
        Assert.Equal("1654:1654", container.ProcessIds());
    }
}

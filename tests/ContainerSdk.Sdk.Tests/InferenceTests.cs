using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Sdk.Tests;

/// <summary>Which images a .NET project is built in and shipped on, when it names none.</summary>
public sealed class InferenceTests
{
    [Theory]
    [InlineData("net10.0", "", "sdk:10.0", "runtime:10.0")]
    [InlineData("net9.0", "", "sdk:9.0", "runtime:9.0")]
    [InlineData("net10.0", "<SelfContained>true</SelfContained><RuntimeIdentifier>linux-x64</RuntimeIdentifier>", "sdk:10.0", "runtime-deps:10.0")]
    [InlineData("net10.0", "<RuntimeIdentifier>linux-musl-x64</RuntimeIdentifier><SelfContained>false</SelfContained>", "sdk:10.0-alpine", "runtime:10.0-alpine")]
    [InlineData("net10.0", "<PublishAot>true</PublishAot><InvariantGlobalization>true</InvariantGlobalization>", "sdk:10.0-noble-aot", "runtime-deps:10.0-noble-chiseled")]
    [InlineData("net10.0", "<PublishAot>true</PublishAot><RuntimeIdentifier>linux-musl-x64</RuntimeIdentifier>", "sdk:10.0-alpine-aot", "runtime-deps:10.0-alpine-extra")]
    [InlineData("net9.0", "<PublishAot>true</PublishAot>", "sdk:9.0", "runtime-deps:9.0-noble-chiseled-extra")]
    [InlineData("net10.0", "<ContainerFamily>noble-chiseled</ContainerFamily>", "sdk:10.0", "runtime:10.0-noble-chiseled-extra")]
    public void ImagesFollowTheProject(string framework, string properties, string builder, string runtime)
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>{framework}</TargetFramework>
                {properties}
              </PropertyGroup>
            </Project>
            """);

        workspace.DotNet("app", "msbuild", "-p:Configuration=Release", "-p:_IsPublishing=true", "-t:ContainerDockerfile", "-nologo", "-warnaserror").Expect();

        var dockerfile = File.ReadAllLines(Directory.EnumerateFiles(Path.Combine(workspace.Root, "app/obj"), "Dockerfile", SearchOption.AllDirectories).Single());
        Assert.Equal(
            [$"FROM mcr.microsoft.com/dotnet/{builder} AS build", $"FROM mcr.microsoft.com/dotnet/{runtime} AS runtime"],
            dockerfile.Where(line => line.StartsWith("FROM ", StringComparison.Ordinal)));
        Assert.Equal(
            framework == "net9.0" && properties.Contains("PublishAot", StringComparison.Ordinal) ? ["RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends clang zlib1g-dev && rm -rf /var/lib/apt/lists/*"] : [],
            dockerfile.Where(line => line.StartsWith("RUN apt-get", StringComparison.Ordinal)));
        workspace.Passed = true;
    }

    [Fact]
    public void NativeAotHasOnePlatformOutsideAPublishToo()
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net9.0</TargetFramework>
                <PublishAot>true</PublishAot>
              </PropertyGroup>
            </Project>
            """);

        workspace.DotNet("app", "msbuild", "-p:Configuration=Release", "-t:ContainerPlan", "-nologo", "-warnaserror").Expect();

        var plan = File.ReadAllText(Directory.EnumerateFiles(Path.Combine(workspace.Root, "app/obj"), "plan.json", SearchOption.AllDirectories).Single());
        Assert.Contains("\"platforms\": [\n    \"linux/", plan, StringComparison.Ordinal);
        workspace.Passed = true;
    }
}

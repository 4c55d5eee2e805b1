using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Sdk.Tests;

/// <summary>What looks like a secret on the command line, and what a secret's item says beside its names, is in nothing that is generated.</summary>
public sealed class SecretPropertyTests
{
    private const string Password = "hunter2isthepassword";

    [Theory]
    [InlineData($"-p:FeedPassword={Password}")]
    [InlineData($"-p:NUGET_TOKEN={Password}")]
    [InlineData($"-p:RestoreAdditionalProjectSources=https://ci:{Password}@127.0.0.1:1/index.json")]
    public void ASecretOfTheCommandLineIsNotPassedOn(string property)
    {
        using var workspace = App("");

        workspace.DotNet("app", "msbuild", "-t:ContainerDockerfile", "-p:Version=1.2.3", property).Expect();

        var container = Path.Combine(workspace.Root, "app/obj/Debug/net10.0/container");
        Assert.Equal([], Directory.GetFiles(container).Where(file => File.ReadAllText(file).Contains(Password, StringComparison.Ordinal)));
        Assert.Contains("\"-p:Version=1.2.3\"", File.ReadAllText(Path.Combine(container, "Dockerfile")), StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [Fact]
    public void OnlyTheNamesOfASecretAreWrittenDown()
    {
        using var workspace = App($"""<ContainerSecret Include="feed" EnvironmentVariable="FEED_PASSWORD" Comment="{Password}" />""");

        workspace.DotNet("app", "msbuild", "-t:ContainerDockerfile").Expect();

        var container = Path.Combine(workspace.Root, "app/obj/Debug/net10.0/container");
        Assert.Equal([], Directory.GetFiles(container).Where(file => File.ReadAllText(file).Contains(Password, StringComparison.Ordinal)));
        Assert.Contains("--mount=type=secret,id=feed,", File.ReadAllText(Path.Combine(container, "Dockerfile")), StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [Fact]
    public void CSDK1031_AValueIsRefusedBeforeAnythingIsWritten()
    {
        using var workspace = App($"""<ContainerSecret Include="feed" Value="{Password}" />""");

        var result = workspace.DotNet("app", "msbuild", "-t:ContainerDockerfile").Expect(1);

        Assert.Single(result.LinesWith("error CSDK1031: ContainerSecret 'feed' has metadata Value"));
        Assert.DoesNotContain(Password, result.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(workspace.Root, "app/obj/Debug/net10.0/container/inputs.json")));
        workspace.Passed = true;
    }

    [Theory]
    [InlineData("node", "package.json", "package-lock.json", ".npmrc")]
    [InlineData("python", "requirements.txt", "main.py")]
    public void ABuildThatCopiesTheFolderIsToldWhatToLeaveOut(string toolchain, string first, string second, params string[] own)
    {
        using var workspace = new Workspace();
        foreach (var file in own.Append(first).Append(second)) workspace.Write(file, "{}");
        workspace.Write("app.containerproj", $"""
            <Project Sdk="ContainerSdk">
              <ItemGroup>
                <ContainerSecret Include="quoted" Path="$(MSBuildProjectDirectory)/keys/old+new.txt" InContext="true" />
                <ContainerSecret Include="elsewhere" Path="/run/token" TargetPath="/run/token" />
                <ContainerSecret Include="parts" Path="b.txt" InContext="True" />
              </ItemGroup>
            </Project>
            """);

        workspace.DotNet("", "build", "-t:ContainerPlan", "-warnaserror", "--nologo").Expect();

        using var plan = JsonDocument.Parse(workspace.Read("obj/container/plan.json"));
        var builder = plan.RootElement.GetProperty("builders")[0];
        var words = builder.GetProperty("buildCommand").EnumerateArray().Select(word => word.GetString()!).Skip(toolchain == "node" ? 5 : 4);
        Assert.Equal(["keys/old+new.txt", "b.txt", .. own], words.OrderBy(word => own.Contains(word)));
        workspace.Passed = true;
    }

    // Its place in the builder would be a path that no Dockerfile can name.
    [Theory]
    [InlineData("package.json", "package-lock.json")]
    [InlineData("requirements.txt", "main.py")]
    public void CSDK1008_ASecretWithAQuoteInItsNameIsRefusedAndBreaksNoProperty(string first, string second)
    {
        using var workspace = new Workspace();
        workspace.Write(first, "{}");
        workspace.Write(second, "{}");
        workspace.Write("app.containerproj", """<Project Sdk="ContainerSdk"><ItemGroup><ContainerSecret Include="key" Path="o'brien's `key" InContext="true" /></ItemGroup></Project>""");

        var result = workspace.DotNet("", "build", "-t:ContainerPlan", "--nologo", "-clp:NoSummary").Expect(1);

        Assert.Equal(
            [$"{workspace.Root}/app.containerproj : error CSDK1008: '/src/o'brien's `key' is not a valid container path in ContainerSecret; use an absolute Linux path without '..', quotes, '$' or '\\', for example /app"], result.LinesWith("error "));
        workspace.Passed = true;
    }

    private static Workspace App(string items)
    {
        var workspace = new Workspace();
        workspace.Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>{items}</ItemGroup>
            </Project>
            """);
        workspace.Write("app/Program.cs", "System.Console.WriteLine(1);\n");
        return workspace;
    }
}

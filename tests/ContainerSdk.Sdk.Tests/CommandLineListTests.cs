using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Sdk.Tests;

/// <summary>Runtime identifiers as a command line has to write them: with '%3B' between the names, which MSBuild keeps as it is.</summary>
public sealed class CommandLineListTests
{
    private const string Several = "-p:ContainerRuntimeIdentifiers=linux-x64%3Blinux-arm64";

    [Fact]
    public void GoCompilesForEachName()
    {
        using var workspace = new Workspace();
        workspace.Write("go.mod", "module example.com/app\n\ngo 1.25\n");
        workspace.Write("app.containerproj", """<Project Sdk="ContainerSdk" />""");

        workspace.DotNet("", "build", "-t:ContainerPlan", "-warnaserror", "--nologo", Several).Expect();

        Assert.Equal(
            ["linux/amd64 amd64", "linux/arm64 arm64"],
            Builders(workspace, "obj/container").Select(builder => $"{Text(builder, "platform")} {Text(builder.GetProperty("environment").EnumerateArray().Single(variable => Text(variable, "name") == "GOARCH"), "value")}"));
        workspace.Passed = true;
    }

    [Fact]
    public void DotnetPublishesForEachName()
    {
        using var workspace = new Workspace();
        workspace.Write("app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><SelfContained>true</SelfContained></PropertyGroup>
            </Project>
            """);

        workspace.DotNet("", "build", "-c", "Release", "-t:ContainerPlan", "--nologo", Several).Expect();

        var folder = Path.GetDirectoryName(Directory.EnumerateFiles(workspace.Root, "plan.json", SearchOption.AllDirectories).Single())!;
        Assert.Equal(
            ["linux/amd64 linux-x64", "linux/arm64 linux-arm64"],
            Builders(workspace, folder).Select(builder =>
            {
                string[] words = [.. builder.GetProperty("buildCommand").EnumerateArray().Select(word => word.GetString()!)];
                return $"{Text(builder, "platform")} {words[Array.IndexOf(words, "-r") + 1]}";
            }));
        workspace.Passed = true;
    }

    private static JsonElement[] Builders(Workspace workspace, string folder)
    {
        using var plan = JsonDocument.Parse(workspace.Read(Path.Combine(folder, "plan.json")));
        return [.. plan.RootElement.GetProperty("builders").EnumerateArray().Select(builder => builder.Clone())];
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}

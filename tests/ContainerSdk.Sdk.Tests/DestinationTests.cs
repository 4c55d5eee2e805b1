using System.Globalization;
using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Sdk.Tests;

/// <summary>Names and places that a project asks for, as they stand in its plan.</summary>
public sealed class DestinationTests
{
    // The .NET SDK's own publishing uses 'hh', so that one o'clock comes twice a day.
    [Fact]
    public void AutoGenerateImageTagUsesATwentyFourHourClock()
    {
        using var workspace = App();
        var before = DateTime.UtcNow;

        var tag = Assert.Single(Plan(workspace, "-p:AutoGenerateImageTag=true").GetProperty("destinations").EnumerateArray()).GetString()!.Split(':')[1];

        var time = DateTime.ParseExact(tag, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        Assert.InRange(time, before.AddSeconds(-1), DateTime.UtcNow);
        Assert.Contains("ToString('yyyyMMddHHmmss')", File.ReadAllText(Path.Combine(RepositoryRoot.Path, "sdk/build/ContainerSdk.Inputs.targets")), StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [Theory]
    [InlineData("-p:RegistryUrl=b.example.com", "b.example.com/app:latest", "registry")]
    [InlineData("-p:PublishImageTag=2.0", "a.example.com/app:2.0", "registry")]
    [InlineData("-p:ContainerArchiveOutputPath=out/app.tar", "a.example.com/app:latest", "archive")]
    public void OtherNamesOfTheDotNetSdkKeepTheirPrecedence(string argument, string name, string kind)
    {
        using var workspace = App();

        var plan = Plan(workspace, "-p:ContainerRegistry=a.example.com", argument);

        Assert.Equal([name], plan.GetProperty("destinations").EnumerateArray().Select(destination => destination.GetString()));
        Assert.Equal(kind, plan.GetProperty("delivery").GetProperty("kind").GetString());
        workspace.Passed = true;
    }

    [Theory]
    [InlineData("out/app.tar", "out/app.tar")]
    [InlineData("./out/new folder/", "out/new folder/app.tar.gz")]
    [InlineData(".", "app.tar.gz")]
    [InlineData("../app.tar", null)]
    [InlineData("/srv/images/", null)]
    public void AnArchiveBelowTheProjectIsNoSourceOfTheNextImage(string path, string? pattern)
    {
        using var workspace = App();

        var patterns = Plan(workspace, $"-p:ContainerArchiveOutputPath={path}").GetProperty("context").GetProperty("exclude").EnumerateArray()
            .Select(exclusion => exclusion.GetProperty("pattern").GetString()!).Where(text => text.Contains("app.tar", StringComparison.Ordinal));

        Assert.Equal(pattern is null ? [] : [pattern], patterns);
        workspace.Passed = true;
    }

    private static Workspace App()
    {
        var workspace = new Workspace();
        workspace.Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
            </Project>
            """);
        return workspace;
    }

    private static JsonElement Plan(Workspace workspace, params string[] arguments)
    {
        workspace.DotNet("app", ["msbuild", "-t:ContainerPlan", "-nologo", "-warnaserror", .. arguments]).Expect();
        return JsonDocument.Parse(File.ReadAllText(Directory.EnumerateFiles(Path.Combine(workspace.Root, "app/obj"), "plan.json", SearchOption.AllDirectories).Single())).RootElement;
    }
}

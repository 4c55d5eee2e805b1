using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>What the compilers in the builder warn of is seen where the project is.</summary>
public sealed class WarningTests
{
    private const string Source = "#warning Remove this\nint unused = 1;\nSystem.Console.WriteLine(\"Hello\");\n";

    [DockerFact]
    public void WarningsAreShownOnceWithTheHostsFiles()
    {
        using var workspace = new Workspace();
        var folder = Project(workspace, "warns", Source);

        var result = workspace.DotNet(folder, "publish", "-p:NoWarn=CS0219", "-clp:NoSummary").Expect();

        Assert.Equal([$"{folder}/Program.cs(1,10): warning CS1030: #warning: 'Remove this' [{folder}/warns.csproj]"], result.LinesWith("warning "));
        workspace.Passed = true;
    }

    // The second time too: a step that failed is not kept.
    [DockerFact]
    public void WarningsThatCountAsErrorsFailThePublishEachTime()
    {
        using var workspace = new Workspace();
        var folder = Project(workspace, "warns-all", Source);

        foreach (var _ in new[] { "first", "second" })
        {
            var result = workspace.DotNet(folder, "publish", "-warnaserror", "-clp:NoSummary").Expect(1);
            Assert.Equal(
                [
                    $"{folder}/Program.cs(1,10): error CS1030: #warning: 'Remove this' [{folder}/warns-all.csproj]",
                    $"{folder}/Program.cs(2,5): error CS0219: The variable 'unused' is assigned but its value is never used [{folder}/warns-all.csproj]",
                ],
                result.LinesWith("error CS").Where(line => !line.Contains("CSDK", StringComparison.Ordinal)));
        }

        Assert.Equal("", Docker.Run("images", "--quiet", "warns-all"));
        workspace.Passed = true;
    }

    [DockerFact]
    public void CSDK3011_AWarningNamedAsAnErrorFailsThePublish()
    {
        using var workspace = new Workspace();
        var folder = Project(workspace, "warns-one", Source);

        var result = workspace.DotNet(folder, "publish", "-warnaserror:CS0219", "-clp:NoSummary").Expect(1);

        Assert.Equal(
            [
                $"{folder}/Program.cs(2,5): error CS0219: The variable 'unused' is assigned but its value is never used [{folder}/warns-one.csproj]",
                $"{folder}/warns-one.csproj : error CSDK3011: The image was built, but gets no name, because warnings of the builder, which are above, count as errors here; correct them, or name their codes in MSBuildWarningsNotAsErrors or NoWarn",
            ],
            result.LinesWith("error CS"));
        Assert.False(File.Exists(Path.Combine(folder, "obj/Release/net10.0/container/image.json")));
        workspace.Passed = true;
    }

    // A comment that no other run has makes the compiler run.
    private static string Project(Workspace workspace, string name, string source)
    {
        workspace.Write($"{name}/{name}.csproj", """
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
              </PropertyGroup>
            </Project>
            """);
        workspace.Write($"{name}/Program.cs", $"{source}// {Guid.NewGuid()}\n");
        return Path.Combine(workspace.Root, name);
    }
}

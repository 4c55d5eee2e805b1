using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>ContainerRuntimeClosure in a builder stage: the builder's libraries on scratch.</summary>
public sealed class ClosureTests
{
    private const string Program = """
        using System.Globalization;
        using System.Security.Cryptography;
        Console.WriteLine($"{new CultureInfo("de-DE").NumberFormat.NumberDecimalSeparator} {Convert.ToHexString(SHA256.HashData("x"u8))[..8]}");
        """;

    [DockerTheory]
    [InlineData("files", "<SelfContained>true</SelfContained>", ", 2D711642")]
    [InlineData("invariant", "<SelfContained>true</SelfContained><InvariantGlobalization>true</InvariantGlobalization><PredefinedCulturesOnly>false</PredefinedCulturesOnly>", ". 2D711642")]
    public void TheBuildersLibrariesAreAllThatTheApplicationNeeds(string name, string properties, string expected)
    {
        using var workspace = new Workspace();
        var folder = Project(workspace, properties);

        workspace.DotNet(folder, "publish", "-t:PublishContainer", "--nologo", $"-p:ContainerRepository=e2e/closure-{name}").Expect();

        Assert.Equal(expected, Docker.Run("run", "--rm", "--read-only", "--cap-drop", "ALL", $"e2e/closure-{name}").Trim());
        var image = ImageContent.Of($"e2e/closure-{name}");
        Assert.Equal(name == "files", image.Paths.Any(path => path.Contains("/libicuuc.so", StringComparison.Ordinal)));
        Assert.All(image.Layers.SelectMany(layer => layer), entry => Assert.Contains(" 0:0 /", entry, StringComparison.Ordinal));
        workspace.Passed = true;
    }

    [DockerFact]
    public void CSDK9005_ALibraryThatTheBuilderDoesNotHaveIsNamed()
    {
        using var workspace = new Workspace();
        var folder = Project(workspace, """
            <SelfContained>true</SelfContained>
            </PropertyGroup>
            <ItemGroup>
              <ContainerBuilderRun Include="icu" Value="rm -f /usr/lib/*/libicudata.*" Before="Build" />
              <ContainerBuilderEnvironmentVariable Include="DOTNET_SYSTEM_GLOBALIZATION_INVARIANT" Value="true" />
            </ItemGroup>
            <PropertyGroup>
            """);

        var result = workspace.DotNet(folder, "publish", "-t:PublishContainer", "--nologo", "-p:ContainerRepository=e2e/closure-lacking", "-clp:NoSummary").Expect(1);

        Assert.Contains(
            result.LinesWith("CSDK9005"),
            line => line.Contains("error CSDK9005: ContainerRuntimeClosure ships the libraries of the builder, and it has no 'libicudata.so'; add the package that holds it as ContainerBuilderPackage, or use a ContainerBaseImage that has it and remove ContainerRuntimeClosure", StringComparison.Ordinal));
        workspace.Passed = true;
    }

    private static string Project(Workspace workspace, string properties)
    {
        workspace.Write("tool/tool.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <ContainerBaseImage>scratch</ContainerBaseImage>
                <ContainerRuntimeClosure>true</ContainerRuntimeClosure>
                {properties}
              </PropertyGroup>
            </Project>
            """);
        workspace.Write("tool/Program.cs", Program);
        return Path.Combine(workspace.Root, "tool");
    }
}

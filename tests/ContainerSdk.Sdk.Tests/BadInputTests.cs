using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Sdk.Tests;

/// <summary>What a user sees after a mistake: one coded line for each, and no image.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void AllMistakesOfAProjectAreShownAtOnce()
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ContainerEngine>rocker</ContainerEngine>
                <ContainerBaseImage>Not An Image</ContainerBaseImage>
                <ContainerImageTag>-v1</ContainerImageTag>
                <ContainerUser>Bad User</ContainerUser>
                <ContainerWorkingDirectory>app</ContainerWorkingDirectory>
                <ContainerRepository>*nothing</ContainerRepository>
                <ContainerBuildMode>Remote</ContainerBuildMode>
                <ContainerStaticLink>yes</ContainerStaticLink>
              </PropertyGroup>
              <ItemGroup>
                <ContainerPort Include="99999" />
                <ContainerEnvironmentVariable Include="1-BAD" Value="x" />
              </ItemGroup>
            </Project>
            """);
        workspace.Write("app/Program.cs", "return 0;");

        var result = workspace.DotNet("app", "build", "-c", "Release", "-t:ContainerPlan", "--nologo", "-clp:NoSummary").Expect(1);

        Assert.Equal(
            [
                "CSDK1001", "CSDK1002", "CSDK1003", "CSDK1004", "CSDK1005", "CSDK1006", "CSDK1007", "CSDK1008", "CSDK1010", "CSDK1011",
            ],
            result.LinesWith("error CSDK").Select(line => line.Split(": error ")[1][..8]));
        Assert.Equal($"{workspace.Root}/app/app.csproj : error CSDK1001: ContainerEngine is 'rocker'; expected 'auto', 'docker' or 'embedded'", result.LinesWith("CSDK1001").Single());
        Assert.False(File.Exists(Path.Combine(workspace.Root, "app/obj/Release/net10.0/container/plan.json")));
        workspace.Passed = true;
    }

    [Theory]
    [InlineData("publish", "-t:PublishContainer")]
    [InlineData("publish", "-p:A=b")]
    [InlineData("build", "-t:ContainerPlan")]
    public void SeveralFrameworksWithoutAChoiceExplainThemselves(string verb, string argument)
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFrameworks>net9.0;net10.0</TargetFrameworks>
              </PropertyGroup>
            </Project>
            """);

        var result = workspace.DotNet("app", verb, argument, "--nologo", "-clp:NoSummary").Expect(1);

        Assert.Equal(
            [$"{workspace.Root}/app/app.csproj : error CSDK9001: TargetFrameworks is 'net9.0, net10.0', and an image holds one; choose it with -f, for example: dotnet publish -f net10.0 -t:PublishContainer"],
            result.LinesWith("error "));
        workspace.Passed = true;
    }

    [Fact]
    public void SeveralFrameworksExplainThemselvesThroughPackageReferenceToo()
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFrameworks>net9.0;net10.0</TargetFrameworks>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="ContainerSdk" Version="{PackedSdk.Version}" PrivateAssets="all" /></ItemGroup>
            </Project>
            """);

        var result = workspace.DotNet("app", "publish", "-t:PublishContainer", "--nologo", "-clp:NoSummary").Expect(1);

        Assert.Equal(["CSDK9001"], result.LinesWith("error ").Select(line => line.Split(": error ")[1][..8]));
        workspace.Passed = true;
    }

    [Theory]
    [InlineData("<OutputType>Library</OutputType>", "error CSDK9002: 'app' has OutputType 'Library', and an image needs a program to run; publish the application project, or set OutputType to Exe")]
    [InlineData("<OutputType>Exe</OutputType><IsTestProject>true</IsTestProject>", "error CSDK9003: 'app' is a test project; publish the application, or set ContainerizeTestProject to true if the image of the tests is what you want")]
    [InlineData("<OutputType>Exe</OutputType><ContainerToolchain>cobol</ContainerToolchain>", "error CSDK1011: ContainerToolchain is 'cobol'; expected one of: custom, dotnet, go, java, node, python, rust")]
    [InlineData("<OutputType>Exe</OutputType><ContainerToolchainFile>toolchains/zig.targets</ContainerToolchainFile>", "error CSDK1037: ContainerToolchainFile is 'toolchains/zig.targets', and there is no such file; correct the path, which is relative to the project's folder, or remove the property")]
    [InlineData("<OutputType>Exe</OutputType><ContainerContextRoot>sub</ContainerContextRoot>", "error CSDK2010: ContainerContextRoot is '{0}/app/sub', and there is no such folder; correct the path, which is relative to the project's folder, or remove the property")]
    [InlineData("<OutputType>Exe</OutputType><RuntimeIdentifier>win-x64</RuntimeIdentifier>", "error CSDK1020: No base image that a Dockerfile can build on is known for ContainerRuntimeIdentifier 'win-x64'; use a Linux one: linux-x64, linux-arm64, linux-arm or linux-musl-x64")]
    [InlineData("<OutputType>Exe</OutputType><ContainerStaticLink>true</ContainerStaticLink>", "error CSDK1014: ContainerStaticLink is true, but only NativeAOT can link a .NET application statically; set PublishAot to true, or remove ContainerStaticLink")]
    public void AProjectThatCanHaveNoImageSaysWhy(string properties, string error)
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                {properties}
              </PropertyGroup>
            </Project>
            """);
        workspace.Write("app/Program.cs", "return;");

        var result = workspace.DotNet("app", "build", "-c", "Release", "-t:ContainerPlan", "--nologo", "-clp:NoSummary").Expect(1);

        Assert.Equal([$"{workspace.Root}/app/app.csproj : {error.Replace("{0}", workspace.Root, StringComparison.Ordinal)}"], result.LinesWith("error ").Select(line => line.Split(" [")[0]));
        Assert.DoesNotContain("MSB4018", result.Output, StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [Theory]
    [InlineData("<ContainerToolchain>go</ContainerToolchain>", "error CSDK2002: Toolchain 'go' needs '{0}/app/go.mod', and it does not exist; run 'go mod init' in the project's folder, or move the project into the module")]
    [InlineData("", "error CSDK1011: ContainerToolchain is 'unset'; expected one of: custom, dotnet, go, java, node, python, rust")]
    [InlineData("<ContainerToolchainFile>zig.targets</ContainerToolchainFile>", "error CSDK1037: ContainerToolchainFile is 'zig.targets', and there is no such file; correct the path, which is relative to the project's folder, or remove the property")]
    [InlineData("<ContainerToolchain>custom</ContainerToolchain>", "error CSDK1013: ContainerBuilderImage has no value, and toolchain 'custom' has no default for it; set ContainerBuilderImage in the project")]
    [InlineData("<ContainerToolchain>custom</ContainerToolchain>", "error CSDK1013: ContainerBaseImage has no value, and toolchain 'custom' has no default for it; set ContainerBaseImage in the project")]
    [InlineData("<ContainerToolchain>custom</ContainerToolchain>", "error CSDK1013: ContainerBuildCommand has no value, and toolchain 'custom' has no default for it; set ContainerBuildCommand in the project")]
    [InlineData("<ContainerToolchain>custom</ContainerToolchain>", "error CSDK1013: ContainerAppCommand has no value, and toolchain 'custom' has no default for it; set ContainerAppCommand in the project")]
    [InlineData("<ContainerToolchain>rust</ContainerToolchain><ContainerBuildMode>Host</ContainerBuildMode>", "error CSDK1033: ContainerBuildMode is 'Host', but ContainerToolchain 'rust' compiles in a builder stage only; remove ContainerBuildMode")]
    [InlineData("<ContainerToolchain>node</ContainerToolchain>", "error CSDK2002: Toolchain 'node' needs '{0}/app/package-lock.json', and it does not exist; run 'npm install --package-lock-only' in the project's folder, and commit the file")]
    [InlineData("<ContainerToolchain>rust</ContainerToolchain>", "error CSDK2002: Toolchain 'rust' needs '{0}/app/Cargo.lock', and it does not exist; run 'cargo generate-lockfile' in the project's folder, and commit the file")]
    public void AProjectWithoutAModuleSaysWhatIsMissing(string properties, string error)
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.containerproj", $"""<Project Sdk="ContainerSdk"><PropertyGroup>{properties}</PropertyGroup></Project>""");

        var result = workspace.DotNet("app", "publish", "--nologo", "-clp:NoSummary").Expect(1);

        Assert.Contains($"{workspace.Root}/app/app.containerproj : {error.Replace("{0}", workspace.Root, StringComparison.Ordinal)}", result.LinesWith("error "));
        workspace.Passed = true;
    }

    [Fact]
    public void TwoToolchainsThatFitAreNone()
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.containerproj", """<Project Sdk="ContainerSdk" />""");
        workspace.Write("app/go.mod", "module app\n\ngo 1.25\n");
        workspace.Write("app/package.json", "{}");

        var result = workspace.DotNet("app", "publish", "--nologo", "-clp:NoSummary").Expect(1);

        Assert.Equal(
            [$"{workspace.Root}/app/app.containerproj : error CSDK1036: ContainerToolchain is unset, and '{workspace.Root}/app' holds the files of several toolchains (go, node); set ContainerToolchain to the one that makes the image"],
            result.LinesWith("error "));
        workspace.Passed = true;
    }

    [Fact]
    public void AnOldHostIsNamed()
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.csproj", """<Project Sdk="Microsoft.NET.Sdk;ContainerSdk"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");

        var result = workspace.DotNet("app", "msbuild", "-t:ContainerPlan", "-nologo", "-p:_ContainerHostVersion=17.14.8").Expect(1);

        Assert.EndsWith(
            $"error CSDK9004: ContainerSdk needs MSBuild 18 of the .NET SDK 10 or later; this is 17.14.8; install the .NET SDK 10 [{workspace.Root}/app/app.csproj]",
            result.LinesWith("error ").Single(), StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [Fact]
    public void AReferenceToNowhereIsNoStackTrace()
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../gone/gone.csproj" /></ItemGroup>
            </Project>
            """);

        var result = workspace.DotNet("app", "msbuild", "-p:Configuration=Release", "-t:ContainerPlan", "-nologo", "-clp:NoSummary").Expect(1);

        Assert.StartsWith($"{workspace.Root}/app/app.csproj : error CSDK2006: The projects that 'app.csproj' refers to cannot all be loaded: ", result.LinesWith("error ").Single(), StringComparison.Ordinal);
        Assert.Contains($"{workspace.Root}/gone/gone.csproj", result.LinesWith("error ").Single(), StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [Fact]
    public void AnAbsoluteLinkIsAWarningThatNamesBothEnds()
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
            </Project>
            """);
        File.CreateSymbolicLink(Path.Combine(workspace.Root, "app/settings.json"), workspace.Write("common/settings.json", "{}"));

        var result = workspace.DotNet("app", "msbuild", "-p:Configuration=Release", "-t:ContainerPlan", "-nologo", "-clp:NoSummary").Expect();

        Assert.Equal(
            [$"{workspace.Root}/app/app.csproj : warning CSDK2011: '{workspace.Root}/app/settings.json' is a symbolic link to '{workspace.Root}/common/settings.json', and the builder has no such path; make it relative, for example with ln -sr, or set NoWarn to CSDK2011 if nothing reads it"],
            result.LinesWith("warning "));
        workspace.Passed = true;
    }

    [Fact]
    public void ASolutionPassesOverWhatIsNoApplicationAndSaysSo()
    {
        using var workspace = new Workspace();
        workspace.Write("lib/lib.csproj", """<Project Sdk="Microsoft.NET.Sdk;ContainerSdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>""");
        workspace.Write("All.slnx", """<Solution><Project Path="lib/lib.csproj" /></Solution>""");

        var result = workspace.DotNet(".", "publish", "All.slnx", "-t:PublishContainer", "--nologo").Expect();

        Assert.Equal(["lib: no image, because it is no application (CSDK9002)"], result.LinesWith("no image"));
        workspace.Passed = true;
    }
}

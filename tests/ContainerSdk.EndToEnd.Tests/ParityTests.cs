using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>What of the .NET SDK's own publishing only a finished image shows.</summary>
public sealed class ParityTests
{
    private const string Tells = """
        using System;
        using System.Reflection;

        var assembly = Assembly.GetEntryAssembly()!;
        Console.WriteLine(assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
        foreach (var fact in assembly.GetCustomAttributes<AssemblyMetadataAttribute>()) Console.WriteLine($"{fact.Key}={fact.Value}");
        Console.WriteLine(string.Join(' ', args));
        """;

    /// <summary>The builder has no .git; and a commit is no reason to restore.</summary>
    [DockerFact]
    public void AnAssemblyKnowsItsCommitAsAfterABuildOnTheHost()
    {
        using var workspace = new Workspace();
        workspace.Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <PublishRepositoryUrl>true</PublishRepositoryUrl>
                <ContainerRepository>parity-revision</ContainerRepository>
              </PropertyGroup>
            </Project>
            """);
        workspace.Write("app/Program.cs", Tells);
        Git(workspace, "init", "-q", ".");
        Git(workspace, "remote", "add", "origin", "https://ann:hunter2@git.example.com/team/re%20po,x.git");
        Git(workspace, "commit", "-q", "--allow-empty", "-m", "one");

        workspace.DotNet("app", "publish", "-t:PublishContainer").Expect();
        var inContainer = Docker.Run("run", "--rm", "parity-revision");
        workspace.DotNet("app", "publish", "-o", Path.Combine(workspace.Root, "host")).Expect();
        var onHost = workspace.DotNet("host", "app.dll").Expect().Output;
        Git(workspace, "commit", "-q", "--allow-empty", "-m", "two");
        var second = workspace.DotNet("app", "publish", "-t:PublishContainer", "-v:normal").Expect();

        Assert.Equal(onHost, inContainer);
        Assert.Matches("(?s)^1\\.0\\.0\\+[0-9a-f]{40}\nRepositoryUrl=https://git\\.example\\.com/team/re%20po,x\\.git\n", inContainer);
        Assert.Equal(["restore (cached)", "publish"], second.LinesWith("RUN [").Where(line => line.EndsWith("(cached)", StringComparison.Ordinal) || line.Contains("\"publish\"", StringComparison.Ordinal))
            .Select(line => line.Split('"')[3] + (line.EndsWith("(cached)", StringComparison.Ordinal) ? " (cached)" : "")));
        Assert.DoesNotContain("hunter2", Docker.Run("history", "--no-trunc", "parity-revision") + workspace.Read("app/obj/Release/net10.0/container/plan.json"), StringComparison.Ordinal);
        workspace.Passed = true;
    }

    /// <summary>As Microsoft's images without a shell do; and a base image that only this engine has.</summary>
    [DockerFact]
    public void ABaseImageThatBeginsDotnetByItselfIsNotGivenDotnetAsArguments()
    {
        using var workspace = new Workspace();
        workspace.Write("base/Dockerfile", "FROM mcr.microsoft.com/dotnet/runtime:10.0\nENTRYPOINT [\"/usr/bin/dotnet\"]\nCMD [\"--info\"]\n");
        Docker.Run("buildx", "build", "--load", "--tag", "localhost/parity/dotnet/runtime:10.0", Path.Combine(workspace.Root, "base"));
        workspace.Write("app/app.csproj", """
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ContainerBaseImage>localhost/parity/dotnet/runtime:10.0</ContainerBaseImage>
                <ContainerAppCommandInstruction>DefaultArgs</ContainerAppCommandInstruction>
                <ContainerRepository>parity-arguments</ContainerRepository>
              </PropertyGroup>
              <ItemGroup><ContainerDefaultArgs Include="Hello" /></ItemGroup>
            </Project>
            """);
        workspace.Write("app/Program.cs", Tells);

        workspace.DotNet("app", "publish", "-t:PublishContainer", "-warnaserror").Expect();

        Assert.EndsWith("Hello", Docker.Run("run", "--rm", "parity-arguments").TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("replaced", Docker.Run("run", "--rm", "parity-arguments", "echo", "replaced").TrimEnd());
        Assert.Equal("null [\"dotnet\",\"/app/app.dll\",\"Hello\"]", Docker.Run("image", "inspect", "--format", "{{json .Config.Entrypoint}} {{json .Config.Cmd}}", "parity-arguments").Trim());
        workspace.Passed = true;
    }

    private static void Git(Workspace workspace, params string[] arguments) =>
        CommandLine.Run(workspace.Root, "git", ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", .. arguments]).Expect();
}

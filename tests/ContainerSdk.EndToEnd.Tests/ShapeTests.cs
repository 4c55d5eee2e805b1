using ContainerSdk.Testing;
using Xunit;
using static ContainerSdk.EndToEnd.Tests.PublishShapes;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Programs without a web server × ways to publish: each is built, run as in production, and asked what it is.</summary>
public sealed class ShapeTests
{
    [DockerTheory]
    [InlineData("fdd", "", Sdk, Mcr + "runtime:10.0", "dotnet /app/console.dll", "app", "shared il 1.234,5")]
    [InlineData("fdd-apphost", "AppHostCommand=true", Sdk, Mcr + "runtime:10.0", "/app/console", "app", "shared il 1.234,5")]
    [InlineData("fdd-entrypoint", "ContainerAppCommandInstruction=None", Sdk, Mcr + "runtime:10.0", "/app/console", "app", "shared il 1.234,5")]
    [InlineData("fdd-invariant", Invariant, Sdk, Mcr + "runtime:10.0", "dotnet /app/console.dll", "app", "shared il invariant")]
    [InlineData("fdd-r2r", ReadyToRun, Sdk, Mcr + "runtime:10.0", "dotnet /app/console.dll", "app", "shared r2r 1.234,5")]
    [InlineData("fdd-single", SharedSingleFile, Sdk, Mcr + "runtime:10.0", "/app/console", "app", "shared inside 1.234,5")]
    [InlineData("fdd-chiseled", Chiseled, Sdk, Mcr + "runtime:10.0-noble-chiseled-extra", "dotnet /app/console.dll", "app", "shared il 1.234,5")]
    [InlineData("fdd-chiseled-invariant", Chiseled + Invariant, Sdk, Mcr + "runtime:10.0-noble-chiseled", "dotnet /app/console.dll", "app", "shared il invariant")]
    [InlineData("fdd-host", OnHost, Host, Mcr + "runtime:10.0", "dotnet /app/console.dll", "app", "shared il 1.234,5")]
    [InlineData("sc", SelfContained, Sdk, Mcr + "runtime-deps:10.0", "/app/console", "framework app", "own il 1.234,5")]
    [InlineData("sc-single", SelfContained + SingleFile, Sdk, Mcr + "runtime-deps:10.0", "/app/console", "app", "inside inside 1.234,5")]
    [InlineData("sc-single-compressed", SelfContained + SingleFile + "IncludeNativeLibrariesForSelfExtract=true EnableCompressionInSingleFile=true", Sdk, Mcr + "runtime-deps:10.0", "/app/console", "app", "inside inside 1.234,5")]
    [InlineData("sc-single-host", SelfContained + SingleFile + OnHost, Host, Mcr + "runtime-deps:10.0", "/app/console", "app", "inside inside 1.234,5")]
    [InlineData("sc-chiseled", SelfContained + Chiseled, Sdk, Mcr + "runtime-deps:10.0-noble-chiseled-extra", "/app/console", "framework app", "own il 1.234,5")]
    [InlineData("trimmed", Trimmed, Sdk9, Mcr + "runtime-deps:9.0-noble-chiseled-extra", "/app/console", "framework app", "own-trimmed il 1.234,5")]
    [InlineData("trimmed-single", Trimmed + SingleFile + Invariant, Sdk9, Mcr + "runtime-deps:9.0-noble-chiseled", "/app/console", "app", "inside-trimmed inside invariant")]
    [InlineData("aot", Aot, NativeSdk9, Mcr + "runtime-deps:9.0-noble-chiseled-extra", "/app/console", "app", "inside-trimmed native 1.234,5")]
    [InlineData("aot-static", Aot + Invariant + "ContainerStaticLink=true ContainerBaseImage=scratch", NativeSdk9, "scratch", "/app/console", "app", "inside-trimmed native invariant")]
    public void CSharpConsole(string shape, string properties, string builder, string runtime, string entrypoint, string layers, string answer)
    {
        using var cell = new ShapeCell("console", shape, ShapeProjects.Console, properties);
        cell.AssertGenerated(builder, runtime, entrypoint, layers);
        using var container = cell.Run();
        Assert.Equal($"{answer}\n1654:1654", container.Output());
        cell.Pass();
    }

    [DockerTheory]
    [InlineData("fdd", "", Sdk, Mcr + "runtime:10.0", "dotnet /app/worker.dll", "packages app", "shared il 1.234,5")]
    [InlineData("fdd-single", SharedSingleFile, Sdk, Mcr + "runtime:10.0", "/app/worker", "app", "shared inside 1.234,5")]
    [InlineData("sc-r2r-chiseled", SelfContained + ReadyToRun + Chiseled, Sdk, Mcr + "runtime-deps:10.0-noble-chiseled-extra", "/app/worker", "framework packages app", "own r2r 1.234,5")]
    public async Task CSharpWorker(string shape, string properties, string builder, string runtime, string entrypoint, string layers, string answer)
    {
        using var cell = new ShapeCell("worker", shape, ShapeProjects.Worker, properties);
        cell.AssertGenerated(builder, runtime, entrypoint, layers);
        using var container = cell.Run();
        Assert.Equal($"info: Worker[0] {answer}", await container.LogLineAsync("info: Worker[0]"));
        Assert.Equal("1654:1654", container.ProcessIds());
        cell.Pass();
    }

    [DockerTheory]
    [InlineData("sc", SelfContained, Sdk, Mcr + "runtime-deps:10.0", "/app/native", "framework packages app", "own il 1.234,5 SQLite 3.35.5")]
    [InlineData("sc-single", SelfContained + SingleFile, Sdk, Mcr + "runtime-deps:10.0", "/app/native", "app", "inside inside 1.234,5 SQLite 3.35.5")]
    public void ConsoleWithANativeLibrary(string shape, string properties, string builder, string runtime, string entrypoint, string layers, string answer)
    {
        using var cell = new ShapeCell("native", shape, ShapeProjects.Native, properties);
        cell.AssertGenerated(builder, runtime, entrypoint, layers);
        using var container = cell.Run();
        Assert.Equal($"{answer}\n1654:1654", container.Output());
        cell.Pass();
    }

    /// <summary>What it unpacks is mapped as code, which docker's own <c>--tmpfs /tmp</c> does not permit.</summary>
    [DockerFact]
    public void AFileThatUnpacksItselfNeedsAWritableFolderThatMayHoldPrograms()
    {
        using var cell = new ShapeCell("native", "unpacks", ShapeProjects.Native, SelfContained + SingleFile + "IncludeNativeLibrariesForSelfExtract=true");
        string[] run = ["run", "--rm", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"];

        var readOnly = CommandLine.Run(Path.GetTempPath(), "docker", [.. run, "--tmpfs", "/tmp", "shape-native:unpacks"]);
        var writable = CommandLine.Run(Path.GetTempPath(), "docker", [.. run, "--tmpfs", "/tmp:exec", "--env", "DOTNET_BUNDLE_EXTRACT_BASE_DIR=/tmp/app", "shape-native:unpacks"]);

        Assert.Equal(["DOTNET_BUNDLE_EXTRACT_BASE_DIR is not set, and a read-write cache directory couldn't be created."], readOnly.LinesWith("DOTNET_BUNDLE"));
        Assert.Equal("inside inside 1.234,5 SQLite 3.35.5\n1654:1654", writable.Output);
        cell.Pass();
    }

    [DockerTheory]
    [InlineData("fdd", "", Sdk, Mcr + "runtime:10.0", "dotnet /app/basic.dll", "app", "shared 1.234,5")]
    [InlineData("sc-single", SelfContained + SingleFile, Sdk, Mcr + "runtime-deps:10.0", "/app/basic", "app", "inside 1.234,5")]
    public void VisualBasicConsole(string shape, string properties, string builder, string runtime, string entrypoint, string layers, string answer)
    {
        using var cell = new ShapeCell("basic", shape, ShapeProjects.VisualBasicConsole, properties);
        cell.AssertGenerated(builder, runtime, entrypoint, layers);
        using var container = cell.Run();
        Assert.Equal($"{answer}\n1654\n1654", container.Output());
        cell.Pass();
    }
}

using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Go programs as teams keep them: workspaces, modules in folders, several mains, tags, stamped variables, C.</summary>
public sealed class GoTests
{
    // Says what the compiler was told, as JSON.
    private const string Main = """
        package main

        import (
        	"encoding/json"
        	"os"

        	"example.com/text"
        )

        var a, b, c, d string

        func main() { json.NewEncoder(os.Stdout).Encode([]string{text.Name(), kind, a, b, c, d}) }

        """;

    [DockerFact]
    public void MainPackagesOfAWorkspaceAreImagesOfTheirOwn()
    {
        using var workspace = new Workspace();
        workspace.Write("go.work", "go 1.25\n\nuse (\n\t./shop\n\t./libs/text\n)\n");
        workspace.Write("shop/go.mod", "module example.com/shop\n\ngo 1.25\n\nrequire example.com/names v0.0.0\n\nreplace example.com/names => ../libs/names\n");
        workspace.Write("libs/text/go.mod", "module example.com/text\n\ngo 1.25\n");
        workspace.Write("libs/text/text.go", "package text\n\nfunc Name() string { return \"text\" }\n");
        workspace.Write("libs/names/go.mod", "module example.com/names\n\ngo 1.25\n");
        workspace.Write("libs/names/names.go", "package names\n\nconst Worker = \"worker\"\n");
        WriteMain(workspace, "shop/cmd/api");
        workspace.Write("shop/cmd/worker/main.go", "package main\n\nimport \"example.com/names\"\n\nfunc main() { println(names.Worker) }\n");
        workspace.Write("shop/cmd/worker/worker.containerproj", Project("", ""));

        foreach (var name in (string[])["api", "worker"]) workspace.DotNet($"shop/cmd/{name}", "publish", "-t:PublishContainer", "-warnaserror", $"-p:ContainerRepository=e2e/go-{name}").Expect();

        Assert.Equal(["text", "plain", "", "", "", ""], Said("e2e/go-api"));
        Assert.Equal("worker", CommandLine.Run(workspace.Root, "docker", "run", "--rm", "e2e/go-worker").Expect().Output.Trim());
        Assert.Equal(["/app/worker"], ImageContent.Of("e2e/go-worker").Paths.Where(path => !path.EndsWith('/')));
        workspace.Passed = true;
    }

    [DockerFact]
    public void HostileValuesReachTheCompilerAsTheyAre()
    {
        string[] values = ["$(touch /a); `touch /b` && $HOME | > /c", "it's -X main.b=1 \\n \\\\ %24 %3B", " -toolexec=/bin/false @(x) %(y) #, ", "ünïcode 日本 * ? [a] {b} ~ ! ^ \\"];
        using var workspace = new Workspace();
        WriteModule(workspace);
        WriteMain(workspace, "cmd/api", "<ContainerGoTags>special</ContainerGoTags>", string.Concat(values.Select((value, i) => $"""<ContainerGoVariable Include="main.{"abcd"[i]}" Value="{Escaped(value)}" />""")));

        workspace.DotNet("cmd/api", "publish", "-t:PublishContainer", "-warnaserror", "-p:ContainerRepository=e2e/go-hostile").Expect();

        Assert.Equal(["text", "special", .. values], Said("e2e/go-hostile"));
        workspace.Passed = true;
    }

    // What go makes of them is go's business; no shell may make anything of them first.
    [DockerTheory]
    [InlineData("<ContainerGoMainPackage>./$(touch /out/x)`touch /out/y`;z</ContainerGoMainPackage>", "stat /src/cmd/api/$(touch /out/x)`touch /out/y`;z: directory not found")]
    [InlineData("<ContainerGoTags>a$(touch)b</ContainerGoTags><ContainerGoLinkerFlags>-X main.a=$(id) ;touch /out/x</ContainerGoLinkerFlags>", "\"-tags=a$(touch)b\", \"-ldflags=-s -w -X main.a=$(id) ;to")]
    public void WhatTheCompilerRefusesItRefusesItself(string properties, string said)
    {
        using var workspace = new Workspace();
        WriteModule(workspace);
        WriteMain(workspace, "cmd/api", properties.Replace("$(", "%24(", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal));

        var result = workspace.DotNet("cmd/api", "publish", "-t:PublishContainer", "--nologo", "-p:ContainerRepository=e2e/go-refused").Expect(1);

        Assert.Equal(result.LinesWith("error "), result.LinesWith("error CSDK3006"));
        Assert.Contains(said, result.Output, StringComparison.Ordinal);
        workspace.Passed = true;
    }

    [DockerFact]
    public void CIsCompiledForALibraryThatTheRuntimeImageHas()
    {
        using var workspace = new Workspace();
        workspace.Write("go.mod", "module example.com/native\n\ngo 1.25\n");
        workspace.Write("main.go", "package main\n\n// static int twice(int n) { return 2 * n; }\nimport \"C\"\n\nfunc main() { println(C.twice(21)) }\n");
        workspace.Write("native.containerproj", Project("<ContainerStaticLink>false</ContainerStaticLink><ContainerBaseImage>debian:bookworm-slim</ContainerBaseImage>", ""));

        workspace.DotNet("", "publish", "-t:PublishContainer", "-warnaserror", "-p:ContainerRepository=e2e/go-native").Expect();

        Assert.Equal("42", CommandLine.Run(workspace.Root, "docker", "run", "--rm", "e2e/go-native").Expect().Output.Trim());
        workspace.Passed = true;
    }

    private static void WriteModule(Workspace workspace)
    {
        workspace.Write("go.mod", "module example.com/text\n\ngo 1.25\n");
        workspace.Write("text.go", "package text\n\nfunc Name() string { return \"text\" }\n");
    }

    private static void WriteMain(Workspace workspace, string folder, string properties = "", string items = "")
    {
        workspace.Write($"{folder}/main.go", Main);
        workspace.Write($"{folder}/plain.go", "//go:build !special\n\npackage main\n\nconst kind = \"plain\"\n");
        workspace.Write($"{folder}/special.go", "//go:build special\n\npackage main\n\nconst kind = \"special\"\n");
        workspace.Write($"{folder}/api.containerproj", Project(properties, items));
    }

    private static string Project(string properties, string items) =>
        $"""<Project Sdk="ContainerSdk"><PropertyGroup><ContainerBaseImage>scratch</ContainerBaseImage>{properties}</PropertyGroup><ItemGroup>{items}</ItemGroup></Project>""";

    // For MSBuild, then for XML.
    private static string Escaped(string value) =>
        System.Security.SecurityElement.Escape(string.Concat(value.Select(c => "%*?@$();'".Contains(c, StringComparison.Ordinal) ? $"%{(int)c:X2}" : c.ToString())));

    private static string[] Said(string image) => JsonSerializer.Deserialize<string[]>(Docker.Run("run", "--rm", image))!;
}

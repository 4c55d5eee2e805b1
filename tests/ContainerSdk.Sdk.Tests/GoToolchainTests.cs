using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Sdk.Tests;

/// <summary>What the go toolchain makes of a module's surroundings and of the properties that say how it is compiled.</summary>
public sealed class GoToolchainTests
{
    [Theory]
    [InlineData("<ContainerGoMainPackage>-toolexec=/tmp/x</ContainerGoMainPackage>", "", "ContainerGoMainPackage is '-toolexec=/tmp/x', which begins like a flag; name a package, for example './cmd/api'")]
    [InlineData("<ContainerGoLinkerFlags>-w -extld=/tmp/x</ContainerGoLinkerFlags>", "", "ContainerGoLinkerFlags is '-w -extld=/tmp/x', which makes go start another program; remove the flag; of its kind '-extldflags=-static' alone is taken")]
    [InlineData("<ContainerGoLinkerFlags>-extldflags '-static -fuse-ld=/tmp/x'</ContainerGoLinkerFlags>", "", "ContainerGoLinkerFlags is '-extldflags '-static -fuse-ld=/tmp/x'', which makes go start another program; remove the flag; of its kind '-extldflags=-static' alone is taken")]
    [InlineData("<ContainerGoLinkerFlags>-s @/src/flags</ContainerGoLinkerFlags>", "", "ContainerGoLinkerFlags is '-s @/src/flags', which makes go start another program; remove the flag; of its kind '-extldflags=-static' alone is taken")]
    [InlineData("<ContainerGoLinkerFlags>'-extar' /tmp/x</ContainerGoLinkerFlags>", "", "ContainerGoLinkerFlags is ''-extar' /tmp/x', which makes go start another program; remove the flag; of its kind '-extldflags=-static' alone is taken")]
    [InlineData("", """<ContainerBuilderEnvironmentVariable Include="GOFLAGS" Value="-v -toolexec=/tmp/x" />""", "GOFLAGS is '-v -toolexec=/tmp/x', which makes go start another program; remove the flag; of its kind '-extldflags=-static' alone is taken")]
    [InlineData("", """<ContainerGoVariable Include="main.a" Value="it's" /><ContainerGoVariable Include="main.b" Value='"b"' />""", "ContainerGoVariable holds both kinds of quotes (-X \"main.a=it's\" -X \"main.b=\"b\"\"), and its values are all written in one kind; leave out one kind")]
    public void CSDK1048_NoFlagStartsAProgramOfItsChoice(string properties, string items, string message)
    {
        using var workspace = new Workspace();
        Write(workspace, "", properties, items);

        var result = workspace.DotNet("", "publish", "--nologo", "-clp:NoSummary").Expect(1);

        Assert.Equal([$"{workspace.Root}/app.containerproj : error CSDK1048: {message}"], result.LinesWith("error "));
        Assert.False(File.Exists(Path.Combine(workspace.Root, "obj/container/Dockerfile")));
        workspace.Passed = true;
    }

    [Fact]
    public void PropertiesAreWordsOfTheCompiler()
    {
        using var workspace = new Workspace();
        Write(workspace, "", """
            <Version>1.2.3</Version>
            <ContainerGoTags>netgo; osusergo,prod</ContainerGoTags>
            <ContainerGoLinkerFlags>-extldflags=-static -X main.other=$(Version)-exec</ContainerGoLinkerFlags>
            <ContainerGoMainPackage>./cmd/a b</ContainerGoMainPackage>
            """, """
            <ContainerGoVariable Include="main.version" Value="$(Version)" />
            <ContainerGoVariable Include="example.com/app/build.note" Value="a %3B &quot;$%28id%29&quot; `id` $HOME \" />
            """);

        Assert.Equal(
            ["go", "build", "-trimpath", "-tags=netgo,osusergo,prod", "-ldflags=-s -w -X 'main.version=1.2.3' -X 'example.com/app/build.note=a ; \"$(id)\" `id` $HOME \\' -extldflags=-static -X main.other=1.2.3-exec", "-o", "/out/app", "./cmd/a b"],
            Words(Builder(workspace, ""), "buildCommand"));
        workspace.Passed = true;
    }

    // The fixed time is given by a shell, the compiler is started without one.
    [Theory]
    [InlineData("server", 1)]
    [InlineData("o'brien", 0)]
    [InlineData("a%3B id %3B", 0)]
    [InlineData("%24%28id%29", 0)]
    [InlineData("`id`", 0)]
    public void ABinaryWithANameThatAShellWouldReadGetsNoFixedTime(string name, int runs)
    {
        using var workspace = new Workspace();
        Write(workspace, "", $"<AssemblyName>{name}</AssemblyName><ContainerRepository>app</ContainerRepository>");

        var builder = Builder(workspace, "");

        Assert.Equal(runs, builder.GetProperty("runs").GetArrayLength());
        Assert.Contains("/out/" + Uri.UnescapeDataString(name), Words(builder, "buildCommand"));
        workspace.Passed = true;
    }

    [Fact]
    public void AWorkspaceIsItsModulesAndWhatTheyReplace()
    {
        using var workspace = new Workspace();
        workspace.Write("go.work", "go 1.25.1\n\nuse (\n\t./services/api // the api\n\t./libs/text\n)\n");
        workspace.Write("go.work.sum", "");
        workspace.Write("services/api/go.mod", "module example.com/api\n\ngo 1.24\n\nreplace example.com/money v1.0.0 => ../../vendored/money\n");
        workspace.Write("services/api/go.sum", "");
        workspace.Write("libs/text/go.mod", "module example.com/text\n\ngo 1.24\n");
        workspace.Write("vendored/money/go.mod", "module example.com/money\n");
        workspace.Write("libs/unused/go.mod", "module example.com/unused\n");
        Write(workspace, "services/api/cmd/server/");

        var builder = Builder(workspace, "services/api/cmd/server");

        Assert.Equal("docker.io/library/golang:1.25", builder.GetProperty("image").GetString());
        Assert.Equal("/src/services/api/cmd/server", builder.GetProperty("workingDirectory").GetString());
        Assert.Equal(["go.work", "go.work.sum", "libs/text/go.mod", "services/api/go.mod", "services/api/go.sum", "vendored/money/go.mod"], Words(builder, "restoreInputs"));
        Assert.Equal(["libs/text/", "services/api/", "vendored/money/"], Words(builder, "sources"));
        workspace.Passed = true;
    }

    [Fact]
    public void WithoutTheWorkspaceTheModuleStandsAlone()
    {
        using var workspace = new Workspace();
        workspace.Write("go.work", "go 1.25\nuse ./api\nuse ./libs\n");
        workspace.Write("libs/go.mod", "module example.com/libs\n");
        workspace.Write("api/go.mod", "module example.com/api\n\ngo 1.24.2\n");
        workspace.Write("api/vendor/modules.txt", "");
        Write(workspace, "api/", "<ContainerGoWorkspace>false</ContainerGoWorkspace>");

        var builder = Builder(workspace, "api");

        Assert.Equal("docker.io/library/golang:1.24", builder.GetProperty("image").GetString());
        Assert.Equal(["go.mod"], Words(builder, "restoreInputs"));
        Assert.Empty(Words(builder, "restoreCommand"));
        Assert.Equal(["./"], Words(builder, "sources"));
        Assert.Equal("off", builder.GetProperty("environment").EnumerateArray().Single(variable => variable.GetProperty("name").GetString() == "GOWORK").GetProperty("value").GetString());
        workspace.Passed = true;
    }

    private static void Write(Workspace workspace, string folder, string properties = "", string items = "")
    {
        if (folder.Length == 0) workspace.Write("go.mod", "module example.com/app\n\ngo 1.25\n");
        workspace.Write(folder + "app.containerproj", $"""<Project Sdk="ContainerSdk"><PropertyGroup>{properties}</PropertyGroup><ItemGroup>{items}</ItemGroup></Project>""");
    }

    private static JsonElement Builder(Workspace workspace, string folder)
    {
        workspace.DotNet(folder, "build", "-t:ContainerPlan", "-warnaserror", "--nologo").Expect();
        using var plan = JsonDocument.Parse(workspace.Read(Path.Combine(folder, "obj/container/plan.json")));
        return plan.RootElement.GetProperty("builders")[0].Clone();
    }

    private static IEnumerable<string> Words(JsonElement builder, string name) => builder.GetProperty(name).EnumerateArray().Select(word => word.GetString()!);
}

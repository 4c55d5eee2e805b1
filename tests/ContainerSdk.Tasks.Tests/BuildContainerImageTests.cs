using System.Text.Json.Nodes;
using Microsoft.Build.Framework;
using Xunit;

namespace ContainerSdk.Tasks.Tests;

/// <summary>The engine on PATH is <see cref="FakeDocker"/>; a build does what docker.sh in the project's folder says.</summary>
public sealed class BuildContainerImageTests
{
    private const string Digest = "sha256:7500599c02b0cfdfc3ee9f9b6c3980ecbe4fca7839e4f5f4c02fff9bc24834fd";

    [Fact]
    public void WritesWhatWasMadeAndGivesItNoName()
    {
        using var folder = new ProjectFolder();

        var (succeeded, _) = Build(folder, "echo '#4 [build 2/2] RUN make' >&2; echo '#4 0.1 made' >&2");

        Assert.True(succeeded);
        var inputs = JsonNode.Parse(File.ReadAllText(folder["obj/container/image.json"]))!["inputs"]!.GetValue<string>();
        Assert.Matches("^sha256:[0-9a-f]{64}$", inputs);
        Assert.Equal($$"""
            {
              "references": [
                "docker.io/library/api:1.4",
                "docker.io/library/api:latest"
              ],
              "id": "sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f",
              "digest": "{{Digest}}",
              "size": 21449999,
              "layers": [
                "sha256:bb061a6753e0cc3bf831fdb41ac514f587aba20c3280f6817c4ffa6dd6a98a85"
              ],
              "user": "1654:1654",
              "configuration": {
                "created": "2026-11-21T06:00:14Z",
                "architecture": "amd64",
                "os": "linux",
                "config": {
                  "User": "1654:1654",
                  "Env": [
                    "GREETING=a; b%3Bc"
                  ],
                  "Labels": {
                    "org.opencontainers.image.title": "$(X) @(Y) *"
                  }
                },
                "rootfs": {
                  "type": "layers",
                  "diff_ids": [
                    "sha256:bb061a6753e0cc3bf831fdb41ac514f587aba20c3280f6817c4ffa6dd6a98a85"
                  ]
                }
              },
              "inputs": "{{inputs}}"
            }

            """,
            File.ReadAllText(folder["obj/container/image.json"]));
        Assert.Equal(
            [
                (MessageImportance.Low, $"docker buildx build --progress plain --provenance=false --load --platform linux/amd64 --file {folder["obj/container/Dockerfile"]} --metadata-file {folder["obj/container/image.json.metadata"]} {folder.Root}"),
                (MessageImportance.Normal, "[build 2/2] RUN make"),
                (MessageImportance.Low, "made"),
            ],
            folder.Log.Messages);
    }

    [Fact]
    public void CSDK3006_AFailureLeavesNoFactsBehind()
    {
        using var folder = new ProjectFolder();

        var (succeeded, _) = Build(folder, """
            cat >&2 <<'END'
            #4 [build 2/2] RUN make
            #4 0.1 nothing to make
            #4 ERROR: exit code: 2
            ERROR: failed to solve: exit code: 2
            END
            exit 1
            """);

        Assert.False(succeeded);
        Assert.False(File.Exists(folder["obj/container/image.json"]));
        Assert.Equal([folder.Error("CSDK3006", "The image build failed in step [build 2/2] RUN make: exit code: 2\n  nothing to make")], folder.Log.Problems);
    }

    [Theory]
    [InlineData("/src/Program.cs(1,19): error CS0103: No name [/src/api.csproj]", "CS0103", "No name", "{project}/Program.cs", 1, 19)]
    [InlineData("/src/api.csproj : error NU1101: No package", "NU1101", "No package", "{project}/api.csproj", 0, 0)]
    [InlineData("./cmd/main.go:4:2: undefined: x", "", "undefined: x", "{project}/cmd/main.go", 4, 2)]
    [InlineData("main.go:4:2: undefined: x", "", "undefined: x", "{project}/main.go", 4, 2)]
    [InlineData("/usr/share/sdk/Some.targets(5,3): error MSB4019: No import", "MSB4019", "No import", "/usr/share/sdk/Some.targets", 5, 3)]
    public void CSDK3006_CompilerErrorsAreErrorsOfTheHostsFiles(string line, string code, string message, string file, int row, int column)
    {
        using var folder = new ProjectFolder();

        AssertFails(folder, line, new Problem("error", code, message, file.Replace("{project}", folder.Root, StringComparison.Ordinal), row, column, null));
    }

    [Theory]
    [InlineData("main.go:4:2: undefined: x", "api/main.go")]
    [InlineData("../lib/lib.go:4:2: undefined: x", "lib/lib.go")]
    [InlineData("/src/lib/lib.go:4:2: undefined: x", "lib/lib.go")]
    public void CSDK3006_RelativeNamesStartFromTheProjectAndAbsoluteOnesFromTheContext(string line, string file)
    {
        using var folder = new ProjectFolder("api");

        AssertFails(
            folder, line, new Problem("error", "", "undefined: x", Path.Combine(folder.Context, file), 4, 2, null), SmallPlan.Item("ContainerSource", folder.Context + "/lib/"));
    }

    [Theory]
    [InlineData("MSBUILD : error MSB1009: Project file does not exist.", "MSB1009", "Project file does not exist.", "MSBUILD")]
    [InlineData("CSC : error CS5001: No Main [/src/api.csproj]", "CS5001", "No Main", "CSC")]
    public void CSDK3006_TheNameOfAToolIsNoFileOfTheHost(string line, string code, string message, string file)
    {
        using var folder = new ProjectFolder();

        AssertFails(folder, line, new Problem("error", code, message, file, 0, 0, null));
    }

    [Theory]
    [InlineData("./main.go:4:2: warning: #warning \"old\" [-Wcpp]", "", "#warning \"old\" [-Wcpp]", "{project}/main.go", 4, 2)]
    [InlineData("/src/Program.cs(1,5): warning CS0219: Unused [/src/api.csproj]", "CS0219", "Unused", "{project}/Program.cs", 1, 5)]
    [InlineData("/src/Program.cs(3): AOT analysis warning IL3050: Main: Using 'X' [/src/api.csproj]", "IL3050", "Main: Using 'X'", "{project}/Program.cs", 3, 0)]
    public void CompilerWarningsAreWarningsOfTheHostsFiles(string line, string code, string message, string file, int row, int column)
    {
        using var folder = new ProjectFolder();

        var (succeeded, _) = Build(folder, Says(line));

        Assert.True(succeeded);
        Assert.Equal([new Problem("warning", code, message, file.Replace("{project}", folder.Root, StringComparison.Ordinal), row, column, null)], folder.Log.Problems);
    }

    [Fact]
    public void CSDK3011_AWarningThatCountsAsAnErrorFailsThePublish()
    {
        using var folder = new ProjectFolder();
        folder.Log.WarningsAsErrors = ["CS0219"];

        var (succeeded, _) = Build(folder, Says("/src/Program.cs(1,5): warning CS0219: Unused [/src/api.csproj]"));

        Assert.False(succeeded);
        Assert.False(File.Exists(folder["obj/container/image.json"]));
        Assert.Equal(
            [
                new Problem("error", "CS0219", "Unused", folder["Program.cs"], 1, 5, null),
                folder.Error("CSDK3011", "The image was built, but gets no name, because warnings of the builder, which are above, count as errors here; correct them, or name their codes in MSBuildWarningsNotAsErrors or NoWarn"),
            ],
            folder.Log.Problems);
    }

    [Fact]
    public void CSDK3009_NothingStartsWhereASecretIsMissing()
    {
        using var folder = new ProjectFolder();

        var (succeeded, _) = Build(folder, "touch \"$context/started\"", SmallPlan.Item("ContainerSecret", "token", ("Path", "no/such/file")));

        Assert.False(succeeded);
        Assert.Equal(
            [folder.Error("CSDK3009", $"ContainerSecret 'token' cannot be passed on, because the file '{folder["no/such/file"]}' does not exist; see to it where the publish runs, or add Optional=\"true\" if the build can do without")],
            folder.Log.Problems);
        Assert.False(File.Exists(folder["started"]));
    }

    [Fact]
    public void SecretsAreNamedToTheEngine()
    {
        using var folder = new ProjectFolder();
        File.WriteAllText(folder["token"], "hunter2");

        var (succeeded, _) = Build(
            folder, "exit 0", SmallPlan.Item("ContainerSecret", "path", ("EnvironmentVariable", "PATH")), SmallPlan.Item("ContainerSecret", "token", ("Path", "token")));

        Assert.True(succeeded);
        Assert.Contains($" --secret id=path,env=PATH --secret id=token,src={folder["token"]} ", folder.Log.Messages[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", string.Concat(folder.Log.Messages), StringComparison.Ordinal);
    }

    private static string Says(string line) => $"""
        cat >&2 <<'END'
        #8 [4/4] RUN make
        #8 8.373 {line}
        #8 DONE 8.8s
        END
        """;

    private static void AssertFails(ProjectFolder folder, string line, Problem expected, params IEnumerable<ITaskItem> moreItems)
    {
        var (succeeded, _) = Build(folder, $"""
            cat >&2 <<'END'
            #4 [build 2/2] RUN make
            #4 0.1 {line}
            #4 ERROR: exit code: 2
            END
            exit 1
            """, moreItems);

        Assert.False(succeeded);
        Assert.Equal([expected, folder.Error("CSDK3006", "The image build failed in step [build 2/2] RUN make: the compiler's errors are above")], folder.Log.Problems);
    }

    private static (bool Succeeded, BuildContainerImage Task) Build(ProjectFolder folder, string script, params IEnumerable<ITaskItem> moreItems)
    {
        folder.WritePlan(moreItems);
        folder.WriteDockerfile();
        folder.Log.Messages.Clear();
        File.WriteAllText(Path.Combine(folder.Context, "docker.sh"), script);
        var task = new BuildContainerImage { PlanPath = "obj/container/plan.json", DockerfilePath = "obj/container/Dockerfile", ImagePath = "obj/container/image.json" };
        return (folder.Execute(task), task);
    }
}

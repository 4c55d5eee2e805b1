using System.Collections.Immutable;
using ContainerSdk.Plan;
using Microsoft.Build.Framework;
using Xunit;
using static ContainerSdk.Tasks.Tests.SmallPlan;

namespace ContainerSdk.Tasks.Tests;

public sealed class WriteContainerPlanTests
{
    private const string PlanPath = "obj/container/plan.json";

    // What MSBuild would split, unescape, expand or trim if it travelled as anything but metadata.
    private static readonly (string Name, string Value)[] Hostile =
    [
        ("SEMICOLON", "a;b;;c"),
        ("ESCAPED", "a%3Bb%253B"),
        ("PROPERTY", "$(X) %(Y) @(Z)"),
        ("BLANKS", "  a b  "),
        ("GLOB", "*?[x]"),
        ("SLASHES", @"C:\a\ /b/"),
    ];

    [Fact]
    public void WritesPropertiesAndItemsAsTheyWereGiven()
    {
        using var folder = new ProjectFolder();
        var task = new WriteContainerPlan
        {
            Properties = [.. Properties(folder.Root), Property("ContainerUser", " 1654 "), Property("ContainerRegistry", "")],
            Items = [.. Items(folder.Root), .. Hostile.Select(Variable), Item("ContainerPort", "8080", ("Type", ""), ("Note", "a;b"))],
            PlanPath = PlanPath,
        };

        Assert.True(folder.Execute(task));

        Assert.Equal($$"""
            {
              "properties": {
                "ContainerBaseImage": "scratch",
                "ContainerBuilderImage": "golang:1.25",
                "ContainerImageTags": "1.4;latest",
                "ContainerRepository": "api",
                "ContainerRuntimeIdentifier": "linux-x64",
                "ContainerToolchain": "go",
                "ContainerUser": " 1654 ",
                "MSBuildProjectDirectory": "{{folder.Root}}",
                "MSBuildProjectName": "api"
              },
              "items": [
                {
                  "kind": "ContainerSource",
                  "identity": "{{folder.Root}}/",
                  "metadata": {}
                },
                {
                  "kind": "ContainerBuildCommand",
                  "identity": "go",
                  "metadata": {}
                },
                {
                  "kind": "ContainerBuildCommand",
                  "identity": "build",
                  "metadata": {}
                },
                {
                  "kind": "ContainerAppCommand",
                  "identity": "/app/api",
                  "metadata": {}
                },
                {
                  "kind": "ContainerEnvironmentVariable",
                  "identity": "SEMICOLON",
                  "metadata": {
                    "Value": "a;b;;c"
                  }
                },
                {
                  "kind": "ContainerEnvironmentVariable",
                  "identity": "ESCAPED",
                  "metadata": {
                    "Value": "a%3Bb%253B"
                  }
                },
                {
                  "kind": "ContainerEnvironmentVariable",
                  "identity": "PROPERTY",
                  "metadata": {
                    "Value": "$(X) %(Y) @(Z)"
                  }
                },
                {
                  "kind": "ContainerEnvironmentVariable",
                  "identity": "BLANKS",
                  "metadata": {
                    "Value": "  a b  "
                  }
                },
                {
                  "kind": "ContainerEnvironmentVariable",
                  "identity": "GLOB",
                  "metadata": {
                    "Value": "*?[x]"
                  }
                },
                {
                  "kind": "ContainerEnvironmentVariable",
                  "identity": "SLASHES",
                  "metadata": {
                    "Value": "C:\\a\\ /b/"
                  }
                },
                {
                  "kind": "ContainerPort",
                  "identity": "8080",
                  "metadata": {
                    "Note": "a;b",
                    "Type": ""
                  }
                }
              ]
            }

            """,
            File.ReadAllText(folder["obj/container/inputs.json"]));
    }

    [Fact]
    public void CarriesEveryValueIntoThePlanUnchanged()
    {
        using var folder = new ProjectFolder();

        var plan = PlanJson.Read(File.ReadAllText(folder.WritePlan(Hostile.Select(Variable))));

        Assert.Equal(Hostile, plan.Runtime.Environment.Select(variable => (variable.Name, variable.Value)));
    }

    [Fact]
    public void LogsPropertiesAtLowImportance()
    {
        using var folder = new ProjectFolder();

        folder.WritePlan();

        Assert.Equal(
            [
                (MessageImportance.Low, "[input] ContainerBaseImage=scratch"),
                (MessageImportance.Low, "[input] ContainerBuilderImage=golang:1.25"),
                (MessageImportance.Low, "[input] ContainerImageTags=1.4;latest"),
                (MessageImportance.Low, "[input] ContainerRepository=api"),
                (MessageImportance.Low, "[input] ContainerRuntimeIdentifier=linux-x64"),
                (MessageImportance.Low, "[input] ContainerToolchain=go"),
                (MessageImportance.Low, $"[input] MSBuildProjectDirectory={folder.Root}"),
                (MessageImportance.Low, "[input] MSBuildProjectName=api"),
            ],
            folder.Log.Messages);
    }

    [Fact]
    public void ReportsEveryMistakeAtOnce()
    {
        using var folder = new ProjectFolder();

        Assert.False(folder.Execute(WithMistakes(folder)));

        Assert.Equal(
            [
                folder.Error("CSDK1001", "ContainerEngine is 'dokcer'; expected 'auto', 'docker' or 'embedded'"),
                folder.Error("CSDK1004", "'-x' is not a valid tag in ContainerImageTags; use up to 128 letters, digits, '_', '.' and '-', not starting with '.' or '-'"),
                folder.Error("CSDK1005", "'99999' is not a valid ContainerPort; use a number from 1 to 65535 with Type tcp, udp or sctp, for example <ContainerPort Include=\"8080\" Type=\"tcp\" />"),
                folder.Error("CSDK1006", "'1X' is not a valid name for ContainerEnvironmentVariable; use letters, digits and '_', not starting with a digit"),
                folder.Warning("CSDK1017", "ContainerEnvironmentVariable 'API_TOKEN' looks like a secret, and its value would be readable by anyone who has the image; pass it when the container starts, or set NoWarn to CSDK1017 if the value is public"),
            ],
            folder.Log.Problems);
    }

    [Fact]
    public void AContextRootThatDoesNotExistIsOneMistakeAmongTheOthers()
    {
        using var folder = new ProjectFolder();
        var task = new WriteContainerPlan
        {
            Properties = [.. Properties(folder.Root), Property("ContainerContextRoot", folder["gone"]), Property("ContainerEngine", "dokcer")],
            Items = [.. Items(folder.Root)],
            PlanPath = PlanPath,
        };

        Assert.False(folder.Execute(task));

        Assert.Equal(
            [
                folder.Error("CSDK2010", $"ContainerContextRoot is '{folder["gone"]}', and there is no such folder; correct the path, which is relative to the project's folder, or remove the property"),
                folder.Error("CSDK1001", "ContainerEngine is 'dokcer'; expected 'auto', 'docker' or 'embedded'"),
            ],
            folder.Log.Problems);
        Assert.Equal([], folder.Files);
    }

    [Fact]
    public void PathsLoseTheirDots()
    {
        using var folder = new ProjectFolder("app");

        var plan = PlanJson.Read(File.ReadAllText(folder.WritePlan(Item("ContainerSource", folder.Root + "/../data/"), Item("ContainerRestoreFile", folder.Root + "/./go.mod"))));

        Assert.Equal(["app/", "app/go.mod", "data/"], plan.Context.Include);
    }

    [Fact]
    public void WritesNothingOnError()
    {
        using var folder = new ProjectFolder();

        Assert.False(folder.Execute(WithMistakes(folder)));

        Assert.Equal([], folder.Files);
    }

    [Fact]
    public void LeavesAnOlderPlanAloneOnError()
    {
        using var folder = new ProjectFolder();
        var plan = folder.WritePlan();
        var (text, written) = (File.ReadAllText(plan), Age(plan));

        Assert.False(folder.Execute(WithMistakes(folder)));

        Assert.Equal((text, written), (File.ReadAllText(plan), File.GetLastWriteTimeUtc(plan)));
    }

    [Fact]
    public void AWarningLeavesThePlanToBeWritten()
    {
        using var folder = new ProjectFolder();

        var plan = PlanJson.Read(File.ReadAllText(folder.WritePlan(Variable(("API_TOKEN", "public")))));

        Assert.Equal(
            [folder.Warning("CSDK1017", "ContainerEnvironmentVariable 'API_TOKEN' looks like a secret, and its value would be readable by anyone who has the image; pass it when the container starts, or set NoWarn to CSDK1017 if the value is public")],
            folder.Log.Problems);
        Assert.Equal([new EnvironmentVariable("API_TOKEN", "public")], plan.Runtime.Environment);
    }

    [Fact]
    public void DoesNotTouchFilesThatAreRight()
    {
        using var folder = new ProjectFolder();
        var (plan, inputs) = (folder.WritePlan(), folder["obj/container/inputs.json"]);
        var written = ImmutableArray.Create(Age(plan), Age(inputs));

        folder.WritePlan();

        Assert.Equal(written, [File.GetLastWriteTimeUtc(plan), File.GetLastWriteTimeUtc(inputs)]);
        Assert.Equal(["obj/container/inputs.json", "obj/container/plan.json"], folder.Files);
    }

    private static WriteContainerPlan WithMistakes(ProjectFolder folder) => new()
    {
        Properties = [.. Properties(folder.Root).Where(item => item.ItemSpec != "ContainerImageTags"), Property("ContainerEngine", "dokcer"), Property("ContainerImageTags", "1.0;-x")],
        Items = [.. Items(folder.Root), Item("ContainerPort", "99999"), Variable(("1X", "")), Variable(("API_TOKEN", "public"))],
        PlanPath = PlanPath,
    };

    private static ITaskItem Variable((string Name, string Value) variable) =>
        Item("ContainerEnvironmentVariable", variable.Name, ("Value", variable.Value));

    private static DateTime Age(string path)
    {
        File.SetLastWriteTimeUtc(path, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        return File.GetLastWriteTimeUtc(path);
    }
}

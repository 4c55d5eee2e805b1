using System.Collections.Immutable;
using System.Text.Json;
using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Images;
using ContainerSdk.Plan;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>The engine's own parser reads back, byte for byte, what was written for it.</summary>
public sealed class HostileValueTests
{
    [DockerFact]
    public void EveryValueOfTheImageConfigurationSurvives()
    {
        var values = HostileValues.Sample(200);
        var image = Build("hostile-values",
        [
            .. values.Select((value, i) => new Instruction.Env($"V{i}", value)),
            .. values.Select((value, i) => new Instruction.Label($"label.{i}", value)),
            new Instruction.Entrypoint(["/entry", .. values]),
            new Instruction.Cmd([.. values]),
        ], _ => { });

        var configuration = image.GetProperty("Config");
        var environment = Strings(configuration.GetProperty("Env")).Where(text => text.StartsWith('V')).ToArray();
        Assert.Equal(values.Select((value, i) => $"V{i}={value}"), environment);
        Assert.Equal(values, values.Select((_, i) => configuration.GetProperty("Labels").GetProperty($"label.{i}").GetString()!));
        Assert.Equal(["/entry", .. values], Strings(configuration.GetProperty("Entrypoint")));
        Assert.Equal(values, Strings(configuration.GetProperty("Cmd")));
    }

    [DockerFact]
    public void EveryWordOfAHealthCheckSurvives()
    {
        var values = HostileValues.Sample(200);
        var check = new HealthCheck { Command = [.. values], Interval = TimeSpan.FromSeconds(90), Timeout = TimeSpan.FromMilliseconds(1500), StartPeriod = TimeSpan.FromHours(1), Retries = 3 };

        var health = Build("hostile-health", [new Instruction.Health(check)], _ => { }).GetProperty("Config").GetProperty("Healthcheck");

        Assert.Equal(["CMD", .. values], Strings(health.GetProperty("Test")));
        Assert.Equal(
            (90_000_000_000, 1_500_000_000, 3_600_000_000_000, 3),
            (health.GetProperty("Interval").GetInt64(), health.GetProperty("Timeout").GetInt64(), health.GetProperty("StartPeriod").GetInt64(), health.GetProperty("Retries").GetInt32()));
    }

    [DockerFact]
    public void EveryTextOfACommandReachesTheShellAsItIs()
    {
        var values = HostileValues.Sample(60);
        var steps = values.Select(value => new RuntimeStep.Shell($"printf '%s\\n' '{value.Replace("'", "'\\''", StringComparison.Ordinal)}' >> /said"))
            .Append(new RuntimeStep.Shell("set -e\n# a comment of the shell's\n\tcat >> /said <<EOF\nUSER root\n\\\\\nEOF\nexit 0\nexit 1"));
        var plan = PlanOf([]);
        plan = plan with { Runtime = plan.Runtime with { Image = ImageReference.Create(null, "library/alpine", "3.22"), Preparation = [.. steps] } };

        BuildStages("hostile-commands", [DockerfileLowering.Lower(plan, DockerfileDialect.Portable).Stages[^1]], _ => { });

        Assert.Equal(string.Concat(values.Select(value => value + "\n")) + "USER root\n\\", Docker.Run("run", "--rm", "--entrypoint", "cat", "hostile-commands", "/said"));
    }

    [DockerFact]
    public void EveryTargetOfAFileAndEveryVolumeHasItsOwnName()
    {
        var names = HostileValues.FileNames.Where(name => ContainerPath.TryParse("/" + name, out _)).ToArray();
        var files = names.Select(name => new RuntimeStep.Copy(new FileSource.Context("plain.txt"), $"/files/{name}", ImageUser.Default, null));
        var volumes = names.Select(name => ContainerPath.Create($"/volumes/{name}")).ToImmutableArray();
        var plan = PlanOf([]);
        plan = plan with
        {
            Runtime = plan.Runtime with { Preparation = [.. files, .. volumes.Select(path => new RuntimeStep.Folder(path, new ImageUser("7", "8")))], Volumes = volumes },
        };

        var image = BuildStages("hostile-targets", [.. DockerfileLowering.Lower(plan, DockerfileDialect.Portable).Stages.Skip(1)], folder => File.WriteAllText(Path.Combine(folder, "plain.txt"), ""));

        var entries = ImageContent.Of("hostile-targets").Layers.SelectMany(layer => layer).Distinct().Order(StringComparer.Ordinal);
        string[] expected = [.. names.Select(name => $"644 1654:1654 /files/{name}"), .. names.Select(name => $"755 7:8 /volumes/{name}/"), "755 0:0 /files/", "755 0:0 /volumes/"];
        Assert.Equal(expected.Order(StringComparer.Ordinal), entries);
        Assert.Equal(volumes.Select(path => path.Value).Order(StringComparer.Ordinal), image.GetProperty("Config").GetProperty("Volumes").EnumerateObject().Select(volume => volume.Name).Order(StringComparer.Ordinal));
    }

    [DockerFact]
    public void EveryFileNameIsCopiedUnderItsOwnName() => AssertCopied("hostile-names", _ => { });

    [DockerFact]
    public void EveryFileNameIsAllowedByTheIgnoreFile() =>
        AssertCopied("allowed-names", folder => File.WriteAllText(Path.Combine(folder, "Dockerfile.dockerignore"), DockerIgnoreRenderer.Render(PlanOf(Names))));

    // Docker 20.10 loses a file with '*' or '?' in its name, without an error; the planner refuses it (CSDK2005).
    private static ImmutableArray<string> Names { get; } = [.. HostileValues.FileNames.Where(name => name.AsSpan().IndexOfAny('*', '?') < 0)];

    private static void AssertCopied(string image, Action<string> prepare)
    {
        var names = Names;
        Build(image,
            [new Instruction.Copy(null, names, "/files/", CopyOptions.None), .. names.Select((name, i) => new Instruction.Copy(null, [name], $"/one/{i}/", CopyOptions.None))],
            folder =>
            {
                foreach (var name in names) File.WriteAllText(Path.Combine(folder, name), name);
                prepare(folder);
            });

        var copied = ImageContent.Of(image).Paths.Where(path => !path.EndsWith('/')).ToArray();

        string[] expected = [.. names.Select(name => "/files/" + name), .. names.Select((name, i) => $"/one/{i}/{name}")];
        Assert.Empty(expected.Except(copied));
        Assert.Empty(copied.Except(expected));
    }

    private static JsonElement Build(string name, ImmutableArray<Instruction> instructions, Action<string> prepare) =>
        BuildStages(name, [new DockerfileStage(new StageBase.Scratch(), "values", instructions)], prepare);

    private static JsonElement BuildStages(string name, ImmutableArray<DockerfileStage> stages, Action<string> prepare)
    {
        var folder = Directory.CreateTempSubdirectory("containersdk-hostile");
        try
        {
            var diagnostics = new DiagnosticBag();
            prepare(folder.FullName);
            File.WriteAllText(Path.Combine(folder.FullName, "Dockerfile"), DockerfileRenderer.Render(new DockerfileDocument(stages), diagnostics));
            Assert.Empty(diagnostics.ToSorted());
            CommandLine.Run(folder.FullName, "docker", "buildx", "build", "--load", "--provenance=false", "--tag", name, ".").Expect();
            using var document = JsonDocument.Parse(Docker.Run("image", "inspect", name));
            return document.RootElement[0].Clone();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static BuildPlan PlanOf(ImmutableArray<string> files) => new()
    {
        Name = "hostile",
        Platforms = [],
        Context = new BuildContext { Root = ".", Include = files, Exclude = [] },
        Builders =
        [
            new BuilderStage
            {
                Platform = new Platform("linux", "amd64"), Machine = BuilderMachine.Build, Image = ImageReference.Create(null, "none", "none"), Environment = [], Root = ContainerPath.Create("/src"), WorkingDirectory = ContainerPath.Create("/src"),
                Files = [], RestoreInputs = [], RestoreCommand = [], Sources = files, BuildCommand = [], Caches = [], Secrets = [],
            },
        ],
        Runtime = new RuntimeStage { Layers = [], WorkingDirectory = ContainerPath.Create("/"), Environment = [], Labels = [], Ports = [], User = ImageUser.Default, Entrypoint = [], Command = [] },
        Destinations = [],
    };

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(element => element.GetString()!);
}

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

    private static JsonElement Build(string name, ImmutableArray<Instruction> instructions, Action<string> prepare)
    {
        var folder = Directory.CreateTempSubdirectory("containersdk-hostile");
        try
        {
            var diagnostics = new DiagnosticBag();
            prepare(folder.FullName);
            File.WriteAllText(Path.Combine(folder.FullName, "Dockerfile"), DockerfileRenderer.Render(new DockerfileDocument([new DockerfileStage(new StageBase.Scratch(), "values", instructions)]), diagnostics));
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

using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Images;
using ContainerSdk.Plan;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>An engine's store stacks some 125 layers; a plan of more folders is built all the same.</summary>
public sealed class LargeClosureTests
{
    [DockerFact]
    public void EveryFileOfTwoHundredFoldersReachesItsPlace()
    {
        var folder = Directory.CreateTempSubdirectory("containersdk-large");
        try
        {
            ImmutableArray<string> names = [.. Enumerable.Range(1, 200).Select(i => $"lib{i}")];
            foreach (var name in names)
            {
                Directory.CreateDirectory(Path.Combine(folder.FullName, name));
                File.WriteAllText(Path.Combine(folder.FullName, name, "project"), name);
                File.WriteAllText(Path.Combine(folder.FullName, name, "source"), name);
            }

            var plan = PlanOf(names);
            var diagnostics = new DiagnosticBag();
            File.WriteAllText(Path.Combine(folder.FullName, "Dockerfile"), DockerfileRenderer.Render(DockerfileLowering.Lower(plan, DockerfileDialect.Portable), diagnostics));
            File.WriteAllText(Path.Combine(folder.FullName, "Dockerfile.dockerignore"), DockerIgnoreRenderer.Render(plan));
            Assert.Empty(diagnostics.ToSorted());

            CommandLine.Run(folder.FullName, "docker", "buildx", "build", "--load", "--provenance=false", "--target", "build", "--tag", "large-closure", ".").Expect();

            Assert.Equal(
                names.SelectMany(name => new[] { $"/src/{name}/project", $"/src/{name}/source" }).Order(StringComparer.Ordinal),
                ImageContent.Of("large-closure").Paths.Where(path => path.StartsWith("/src/", StringComparison.Ordinal) && !path.EndsWith('/')).Distinct().Order(StringComparer.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Restore fails unless it finds the last project's file, and finds nothing of its sources.
    private static BuildPlan PlanOf(ImmutableArray<string> names)
    {
        return new BuildPlan
        {
            Name = "large",
            Platforms = [new Platform("linux", "amd64")],
            Context = new BuildContext { Root = ".", Include = [.. names.Select(name => name + "/")], Exclude = [] },
            Builders =
            [
                new BuilderStage
                {
                    Platform = new Platform("linux", "amd64"),
                    Machine = BuilderMachine.Build,
                    Image = ImageReference.Create(null, "debian", "bookworm-slim"),
                    Environment = [],
                    Root = ContainerPath.Create("/src"),
                    WorkingDirectory = ContainerPath.Create("/src"),
                    Files = [],
                    RestoreInputs = [.. names.Select(name => name + "/project")],
                    RestoreCommand = ["test", "-e", "lib200/project", "-a", "!", "-e", "lib200/source"],
                    Sources = [.. names.Select(name => name + "/")],
                    BuildCommand = ["true"],
                    Caches = [],
                    Secrets = [],
                },
            ],
            Runtime = new RuntimeStage { Layers = [], WorkingDirectory = ContainerPath.Create("/"), Environment = [], Labels = [], Ports = [], User = ImageUser.Default, Entrypoint = [], Command = [] },
            Destinations = [],
        };
    }
}

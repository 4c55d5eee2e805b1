using Microsoft.Build.Framework;
using Xunit;

namespace ContainerSdk.Tasks.Tests;

public sealed class ReadContainerResultsTests
{
    private const string Digest = "sha256:7500599c02b0cfdfc3ee9f9b6c3980ecbe4fca7839e4f5f4c02fff9bc24834fd";

    [Fact]
    public void HandsTheFactsToMSBuildUnchanged()
    {
        using var project = new PublishedProject().Built();

        var images = project.Results().Images;

        Assert.Equal(["docker.io/library/api:1.4", "docker.io/library/api:latest"], images.Select(image => image.ItemSpec));
        Assert.Equal(
            [
                ("Archive", ""),
                ("Configuration", """{"created":"2026-11-21T06:00:14Z","architecture":"amd64","os":"linux","config":{"User":"1654:1654","Env":["GREETING=a; b%3Bc"],"Labels":{"org.opencontainers.image.title":"$(X) @(Y) *"}},"rootfs":{"type":"layers","diff_ids":["sha256:bb061a6753e0cc3bf831fdb41ac514f587aba20c3280f6817c4ffa6dd6a98a85"]}}"""),
                ("Id", PublishedProject.Id),
                ("Manifest", ""),
                ("ManifestDigest", Digest),
                ("ManifestMediaType", ""),
                ("Size", "21449999"),
                ("Summary", $"api -> docker.io/library/api:1.4@{Digest} (21.4 MB, 1 layer, user 1654:1654)"),
                ("Tag", "1.4"),
                ("User", "1654:1654"),
            ],
            Metadata(images[0]));
    }

    [Fact]
    public void WhereNoManifestIsTheDigestIsTheImagesId()
    {
        using var project = new PublishedProject(("ContainerRegistry", "example.com")).Built();

        Assert.Equal(PublishedProject.Id, project.Results().Images[0].GetMetadata("ManifestDigest"));
    }

    [Theory]
    [InlineData("scratch", "scratch", "")]
    [InlineData("alpine:3.22", "library/alpine", "Digest= Registry=docker.io Tag=3.22")]
    [InlineData($"localhost:5000/team/base@{Digest}", "team/base", $"Digest={Digest} Registry=localhost:5000 Tag=")]
    public void TellsThePartsOfTheBaseImage(string image, string name, string metadata)
    {
        using var project = new PublishedProject().Built();
        var properties = SmallPlan.Properties(project.Folder.Root).Where(property => property.ItemSpec != "ContainerBaseImage").Append(SmallPlan.Property("ContainerBaseImage", image));
        Assert.True(project.Folder.Execute(new WriteContainerPlan { Properties = [.. properties], Items = SmallPlan.Items(project.Folder.Root), PlanPath = "obj/container/plan.json" }));

        var basis = project.Results().BaseImage!;

        Assert.Equal(name, basis.ItemSpec);
        Assert.Equal(metadata, string.Join(' ', Metadata(basis).Select(pair => $"{pair.Name}={pair.Value}")));
    }

    [Fact]
    public void TellsTheEnvironmentVariablesUnchanged()
    {
        using var project = new PublishedProject();
        project.WritePlan([], [SmallPlan.Item("ContainerEnvironmentVariable", "GREETING", ("Value", "a; b%3B$(X)"))]);

        Assert.Equal([("GREETING", "a; b%3B$(X)")], project.Built().Results().EnvironmentVariables.Select(variable => (variable.ItemSpec, variable.GetMetadata("Value"))));
    }

    private static IEnumerable<(string Name, string Value)> Metadata(ITaskItem item) =>
        item.CloneCustomMetadata().Keys.Cast<string>().Order(StringComparer.Ordinal).Select(name => (name, item.GetMetadata(name)));
}

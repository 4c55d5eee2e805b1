using Xunit;

namespace ContainerSdk.Tasks.Tests;

/// <summary>The engine on PATH is <see cref="FakeDocker"/>.</summary>
public sealed class DeliverContainerImageTests
{
    [Fact]
    public void AnImageThatStaysInTheEngineIsNotDelivered()
    {
        using var project = new PublishedProject().Built();

        Assert.Equal((true, false), project.Deliver());
        Assert.Empty(project.Folder.Log.Messages);
    }

    [Fact]
    public void PushesUnderEachNameAndSaysItAsTheDotNetSdkDoes()
    {
        using var project = new PublishedProject(("ContainerRegistry", "localhost:5000")).Built();

        Assert.Equal((true, true), project.Deliver());

        Assert.Equal(["Pushed image 'api:1.4' to registry 'localhost:5000'.", "Pushed image 'api:latest' to registry 'localhost:5000'."], project.Said);
        Assert.Equal([("localhost:5000/api:1.4", PublishedProject.Pushed), ("localhost:5000/api:latest", PublishedProject.Pushed)], project.Receipt!.Pushes.Select(push => (push.Name, push.Digest)));
        var image = project.Results().Images[0];
        Assert.Equal(PublishedProject.Pushed, image.GetMetadata("ManifestDigest"));
        Assert.Equal("application/vnd.docker.distribution.manifest.v2+json", image.GetMetadata("ManifestMediaType"));
        Assert.Equal("{\n  \"mediaType\": \"application/vnd.docker.distribution.manifest.v2+json\"\n}", image.GetMetadata("Manifest"));
    }

    [Fact]
    public void WhatTheReceiptSaysWasPushedIsNotPushedAgain()
    {
        using var project = new PublishedProject(("ContainerRegistry", "localhost:5000")).Built();
        project.Deliver();
        project.Folder.Log.Messages.Clear();

        Assert.Equal((true, false), project.Deliver());

        Assert.Equal(["Image 'api:1.4' is in registry 'localhost:5000' already.", "Image 'api:latest' is in registry 'localhost:5000' already."], project.Noted);
        Assert.Equal(PublishedProject.Pushed, project.Results().Images[0].GetMetadata("ManifestDigest"));
    }

    [Fact]
    public void AnImageThatWasBuiltAnewIsPushedAnew()
    {
        using var project = new PublishedProject(("ContainerRegistry", "localhost:5000")).Built();
        project.Deliver();

        Assert.Equal((true, true), project.Built().Deliver());
    }

    [Fact]
    public void CSDK4004_AFailedPushIsNotInTheReceipt()
    {
        using var project = new PublishedProject(("ContainerRegistry", "localhost:1")).Built();

        Assert.Equal((false, false), project.Deliver());

        Assert.Empty(project.Receipt!.Pushes);
        Assert.Equal(
            [project.Folder.Error("CSDK4004", "ContainerRegistry 'localhost:1' cannot be reached to push 'api:1.4' (Get \"http://localhost:1/v2/\": dial tcp 127.0.0.1:1: connect: connection refused); check its name, and the network and proxy of the docker engine, which does the pushing\n  The image is in the engine as localhost:1/api:1.4; publishing again only pushes it.")],
            project.Folder.Log.Problems);
    }

    [Theory]
    [InlineData("out/api.tar", "out/api.tar")]
    [InlineData("out/", "out/api.tar.gz")]
    public void WritesAnArchiveAndSaysItAsTheDotNetSdkDoes(string path, string expected)
    {
        using var project = new PublishedProject(("ContainerArchiveOutputPath", path), ("ContainerRegistry", "localhost:1")).Built();

        Assert.Equal((true, true), project.Deliver());

        var archive = project.Folder[expected];
        Assert.Equal([$"Pushed image 'api:1.4' to local archive at '{archive}'.", $"Pushed image 'api:latest' to local archive at '{archive}'."], project.Said);
        Assert.Equal([archive], Directory.GetFiles(project.Folder["out"]));
        Assert.Equal(archive, project.Receipt!.Archive!.Path);
        var image = project.Results().Images[0];
        Assert.Equal(archive, image.GetMetadata("Archive"));
        Assert.Equal("""{"RepoTags":["localhost:1/api:1.4","localhost:1/api:latest"]}""", image.GetMetadata("Manifest"));
    }

    [Fact]
    public void AnArchiveThatIsAsItWasLeftIsNotWrittenAgain()
    {
        using var project = new PublishedProject(("ContainerArchiveOutputPath", "out/api.tar")).Built();
        project.Deliver();

        Assert.Equal((true, false), project.Deliver());
        var bytes = File.ReadAllBytes(project.Folder["out/api.tar"]);
        File.AppendAllText(project.Folder["out/api.tar"], "x");
        Assert.Equal((true, true), project.Deliver());
        Assert.Equal(bytes.Length, new FileInfo(project.Folder["out/api.tar"]).Length);
        File.Delete(project.Folder["out/api.tar"]);
        Assert.Equal((true, true), project.Deliver());
        Assert.Equal((true, false), project.Deliver());
    }

    [Fact]
    public void CSDK3015_AnArchiveWhereNoFolderCanBe()
    {
        using var project = new PublishedProject(("ContainerArchiveOutputPath", "docker.sh/api.tar")).Built();

        Assert.Equal((false, false), project.Deliver());

        var problem = Assert.Single(project.Folder.Log.Problems);
        Assert.Equal("CSDK3015", problem.Code);
        Assert.StartsWith("ContainerArchiveOutputPath is 'docker.sh/api.tar', and the archive cannot be written: ", problem.Message, StringComparison.Ordinal);
        Assert.Null(project.Receipt!.Archive);
    }
}

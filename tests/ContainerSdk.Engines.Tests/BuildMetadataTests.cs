using System.Collections.Immutable;
using ContainerSdk.Engines.Docker;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class BuildMetadataTests
{
    private const string Image = """[{ "Id": "sha256:aa", "Config": {}, "Architecture": "amd64", "Os": "linux", "Size": 1, "RootFS": { "Layers": [] } }]""";

    private const string Written = "sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f";

    [Theory]
    [InlineData("""{ "buildx.build.ref": "default/default/x", "containerimage.digest": "sha256:aa" }""", "sha256:aa")]
    [InlineData("""{ "containerimage.digest": "sha256:manifest", "containerimage.config.digest": "sha256:config" }""", "sha256:config sha256:manifest")]
    [InlineData("""{ "containerimage.digest": "" }""", "")]
    [InlineData("""{ "buildx.build.ref": "default/default/x" }""", "")]
    [InlineData("not JSON", "")]
    [InlineData("", "")]
    public void ReadsTheDigestsThatBuildxWrote(string text, string digests)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["metadata.json"], text);

        Assert.Equal(digests, string.Join(' ', BuildMetadata.ReadDigests(folder["metadata.json"])));
    }

    [Fact]
    public void ReadsNothingWhereNoFileIs()
    {
        using var folder = new TempFolder();

        Assert.Empty(BuildMetadata.ReadDigests(folder["none.json"]));
    }

    [Theory]
    [InlineData("sha256:config", "image inspect sha256:config")]
    [InlineData("sha256:manifest", "image inspect sha256:config|image inspect sha256:manifest")]
    [InlineData(Written, $"image inspect sha256:config|image inspect sha256:manifest|image inspect {Written}")]
    public async Task TheImageIsFoundByWhicheverDigestItsStoreKnows(string known, string calls)
    {
        using var folder = new TempFolder();
        using var docker = new FakeDocker($$"""
            if [ "$1" = buildx ]; then echo '#9 writing image {{Written}} done' >&2; echo '{ "containerimage.digest": "sha256:manifest", "containerimage.config.digest": "sha256:config" }' > '{{folder["metadata.json"]}}'; exit 0; fi
            [ "$3" = '{{known}}' ] || { echo "Error: No such image: $3" >&2; exit 1; }
            echo '{{Image}}'
            """);

        var image = await docker.Engine.BuildAsync(Requests.Plain with { MetadataPath = folder["metadata.json"] }, new RecordingReporter(), TestContext.Current.CancellationToken);

        Assert.Equal(("sha256:aa", null), (image?.Id, image?.Digest));
        Assert.Equal(calls.Split('|').ToImmutableArray(), docker.Calls.Skip(1));
    }
}

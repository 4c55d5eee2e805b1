using ContainerSdk.Engines.Docker;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class BuildMetadataTests
{
    [Theory]
    [InlineData("""{ "buildx.build.ref": "default/default/x", "containerimage.digest": "sha256:aa" }""", "sha256:aa")]
    [InlineData("""{ "containerimage.digest": "" }""", null)]
    [InlineData("""{ "buildx.build.ref": "default/default/x" }""", null)]
    [InlineData("not JSON", null)]
    [InlineData("", null)]
    public void ReadsTheDigestThatBuildxWrote(string text, string? digest)
    {
        using var folder = new TempFolder();
        var path = folder["metadata.json"];
        File.WriteAllText(path, text);

        Assert.Equal(digest is null ? null : new BuildMetadata(digest), BuildMetadata.Read(path));
    }

    [Fact]
    public void ReadsNothingWhereNoFileIs()
    {
        using var folder = new TempFolder();

        Assert.Null(BuildMetadata.Read(folder["none.json"]));
    }
}

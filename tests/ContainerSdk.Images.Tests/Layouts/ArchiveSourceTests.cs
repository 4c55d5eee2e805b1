using System.Text;
using ContainerSdk.Images.Oci;
using Xunit;

namespace ContainerSdk.Images.Tests.Layouts;

public sealed class ArchiveSourceTests : IDisposable
{
    private readonly SavedArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Fact]
    public async Task AManifestIsMadeUpOfWhatAnOlderDockerSaved()
    {
        _archive.Write(SavedArchive.Entries());

        using var source = _archive.Open();
        var found = await source.FindAsync("1", TestContext.Current.CancellationToken);

        Assert.NotNull(found);
        Assert.Equal(MediaTypes.DockerManifest, found.MediaType);
        Assert.Equal(
            $$"""
            {"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json","config":{"mediaType":"application/vnd.docker.container.image.v1+json","digest":"{{Digest.Of(SavedArchive.Configuration)}}","size":{{SavedArchive.Configuration.Length}}},"layers":[{"mediaType":"application/vnd.docker.image.rootfs.diff.tar","digest":"{{Digest.Of(SavedArchive.Layer)}}","size":{{SavedArchive.Layer.Length}}}]}
            """,
            Encoding.UTF8.GetString(found.Json.Span));
        Assert.Equal(SavedArchive.Layer, await SavedArchive.ReadAsync(source, Digest.Of(SavedArchive.Layer)));
        Assert.Equal(SavedArchive.Configuration, await SavedArchive.ReadAsync(source, Digest.Of(SavedArchive.Configuration)));
        Assert.Equal(found.Digest, (await source.FindAsync(found.Digest.ToString(), TestContext.Current.CancellationToken))?.Digest);
        Assert.Null(await source.FindAsync(Digest.Of(SavedArchive.Layer).ToString(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ABlobIsOpenedBeforeItsManifestIsLookedFor()
    {
        _archive.Write(SavedArchive.Entries());

        using var source = _archive.Open();

        Assert.Equal(SavedArchive.Layer, await SavedArchive.ReadAsync(source, Digest.Of(SavedArchive.Layer)));
        await Assert.ThrowsAsync<FileNotFoundException>(() => SavedArchive.ReadAsync(source, Digest.Of("other"u8)));
    }

    [Theory]
    [InlineData(new byte[] { 0x1F, 0x8B, 8, 0 }, MediaTypes.DockerLayerGzip)]
    [InlineData(new byte[] { 0x28, 0xB5, 0x2F, 0xFD }, MediaTypes.OciLayerZstd)]
    [InlineData(new byte[] { 0x1F }, MediaTypes.DockerLayer)]
    [InlineData(new byte[0], MediaTypes.DockerLayer)]
    public async Task ALayersBytesSayHowItIsCompressed(byte[] layer, string mediaType)
    {
        _archive.Write(TestArchive.File("manifest.json", SavedArchive.List), TestArchive.File("c.json", SavedArchive.Configuration), TestArchive.File("a/layer.tar", layer));

        using var source = _archive.Open();
        var found = await source.FindAsync("1", TestContext.Current.CancellationToken);

        Assert.Equal(Descriptor.Of(mediaType, layer), Assert.Single(OciJson.ReadManifest(found!.Json.Span).Layers));
    }

    [Fact]
    public async Task OneOfSeveralImagesIsFoundByItsNameOrTag()
    {
        _archive.Write(
            TestArchive.File("manifest.json", """[{"Config":"a.json","RepoTags":["app:1","app:x"],"Layers":[]},{"Config":"b.json","RepoTags":["example.com/app:2"],"Layers":[]},{"Config":"c.json","RepoTags":null,"Layers":[]}]"""),
            TestArchive.File("a.json", "{}"),
            TestArchive.File("b.json", "{ }"),
            TestArchive.File("c.json", "{  }"));

        using var source = _archive.Open();

        Assert.Equal(2, await SavedArchive.ConfigurationLengthAsync(source, "docker.io/library/app:1"));
        Assert.Equal(2, await SavedArchive.ConfigurationLengthAsync(source, "x"));
        Assert.Equal(3, await SavedArchive.ConfigurationLengthAsync(source, "example.com/app:2"));
        Assert.Equal(3, await SavedArchive.ConfigurationLengthAsync(source, "2"));
        Assert.Equal("it holds 3 images, none of which is called '3': 'app:1', 'app:x', 'example.com/app:2'", await _archive.ProblemAsync());
    }

    [Fact]
    public async Task TheOnlyImageIsFoundByAnyTag()
    {
        _archive.Write(SavedArchive.Entries());

        using var source = _archive.Open();

        Assert.Equal(SavedArchive.Configuration.Length, await SavedArchive.ConfigurationLengthAsync(source, "other"));
    }

    [Fact]
    public async Task AnArchiveWithoutImagesFindsNothing()
    {
        _archive.Write(TestArchive.File("manifest.json", "[]"));

        using var source = _archive.Open();

        Assert.Null(await source.FindAsync("latest", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task LinksAreFollowedToOtherFilesOfTheArchive()
    {
        _archive.Write(
            TestArchive.File("./manifest.json", """[{"Config":"c.json","Layers":["a/layer.tar","b/layer.tar","c/layer.tar"]}]"""),
            TestArchive.SymbolicLink("c.json", "config/./real.json"),
            TestArchive.File("config/real.json", SavedArchive.Configuration),
            TestArchive.File("a/layer.tar", SavedArchive.Layer),
            TestArchive.SymbolicLink("b/layer.tar", "../a/layer.tar"),
            TestArchive.HardLink("c/layer.tar", "b/layer.tar"));

        using var source = _archive.Open();
        var found = await source.FindAsync("1", TestContext.Current.CancellationToken);

        var layer = Descriptor.Of(MediaTypes.DockerLayer, SavedArchive.Layer);
        Assert.Equal([layer, layer, layer], OciJson.ReadManifest(found!.Json.Span).Layers);
        Assert.Equal(SavedArchive.Layer, await SavedArchive.ReadAsync(source, layer.Digest));
    }

    [Fact]
    public async Task LinksThatLeadInACircleAreRefused()
    {
        _archive.Write([.. SavedArchive.Entries().SkipLast(1), TestArchive.SymbolicLink("a/layer.tar", "../b"), TestArchive.HardLink("b", "a/layer.tar")]);

        Assert.Equal("the archive's links lead in a circle at 'a/layer.tar'", await _archive.ProblemAsync());
    }

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("a/../../etc/passwd")]
    [InlineData("/etc/passwd")]
    public async Task NamesThatLeaveTheArchiveAreRefused(string name)
    {
        var problem = $"the archive names '{name}', which lies outside of it";
        _archive.Write([.. SavedArchive.Entries(), TestArchive.File(name, "x")]);
        Assert.Equal(problem, await _archive.ProblemAsync());
        _archive.Write([.. SavedArchive.Entries(), TestArchive.HardLink("link", name)]);
        Assert.Equal(problem, await _archive.ProblemAsync());
        _archive.Write([.. SavedArchive.Entries(), TestArchive.SymbolicLink("link", name)]);
        Assert.Equal(problem, await _archive.ProblemAsync());
        _archive.Write(SavedArchive.Entries(SavedArchive.List.Replace("c.json", name, StringComparison.Ordinal)));
        Assert.Equal(problem, await _archive.ProblemAsync());
        _archive.Write(SavedArchive.Entries(SavedArchive.List.Replace("a/layer.tar", name, StringComparison.Ordinal)));
        Assert.Equal(problem, await _archive.ProblemAsync());
    }

    [Theory]
    [InlineData("c.json")]
    [InlineData("a/layer.tar")]
    public async Task APartThatIsNotThereIsNamed(string missing)
    {
        _archive.Write([.. SavedArchive.Entries().Where(entry => entry.Name != missing)]);

        Assert.Equal($"'manifest.json' names '{missing}', which is not there", await _archive.ProblemAsync());
    }

    [Theory]
    [InlineData("""[{"RepoTags":["app:1"],"Layers":[]}]""")]
    [InlineData("""[{"Config":"c.json"}]""")]
    [InlineData("""{"Config":"c.json"}""")]
    [InlineData("")]
    [InlineData("not JSON")]
    public async Task AListThatIsNoneIsRefused(string list)
    {
        _archive.Write(SavedArchive.Entries(list));

        Assert.StartsWith("'manifest.json' cannot be read: ", await _archive.ProblemAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("""[{"Config":null,"Layers":[]}]""")]
    [InlineData("""[{"Config":"c.json","Layers":[null]}]""")]
    [InlineData("""[{"Config":"c.json","RepoTags":[null],"Layers":[]}]""")]
    public async Task AListWithNullsIsRefused(string list)
    {
        _archive.Write(SavedArchive.Entries(list));

        Assert.Equal("'manifest.json' names an image without configuration or layers", await _archive.ProblemAsync());
    }

    [Fact]
    public async Task DeepNestingIsRefused()
    {
        _archive.Write(SavedArchive.Entries(new string('[', 1_000_000)));

        Assert.StartsWith("'manifest.json' cannot be read: ", await _archive.ProblemAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("c.json")]
    public async Task LongFilesAreRefused(string name)
    {
        _archive.Write([.. SavedArchive.Entries().Where(entry => entry.Name != name), TestArchive.File(name, new byte[OciJson.MaxBytes + 1])]);

        Assert.Equal($"'{name}' has 4194305 bytes, and no more than 4194304 are read", await _archive.ProblemAsync());
    }
}

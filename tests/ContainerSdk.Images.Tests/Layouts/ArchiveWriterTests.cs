using System.Collections.Immutable;
using System.Formats.Tar;
using System.Text;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Images.Tests.Layouts;

public sealed class ArchiveWriterTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EntriesAreInOneOrderOwnedByRootAtOneTimeWithTheirModes()
    {
        var image = new TestImage().Add(TestArchive.File("app/one", "1")).Add(TestArchive.File("app/two", "2")).Build();

        var entries = new List<string>();
        await using var reader = new TarReader(new MemoryStream(await WriteAsync(image, "app:1")));
        while (await reader.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry)
            entries.Add($"{entry.Format} {entry.EntryType} {entry.Name} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.ModificationTime:O}");

        string[] files = ["oci-layout", "index.json", "manifest.json"];
        string[] blobs = [image.Digest.Hex, image.Id.Hex, .. image.Manifest.Layers.Select(layer => layer.Digest.Hex)];
        Assert.Equal(
            [
                .. files.Select(name => $"Ustar RegularFile {name} 644 0:0 1980-01-01T00:00:00.0000000+00:00"),
                "Ustar Directory blobs/ 755 0:0 1980-01-01T00:00:00.0000000+00:00",
                "Ustar Directory blobs/sha256/ 755 0:0 1980-01-01T00:00:00.0000000+00:00",
                .. blobs.Select(hex => $"Ustar RegularFile blobs/sha256/{hex} 644 0:0 1980-01-01T00:00:00.0000000+00:00"),
            ],
            entries);
    }

    [Fact]
    public async Task TwoWritesGiveTheSameBytes()
    {
        var image = new TestImage().Add(TestArchive.File("app/one", "1")).Build();

        Assert.Equal(Digest.Of(await WriteAsync(image, "app:1", "app:2")), Digest.Of(await WriteAsync(image, "app:1", "app:2")));
    }

    [Fact]
    public async Task EachNameIsInTheLayoutsIndexAndInDockersList()
    {
        var image = new TestImage().Add(TestArchive.File("app/one", "1")).Build();

        var texts = await ReadAsync(await WriteAsync(image, "app:1", "example.com:5000/team/app:1.0"));

        var manifest = $"\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\"{image.Digest}\",\"size\":{image.ManifestJson.Length}";
        Assert.Equal("""{"imageLayoutVersion":"1.0.0"}""", texts["oci-layout"]);
        Assert.Equal(
            $$$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{{{{manifest}}},"annotations":{"io.containerd.image.name":"docker.io/library/app:1","org.opencontainers.image.ref.name":"1"}},{{{{manifest}}},"annotations":{"io.containerd.image.name":"example.com:5000/team/app:1.0","org.opencontainers.image.ref.name":"1.0"}}]}
            """,
            texts["index.json"]);
        Assert.Equal(
            $$"""[{"Config":"blobs/sha256/{{image.Id.Hex}}","RepoTags":["docker.io/library/app:1","example.com:5000/team/app:1.0"],"Layers":["blobs/sha256/{{image.Manifest.Layers[0].Digest.Hex}}"]}]""",
            texts["manifest.json"]);
    }

    [Fact]
    public async Task AnImageMayHaveNoName()
    {
        var image = new TestImage(ImageFormat.Docker).Build();

        var texts = await ReadAsync(await WriteAsync(image));

        Assert.Equal(
            $$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.docker.distribution.manifest.v2+json","digest":"{{image.Digest}}","size":{{image.ManifestJson.Length}}}]}
            """,
            texts["index.json"]);
        Assert.Equal($$"""[{"Config":"blobs/sha256/{{image.Id.Hex}}","RepoTags":[],"Layers":[]}]""", texts["manifest.json"]);
    }

    // podman would call what docker.io is left out of an image of localhost.
    [Theory]
    [InlineData("docker.io/library/x:tag", "docker.io/library/x:tag")]
    [InlineData("a/b:t", "docker.io/a/b:t")]
    [InlineData("ghcr.io/a/b:t", "ghcr.io/a/b:t")]
    [InlineData("x", "docker.io/library/x:latest")]
    public async Task DockersListHasWholeNames(string name, string written)
    {
        var texts = await ReadAsync(await WriteAsync(new TestImage().Build(), name));

        Assert.Contains($"\"RepoTags\":[\"{written}\"]", texts["manifest.json"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ALayerThatIsThereTwiceIsWrittenOnce()
    {
        var layer = TestArchive.Tar(TestArchive.Folder("empty"));
        var image = new TestImage().Add(layer).Add(TestArchive.File("app/one", "1")).Add(layer).Build();
        var (first, second) = (image.Manifest.Layers[0].Digest.Hex, image.Manifest.Layers[1].Digest.Hex);

        var texts = await ReadAsync(await WriteAsync(image, "app:1"));

        Assert.Equal(["blobs/", "blobs/sha256/", .. new[] { image.Digest.Hex, image.Id.Hex, first, second }.Select(hex => "blobs/sha256/" + hex).Order(StringComparer.Ordinal)],
            texts.Keys.Where(name => name.StartsWith("blobs", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains($"\"Layers\":[\"blobs/sha256/{first}\",\"blobs/sha256/{second}\",\"blobs/sha256/{first}\"]", texts["manifest.json"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task ALayerOfAnotherLengthIsNotWritten(int difference)
    {
        var image = new TestImage().Add(TestArchive.File("app/one", "1")).Build();
        var layer = image.Manifest.Layers[0];
        var spoiled = image with { Manifest = image.Manifest with { Layers = [layer with { Size = layer.Size + difference }] } };

        await Assert.ThrowsAsync<IOException>(() => WriteAsync(spoiled, "app:1"));
    }

    [Theory]
    [InlineData(ImageFormat.Oci, false)]
    [InlineData(ImageFormat.Oci, true)]
    [InlineData(ImageFormat.Docker, false)]
    public async Task WhatIsWrittenIsRead(ImageFormat format, bool gzipped)
    {
        var image = new TestImage(format).Add(TestArchive.File("app/one", "1")).Add(TestArchive.File("app/two", new byte[300_000])).Build();
        var archive = await WriteAsync(image, "app:1", "example.com/app:2");
        _folder.Write("app.tar", gzipped ? TestArchive.Gzip(archive) : archive);

        using var source = new ArchiveSource(_folder["app.tar"], _folder["temporary"]);
        foreach (var name in new[] { "1", "2", "app:1", "example.com/app:2", "any", image.Digest.ToString() })
        {
            var found = await source.FindAsync(name, TestContext.Current.CancellationToken);
            Assert.NotNull(found);
            Assert.Equal((image.MediaType, image.Digest), (found.MediaType, Digest.Of(found.Json.Span)));
        }

        foreach (var blob in image.Manifest.Layers.Prepend(image.Manifest.Config))
        {
            await using var stream = await source.OpenAsync(blob, TestContext.Current.CancellationToken);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, TestContext.Current.CancellationToken);
            Assert.Equal((blob.Digest, blob.Size), (Digest.Of(content.ToArray()), content.Length));
        }
    }

    private static async Task<byte[]> WriteAsync(Image image, params string[] names)
    {
        using var stream = new MemoryStream();
        await ArchiveWriter.WriteAsync(new NamedImage([image]), [.. names.Select(Parse)], stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    private static ImageReference Parse(string name) => ImageReference.TryParse(name, out var reference, out var problem) ? reference : throw new ArgumentException(problem, nameof(name));

    private static async Task<Dictionary<string, string>> ReadAsync(byte[] archive)
    {
        var texts = new Dictionary<string, string>();
        await using var reader = new TarReader(new MemoryStream(archive));
        while (await reader.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry)
        {
            using var content = new MemoryStream();
            if (entry.DataStream is { } data) await data.CopyToAsync(content, TestContext.Current.CancellationToken);
            texts.Add(entry.Name, Encoding.UTF8.GetString(content.ToArray()));
        }

        return texts;
    }
}

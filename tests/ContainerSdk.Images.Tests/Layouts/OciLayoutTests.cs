using System.Text;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;
using Xunit;

namespace ContainerSdk.Images.Tests.Layouts;

public sealed class OciLayoutTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly Image _image = new TestImage().Add(TestArchive.File("app/one", "1")).Build();
    private readonly Image _other = new TestImage().Add(TestArchive.File("app/two", "2")).Build();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnyTagFindsTheOnlyImage()
    {
        Write(Entry(_image));

        await AssertFindsAsync(_image, "latest");
    }

    [Theory]
    [InlineData("org.opencontainers.image.ref.name", "1.0", "1.0")]
    [InlineData("org.opencontainers.image.ref.name", "example.com/app:1.0", "example.com/app:1.0")]
    [InlineData("org.opencontainers.image.ref.name", "app", "docker.io/library/app:latest")]
    [InlineData("io.containerd.image.name", "docker.io/library/app:1.0", "app:1.0")]
    [InlineData("io.containerd.image.name", "docker.io/library/app:1.0", "1.0")]
    public async Task ATagOrNameFindsTheImageThatIsAnnotatedWithIt(string annotation, string value, string wanted)
    {
        Write(Entry(_other, ("org.opencontainers.image.ref.name", "2.0")), Entry(_image, (annotation, value)));

        await AssertFindsAsync(_image, wanted);
    }

    [Fact]
    public async Task TwoNamesOfOneImageAreOneImage()
    {
        Write(Entry(_image, ("org.opencontainers.image.ref.name", "1")), Entry(_image, ("org.opencontainers.image.ref.name", "latest")));

        await AssertFindsAsync(_image, "anything");
    }

    [Fact]
    public async Task AnIndexComesBeforeTheManifestOfOnePlatformThatHasItsName()
    {
        var index = OciJson.Write(new ImageIndex { MediaType = MediaTypes.OciIndex, Manifests = [Descriptor.Of(MediaTypes.OciManifest, _image.ManifestJson.Span)] });
        WriteBlob(index);
        Write(
            Entry(MediaTypes.OciManifest, _image.ManifestJson, ("org.opencontainers.image.ref.name", "v1")),
            Entry(MediaTypes.OciIndex, index, ("org.opencontainers.image.ref.name", "v1")),
            Entry("application/xml", index, ("org.opencontainers.image.ref.name", "v1")));

        var found = await FindAsync("v1");

        Assert.NotNull(found);
        Assert.Equal((MediaTypes.OciIndex, Digest.Of(index)), (found.MediaType, found.Digest));
    }

    [Theory]
    [InlineData("""{"schemaVersion":2,"mediaType":"application/vnd.docker.distribution.manifest.v2+json"}""", MediaTypes.DockerManifest)]
    [InlineData("""{"schemaVersion":2,"layers":[]}""", MediaTypes.OciManifest)]
    [InlineData("""{"schemaVersion":2,"manifests":[]}""", MediaTypes.OciIndex)]
    public async Task ADigestFindsAManifestThatTheLayoutsOwnIndexDoesNotName(string json, string mediaType)
    {
        var manifest = Encoding.UTF8.GetBytes(json);
        WriteBlob(manifest);
        Write(Entry(_image));

        var found = await FindAsync(Digest.Of(manifest).ToString());

        Assert.NotNull(found);
        Assert.Equal((mediaType, json), (found.MediaType, Encoding.UTF8.GetString(found.Json.Span)));
    }

    [Theory]
    [InlineData("sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256:short")]
    [InlineData("sha512:00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    public async Task ADigestThatIsNotThereFindsNothing(string digest)
    {
        Write(Entry(_image));

        Assert.Null(await FindAsync(digest));
    }

    [Fact]
    public async Task ALayoutWithoutImagesFindsNothing()
    {
        Write();

        Assert.Null(await FindAsync("latest"));
    }

    [Fact]
    public async Task BlobsAreOpened()
    {
        Write(Entry(_image));
        WriteBlob(_image.ConfigurationJson.ToArray());

        await using var stream = await new OciLayout(_folder.Root).OpenAsync(_image.Manifest.Config, TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream);

        Assert.Equal(Encoding.UTF8.GetString(_image.ConfigurationJson.Span), await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ABlobThatIsNotThereIsAnErrorOfReading()
    {
        Write(Entry(_image));

        var e = await Assert.ThrowsAsync<FileNotFoundException>(() => new OciLayout(_folder.Root).OpenAsync(_image.Manifest.Config, TestContext.Current.CancellationToken));

        Assert.Equal($"there is no blob {_image.Id}", e.Message);
    }

    [Fact]
    public async Task AFolderThatIsNotThereIsAnErrorOfReading() =>
        await Assert.ThrowsAsync<DirectoryNotFoundException>(() => new OciLayout(_folder["none"]).FindAsync("latest", TestContext.Current.CancellationToken));

    [Fact]
    public async Task NoneOfSeveralImagesIsGuessed()
    {
        Write(Entry(_image, ("org.opencontainers.image.ref.name", "1")), Entry(_other, ("io.containerd.image.name", "example.com/app:2")));

        Assert.Equal("it holds 2 images, none of which is called '3': '1', 'example.com/app:2'", await ProblemAsync("3"));
    }

    [Fact]
    public async Task OneOfTwoImagesOfOneNameIsNotGuessed()
    {
        Write(Entry(_image, ("org.opencontainers.image.ref.name", "1")), Entry(_other, ("org.opencontainers.image.ref.name", "1")));

        Assert.Equal("it holds 2 images that are called '1': '1'", await ProblemAsync("1"));
    }

    [Fact]
    public async Task ManyLongNamesMakeNoLongMessage()
    {
        Write([.. Enumerable.Range(0, 20).Select(number =>
            Entry(MediaTypes.OciManifest, Encoding.UTF8.GetBytes($"{number}"), ("org.opencontainers.image.ref.name", $"{number}\\n" + new string('x', 10_000))))]);

        Assert.Equal(
            $"it holds 20 images, none of which is called 'z': {string.Join(", ", Enumerable.Range(0, 10).Select(number => $"'{number}?{new string('x', 198)}…'"))}, …",
            await ProblemAsync("z"));
    }

    [Fact]
    public async Task AManifestThatIsNamedAndNotThereIsRefused()
    {
        Write(Entry(MediaTypes.OciManifest, "missing"u8.ToArray()));

        Assert.Equal($"'index.json' names the manifest {Digest.Of("missing"u8)}, which is not there", await ProblemAsync("latest"));
    }

    [Fact]
    public async Task AManifestOfAnotherLengthIsRefused()
    {
        Write(Entry(_image).Replace($"\"size\":{_image.ManifestJson.Length}", "\"size\":7", StringComparison.Ordinal));

        Assert.Equal($"the manifest {_image.Digest} has {_image.ManifestJson.Length} bytes, not 7", await ProblemAsync("latest"));
    }

    [Fact]
    public async Task AManifestWithOtherBytesIsRefused()
    {
        Write(Entry(_image));
        var spoiled = Encoding.UTF8.GetString(_image.ManifestJson.Span).Replace("\"schemaVersion\":2", "\"schemaVersion\":3", StringComparison.Ordinal);
        _folder.Write($"blobs/sha256/{_image.Digest.Hex}", Encoding.UTF8.GetBytes(spoiled));

        Assert.Equal($"the manifest {_image.Digest} has the digest {Digest.Of(Encoding.UTF8.GetBytes(spoiled))}", await ProblemAsync("latest"));
    }

    [Fact]
    public async Task ABlobThatIsNoManifestIsRefusedAsOne()
    {
        Write(Entry(_image));
        var configuration = _image.ConfigurationJson.ToArray();
        WriteBlob(configuration);

        Assert.Equal($"{_image.Id} is no manifest", await ProblemAsync(_image.Id.ToString()));
    }

    [Theory]
    [InlineData(null, """{"schemaVersion":2,"manifests":[]}""", "there is no file 'oci-layout'")]
    [InlineData("""{"imageLayoutVersion":"2.0.0"}""", """{"schemaVersion":2,"manifests":[]}""", "the layout is of version '2.0.0', not '1.0.0'")]
    [InlineData("{}", """{"schemaVersion":2,"manifests":[]}""", "the layout is of version '', not '1.0.0'")]
    [InlineData("""{"imageLayoutVersion":"1.0.0"}""", null, "there is no file 'index.json'")]
    [InlineData("""{"imageLayoutVersion":"1.0.0"}""", """{"schemaVersion":2,"manifests":[null]}""", "a list of manifests has one without type or digest")]
    [InlineData("""{"imageLayoutVersion":"1.0.0"}""", """{"schemaVersion":2,"manifests":[{"mediaType":"a/b","digest":null,"size":1}]}""", "a list of manifests has one without type or digest")]
    public async Task ALayoutThatIsNoneIsRefused(string? marker, string? index, string problem)
    {
        if (marker is not null) _folder.Write("oci-layout", Encoding.UTF8.GetBytes(marker));
        if (index is not null) _folder.Write("index.json", Encoding.UTF8.GetBytes(index));

        Assert.Equal(problem, await ProblemAsync("latest"));
    }

    [Theory]
    [InlineData("oci-layout")]
    [InlineData("index.json")]
    public async Task DeepNestingIsRefused(string file)
    {
        Write(Entry(_image));
        _folder.Write(file, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"manifests\":[", 100_000))));

        Assert.Contains("cannot be read: ", await ProblemAsync("latest"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oci-layout")]
    [InlineData("index.json")]
    public async Task LongFilesAreRefused(string file)
    {
        Write(Entry(_image));
        _folder.Write(file, new byte[OciJson.MaxBytes + 1]);

        Assert.Equal($"'{file}' has 4194305 bytes, and no more than 4194304 are read", await ProblemAsync("latest"));
    }

    private static string Entry(Image image, params (string Name, string Value)[] annotations) => Entry(image.MediaType, image.ManifestJson, annotations);

    private static string Entry(string mediaType, ReadOnlyMemory<byte> manifest, params (string Name, string Value)[] annotations) =>
        $$"""{"mediaType":"{{mediaType}}","digest":"{{Digest.Of(manifest.Span)}}","size":{{manifest.Length}},"annotations":{ {{string.Join(',', annotations.Select(annotation => $"\"{annotation.Name}\":\"{annotation.Value}\""))}} } }""";

    private void Write(params string[] entries)
    {
        _folder.Write("oci-layout", """{"imageLayoutVersion":"1.0.0"}"""u8.ToArray());
        _folder.Write("index.json", Encoding.UTF8.GetBytes($$"""{"schemaVersion":2,"manifests":[{{string.Join(',', entries)}}]}"""));
        WriteBlob(_image.ManifestJson.ToArray());
        WriteBlob(_other.ManifestJson.ToArray());
    }

    private void WriteBlob(byte[] content) => _folder.Write($"blobs/sha256/{Digest.Of(content).Hex}", content);

    private Task<FoundManifest?> FindAsync(string wanted) => new OciLayout(_folder.Root).FindAsync(wanted, TestContext.Current.CancellationToken);

    private async Task<string> ProblemAsync(string wanted) => (await Assert.ThrowsAsync<InvalidImageException>(() => FindAsync(wanted))).Message;

    private async Task AssertFindsAsync(Image image, string wanted)
    {
        var found = await FindAsync(wanted);
        Assert.NotNull(found);
        Assert.Equal((image.MediaType, image.Digest), (found.MediaType, found.Digest));
    }
}

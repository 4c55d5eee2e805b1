using ContainerSdk.Images.Oci;
using Xunit;

namespace ContainerSdk.Images.Tests.Layouts;

/// <summary>The file that an archive is. What lies in it is the matter of <see cref="ArchiveSourceTests"/>.</summary>
public sealed class ArchiveFileTests : IDisposable
{
    private readonly SavedArchive _archive = new();

    public void Dispose() => _archive.Dispose();

    [Fact]
    public async Task AnArchiveOfSomethingElseIsRefused()
    {
        _archive.Write(TestArchive.File("etc/passwd", "root"), TestArchive.File("index.json", "{}"));

        Assert.Equal("the archive holds no image: neither 'oci-layout' and 'index.json' nor 'manifest.json' is in it", await _archive.ProblemAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(512)]
    [InlineData(2000)]
    public async Task AFileThatIsNoArchiveIsRefused(int length)
    {
        _archive.Write([.. Enumerable.Repeat((byte)'x', length)]);

        Assert.StartsWith("the archive ", await _archive.ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnArchiveThatEndsWithinAFileIsRefused()
    {
        var archive = TestArchive.Tar(SavedArchive.Entries());
        _archive.Write(archive[..^(1024 + 512)]);

        Assert.Equal("the archive ends within 'a/layer.tar'", await _archive.ProblemAsync());
    }

    [Fact]
    public async Task AFileThatClaimsMoreThanTheArchiveHoldsIsRefused()
    {
        _archive.Write([.. TestArchive.Header("manifest.json", '0', "77777777777"), .. new byte[4096]]);

        Assert.Equal("the archive ends within 'manifest.json'", await _archive.ProblemAsync());
    }

    [Theory]
    [InlineData('x')]
    [InlineData('g')]
    [InlineData('L')]
    public async Task AHeaderThatClaimsMoreThanAnyNeedsIsRefused(char type)
    {
        _archive.Write([.. TestArchive.Header("long", type, "00400000000"), .. new byte[4096]]);

        Assert.Equal("the archive is no tar file that can be read: a header has 67108864 bytes, more than 1048576", await _archive.ProblemAsync());
    }

    [Fact]
    public async Task AnArchiveOfVeryManyFilesIsRefused()
    {
        using var archive = new MemoryStream();
        for (var number = 0; number <= 65_536; number++) archive.Write(TestArchive.Header($"{number}", '0', "00000000000"));
        _archive.Write(archive.ToArray());

        Assert.Equal("the archive has more than 65536 files, as no image has", await _archive.ProblemAsync());
    }

    [Fact]
    public async Task AGzippedArchiveIsDecompressedIntoTheTemporaryFolderUntilItIsDisposedOf()
    {
        var archive = TestArchive.Tar(SavedArchive.Entries());
        _archive.Write(TestArchive.Gzip(archive));

        using (var source = _archive.Open())
        {
            Assert.Equal(SavedArchive.Configuration.Length, await SavedArchive.ConfigurationLengthAsync(source, "1"));
            Assert.Equal(SavedArchive.Layer, await SavedArchive.ReadAsync(source, Digest.Of(SavedArchive.Layer)));
            Assert.Equal(archive.Length, new FileInfo(Assert.Single(Directory.GetFiles(_archive.Folder["temporary"]))).Length);
        }

        Assert.Equal([], Directory.GetFiles(_archive.Folder["temporary"]));
        Assert.True(File.Exists(_archive.Folder["app.tar"]));
    }

    [Fact]
    public async Task APlainArchiveIsReadWhereItLies()
    {
        _archive.Write(SavedArchive.Entries());

        using (var source = _archive.Open()) Assert.Equal(SavedArchive.Configuration.Length, await SavedArchive.ConfigurationLengthAsync(source, "1"));

        Assert.Equal([_archive.Folder["app.tar"]], Directory.GetFileSystemEntries(_archive.Folder.Root));
    }

    [Fact]
    public async Task ASpoiledGzippedArchiveLeavesNothingBehind()
    {
        var gzipped = TestArchive.Gzip(TestArchive.Tar(SavedArchive.Entries()));
        gzipped[gzipped.Length / 2] ^= 0xFF;
        gzipped[^5] ^= 0xFF;
        _archive.Write(gzipped);

        Assert.StartsWith("the archive ", await _archive.ProblemAsync(), StringComparison.Ordinal);
        Assert.Equal([], Directory.GetFiles(_archive.Folder["temporary"]));
    }

    [Fact]
    public async Task ACutGzippedArchiveIsRefused()
    {
        var gzipped = TestArchive.Gzip(TestArchive.Tar(SavedArchive.Entries()));
        _archive.Write(gzipped[..(gzipped.Length / 2)]);

        Assert.StartsWith("the archive ", await _archive.ProblemAsync(), StringComparison.Ordinal);
        Assert.Equal([], Directory.GetFiles(_archive.Folder["temporary"]));
    }

    [Fact]
    public async Task BlobsAreReadSideBySide()
    {
        var (one, two) = (Enumerable.Range(0, 400_000).Select(number => (byte)number).ToArray(), Enumerable.Range(0, 300_000).Select(number => (byte)(number * 7)).ToArray());
        _archive.Write(TestArchive.File("manifest.json", """[{"Config":"c.json","Layers":["1","2"]}]"""), TestArchive.File("c.json", SavedArchive.Configuration), TestArchive.File("1", one), TestArchive.File("2", two));

        using var source = _archive.Open();
        var contents = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => SavedArchive.ReadAsync(source, Digest.Of(number % 2 == 0 ? one : two))));

        Assert.All(contents, (content, number) => Assert.Equal(number % 2 == 0 ? one : two, content));
    }

    [Fact]
    public async Task AnArchiveThatIsNotThereIsAnErrorOfReading()
    {
        using var source = _archive.Open();

        await Assert.ThrowsAsync<FileNotFoundException>(() => source.FindAsync("1", TestContext.Current.CancellationToken));
    }
}

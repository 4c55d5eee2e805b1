using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ContainerSdk.Engines.Archives;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class ImageArchiveTests
{
    [Theory]
    [InlineData("api.tar", "{0}/api.tar")]
    [InlineData("out/api.tar.gz", "{0}/out/api.tar.gz")]
    [InlineData("../api", "{1}/api")]
    [InlineData("/out/api.tar", "/out/api.tar")]
    [InlineData("new/", "{0}/new/team/api.tar.gz")]
    [InlineData(".", "{0}/team/api.tar.gz")]
    public void AFolderStandsForAFileThatIsNamedLikeTheRepository(string path, string expected)
    {
        using var folder = new TempFolder();

        Assert.Equal(string.Format(null, expected, folder.Root, Path.GetDirectoryName(folder.Root)), Path.GetFullPath(ImageArchive.PathOf(path, folder.Root, "team/api"), "/"));
    }

    [Theory]
    [InlineData("api.tar.gz", true)]
    [InlineData("api.tgz", true)]
    [InlineData("API.GZ", true)]
    [InlineData("api.tar", false)]
    [InlineData("api", false)]
    public async Task AFileIsGzippedIfItsNameSaysSo(string name, bool compressed)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["api.new"], "tar");
        File.WriteAllText(folder[name], "the last one");

        await ImageArchive.FinishAsync(folder["api.new"], folder[name], TestContext.Current.CancellationToken);

        Assert.Equal([folder[name]], Directory.GetFiles(folder.Root));
        using var stream = File.OpenRead(folder[name]);
        using var reader = new StreamReader(compressed ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        Assert.Equal("tar", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task AnArchiveThatIsNotFinishedLeavesTheLastOneAlone()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["api.new"], "tar");
        File.WriteAllText(folder["api.tar.gz"], "the last one");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImageArchive.FinishAsync(folder["api.new"], folder["api.tar.gz"], new CancellationToken(canceled: true)));

        Assert.Equal([folder["api.tar.gz"]], Directory.GetFiles(folder.Root));
        Assert.Equal("the last one", File.ReadAllText(folder["api.tar.gz"]));
    }

    [Fact]
    public void ReadsTheManifestOfAnOciLayout()
    {
        using var folder = new TempFolder();
        Write(folder["api.tar"],
            ("blobs/sha256/aa", "{ \"the\": \"manifest\" }"), ("index.json", """{ "manifests": [{ "mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:aa" }] }"""), ("manifest.json", "[{}]"));

        Assert.Equal(new ArchivedManifest("{ \"the\": \"manifest\" }", "sha256:aa", "application/vnd.oci.image.manifest.v1+json"), ImageArchive.ReadManifest(folder["api.tar"]));
    }

    [Fact]
    public void ReadsWhatAnOlderDockerWritesInItsStead()
    {
        using var folder = new TempFolder();
        Write(folder["api.tar"], ("manifest.json", """[{ "Config": "aa.json", "RepoTags": ["api:1"] }]"""));

        Assert.Equal(new ArchivedManifest("""{"Config":"aa.json","RepoTags":["api:1"]}""", null, null), ImageArchive.ReadManifest(folder["api.tar"]));
    }

    [Theory]
    [InlineData("other", "")]
    [InlineData("manifest.json", "not JSON")]
    [InlineData("manifest.json", "[]")]
    [InlineData("index.json", "{}")]
    [InlineData("index.json", """{ "manifests": [{ "mediaType": "x", "digest": "sha256:missing" }] }""")]
    public void AnArchiveWithoutAManifestIsOneAllTheSame(string name, string text)
    {
        using var folder = new TempFolder();
        Write(folder["api.tar"], (name, text));

        Assert.Null(ImageArchive.ReadManifest(folder["api.tar"]));
    }

    private static void Write(string path, params (string Name, string Text)[] entries)
    {
        using var stream = File.Create(path);
        using var writer = new TarWriter(stream);
        foreach (var (name, text) in entries)
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
    }
}

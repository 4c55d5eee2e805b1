using System.Formats.Tar;
using System.Text;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Reports;
using Xunit;

namespace ContainerSdk.Engines.Tests;

/// <summary>How large an image and its layers are, by a command that plays docker and hands out an image with one layer: a file of five bytes, and a link to it.</summary>
public sealed class DockerEngineMeasureTests : IDisposable
{
    private static readonly Digest Layer = Digest.Of(LayerArchive());
    private static readonly string Configuration = $$"""
        {"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["{{Layer}}"]},"history":[{"created_by":"COPY /out/ /app/"},{"created_by":"CMD","empty_layer":true}]}
        """;

    private readonly TempFolder _folder = new();

    public DockerEngineMeasureTests()
    {
        Directory.CreateDirectory(_folder["cache"]);
        File.WriteAllBytes(_folder["image.tar"], Archive(
            ("config.json", Encoding.UTF8.GetBytes(Configuration)),
            ("layer.tar", LayerArchive()),
            ("manifest.json", """[{"Config":"config.json","RepoTags":null,"Layers":["layer.tar"]}]"""u8.ToArray())));
    }

    [Fact]
    public async Task ALayerIsAsLargeAsDockersHistorySays()
    {
        var measured = await MeasureAsync(history: "0\\n6\\n", size: 6);

        Assert.Equal([new LayerFacts(Layer, 6) { Instruction = "COPY /out/ /app/" }], measured.Layers);
        Assert.Equal((6, null, "linux/amd64"), (measured.Size, measured.CompressedSize, measured.Platform));
        Assert.Equal(Digest.Of(Encoding.UTF8.GetBytes(Configuration)), measured.Id);
        Assert.Equal(new SizedImage("docker.io/library/golang:1.25", 560), measured.Builder);
    }

    [Theory]
    [InlineData("0\\n6\\n", 999)]
    [InlineData("6\\n", 6)]
    [InlineData("0\\nsix\\n", 6)]
    [InlineData("", 6)]
    public async Task ALayerIsAsLargeAsItsFilesWhereTheHistoryDoesNotFit(string history, long size)
    {
        var measured = await MeasureAsync(history, size);

        Assert.Equal([new LayerFacts(Layer, 5) { Instruction = "COPY /out/ /app/" }], measured.Layers);
        Assert.Equal(5, measured.Size);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<MeasuredImage> MeasureAsync(string history, long size)
    {
        using var docker = new FakeDocker($$$"""
            case "$1" in
              save) cp '{{{_folder["image.tar"]}}}' "$3" ;;
              history) printf '{{{history}}}' ;;
              image) echo '[{"Id":"sha256:bb","Size":560,"Architecture":"amd64","Os":"linux","Config":{},"RootFS":{"Layers":[]}}]' ;;
            esac
            """);
        var image = new BuiltImage([Requests.Image("api:1.4")], "sha256:aa", null, size, [], "", Configuration);
        var reporter = new RecordingReporter();

        var images = await new Docker.DockerEngine(docker.Command, new EngineCache(_folder["cache"], TimeProvider.System)).MeasureAsync(Requests.Plain, image, reporter, TestContext.Current.CancellationToken);

        Assert.Empty(reporter.Diagnostics);
        return Assert.Single(images!.Value);
    }

    private static byte[] LayerArchive()
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            using var content = new MemoryStream("hello"u8.ToArray());
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "app/a") { DataStream = content, ModificationTime = DateTimeOffset.UnixEpoch });
            tar.WriteEntry(new UstarTarEntry(TarEntryType.SymbolicLink, "app/l") { LinkName = "a", ModificationTime = DateTimeOffset.UnixEpoch });
        }

        return bytes.ToArray();
    }

    private static byte[] Archive(params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var stream = new MemoryStream(content);
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = stream });
            }
        }

        return bytes.ToArray();
    }
}

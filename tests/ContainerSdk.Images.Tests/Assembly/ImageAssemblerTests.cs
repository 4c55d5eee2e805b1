using System.Collections.Immutable;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ContainerSdk.Images.Assembly;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Store;
using ContainerSdk.Images.Validation;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Images.Tests.Assembly;

public sealed class ImageAssemblerTests : IDisposable
{
    private static readonly Platform Amd64 = new("linux", "amd64");
    private static readonly ImageReference Name = ImageReference.Create("example.com", "base", "1");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("containersdk-assembler");
    private readonly BlobStore _store;

    public ImageAssemblerTests() => _store = new BlobStore(Path.Combine(_folder.FullName, "cache"), TimeProvider.System);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Context => Path.Combine(_folder.FullName, "context");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task TheApplicationComesOnTopOfTheBase()
    {
        await WriteArchiveAsync("app.tar", ("app", "x"), ("app/App.dll", "code"));
        var source = await BaseAsync(["d etc 755", "f etc/passwd 644 root:x:0:0:root:/root:/bin/sh", "d tmp 1777"]);

        var image = await AssembleAsync(source, Stage());

        Assert.Equal(0, source.OpenedLayers);
        Assert.Equal([], await ImageValidator.ValidateAsync(image, Token));
        Assert.Equal(2, image.Manifest.Layers.Length);
        Assert.Equal(["d app 755 0:0", "f app/App.dll 644 0:0 code"], await EntriesAsync(image, 1));
        Assert.Equal(
            """{"created":"2026-01-02T03:04:05Z","architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"User":"1654:1654","Entrypoint":["/app/App"],"WorkingDir":"/app","Labels":{"org.opencontainers.image.created":"2026-01-02T03:04:05Z"}},"rootfs":{"type":"layers","diff_ids":["DIFF","DIFF"]},"history":[{"created_by":"base"},{"created":"2026-01-02T03:04:05Z","created_by":"containersdk layer app"},{"created":"2026-01-02T03:04:05Z","created_by":"containersdk configuration","empty_layer":true}]}""",
            System.Text.RegularExpressions.Regex.Replace(Encoding.UTF8.GetString(image.ConfigurationJson.Span), "sha256:[0-9a-f]{64}", "DIFF"));
    }

    [Fact]
    public async Task FilesFoldersAndAccountsKnowTheLinksAndFoldersOfTheBase()
    {
        await WriteArchiveAsync("app.tar", ("app", "x"), ("app/App.dll", "code"));
        Write("settings/a.json", "{}");
        Write("tool", "#!/bin/sh");
        var source = await BaseAsync(["d etc 755", "f etc/passwd 644 root:x:0:0:root:/root:/bin/sh", "f etc/group 644 root:x:0:", "l bin usr/bin", "d usr 755", "d usr/bin 750", "d tmp 1777", "d var 755"]);
        var shop = new ImageUser("shop", "shop");

        var image = await AssembleAsync(source, Stage() with
        {
            Account = new Account("shop", "shop", null, null),
            Preparation =
            [
                new RuntimeStep.Copy(new FileSource.Context("settings/"), "/etc/api/", new ImageUser("0", "0"), null),
                new RuntimeStep.Copy(new FileSource.Context("tool"), "/bin/", new ImageUser("0", "0"), Mode("0755")),
                new RuntimeStep.Folder(ContainerPath.Create("/tmp"), shop),
                new RuntimeStep.Folder(ContainerPath.Create("/var/data"), shop),
            ],
            Completion = [new RuntimeStep.Folder(ContainerPath.Create("/app/uploads"), shop)],
        });

        Assert.Equal([], await ImageValidator.ValidateAsync(image, Token));
        Assert.Equal(
            [
                "d etc 755 0:0", "d etc/api 755 0:0", "f etc/api/a.json 644 0:0 {}", "f etc/group 644 0:0 root:x:0:\nshop:x:1654:\n",
                "f etc/passwd 644 0:0 root:x:0:0:root:/root:/bin/sh\nshop:x:1654:1654:shop:/:/sbin/nologin\n",
                "d tmp 755 1654:1654", "d usr 755 0:0", "d usr/bin 750 0:0", "f usr/bin/tool 755 0:0 #!/bin/sh", "d var 755 0:0", "d var/data 755 1654:1654",
            ],
            await EntriesAsync(image, 1));
        Assert.Equal(["d app 755 0:0", "f app/App.dll 644 0:0 code"], await EntriesAsync(image, 2));
        Assert.Equal(["d app 755 0:0", "d app/uploads 755 1654:1654"], await EntriesAsync(image, 3));
    }

    [Fact]
    public async Task AFileTakesThePlaceOfALinkUnlessItIsCopiedToTheLinkItself()
    {
        await WriteArchiveAsync("app.tar", ("app", "x"), ("app/App.dll", "code"));
        Write("one", "1");
        Write("over/two", "2");
        var source = await BaseAsync(["d etc 755", "l etc/one real/one", "l etc/two real/two", "l etc/three real/three", "d etc/real 700"]);
        var owner = new ImageUser("7", "8");

        var image = await AssembleAsync(source, Stage() with
        {
            Preparation =
            [
                new RuntimeStep.Copy(new FileSource.Context("one"), "/etc/", owner, null),
                new RuntimeStep.Copy(new FileSource.Context("over/"), "/etc/", owner, null),
                new RuntimeStep.Copy(new FileSource.Context("one"), "/etc/three", owner, null),
                new RuntimeStep.Copy(new FileSource.Context("one"), "/new/deep/", owner, null),
            ],
        });

        Assert.Equal(
            [
                "d etc 755 0:0", "f etc/one 644 7:8 1", "d etc/real 700 0:0", "f etc/real/three 644 7:8 1", "f etc/two 644 7:8 2",
                "d new 755 0:0", "d new/deep 755 7:8", "f new/deep/one 644 7:8 1",
            ],
            await EntriesAsync(image, 1));
    }

    [Fact]
    public async Task ALinkIsFollowedWithinTheContextAndNoFurther()
    {
        await WriteArchiveAsync("app.tar", ("app", "x"), ("app/App.dll", "code"));
        Write("real.txt", "inside");
        var outside = Path.Combine(_folder.FullName, "outside.txt");
        await File.WriteAllTextAsync(outside, "outside", Token);
        File.CreateSymbolicLink(Path.Combine(Context, "inner"), "real.txt");
        File.CreateSymbolicLink(Path.Combine(Context, "outer"), outside);
        var source = await BaseAsync(["d etc 755"]);

        var image = await AssembleAsync(source, Copying("inner"));
        var failure = await Assert.ThrowsAsync<FileNotFoundException>(() => AssembleAsync(source, Copying("outer")));

        Assert.Equal(["d etc 755 0:0", "f etc/inner 644 0:0 inside"], await EntriesAsync(image, 1));
        Assert.Equal("'outer' is a link that leads out of the build context", failure.Message);

        static RuntimeStage Copying(string file) => Stage() with { Preparation = [new RuntimeStep.Copy(new FileSource.Context(file), "/etc/", new ImageUser("0", "0"), null)] };
    }

    [Fact]
    public async Task TheSameMakesTheSameAndNothingIsCompressedTwice()
    {
        await WriteArchiveAsync("app.tar", ("app", "x"), ("app/App.dll", "code"));
        var first = await AssembleAsync(await BaseAsync(["d etc 755"]), Stage());
        var second = await AssembleAsync(await BaseAsync(["d etc 755"]), Stage());

        Assert.Equal(first.Digest, second.Digest);
        Assert.Equal(["note"], Directory.GetFiles(Path.Combine(_folder.FullName, "layers")).Select(_ => "note"));
    }

    [Theory]
    [InlineData(ImageFormat.Docker, MediaTypes.DockerManifest, MediaTypes.DockerConfiguration, MediaTypes.DockerLayerGzip)]
    [InlineData(ImageFormat.Oci, MediaTypes.OciManifest, MediaTypes.OciConfiguration, MediaTypes.OciLayerGzip)]
    public async Task EveryPartIsOfTheFormatThatWasAskedFor(ImageFormat format, string manifest, string configuration, string layer)
    {
        await WriteArchiveAsync("app.tar", ("app", "x"));

        var image = await AssembleAsync(await BaseAsync(["d etc 755"]), Stage(), format);

        Assert.Equal((manifest, configuration), (image.MediaType, image.Manifest.Config.MediaType));
        Assert.All(image.Manifest.Layers, part => Assert.Equal(layer, part.MediaType));
        Assert.Equal([], await ImageValidator.ValidateAsync(image, Token));
    }

    [Fact]
    public async Task NothingIsABaseToo()
    {
        await WriteArchiveAsync("app.tar", ("app", "x"), ("app/App", "code"));

        var image = await new ImageAssembler(_store, Layers, Context, Files()).AssembleAsync(Stage() with { Image = null }, BaseImage.Scratch(_store, Amd64), null, Token);

        Assert.Equal([], await ImageValidator.ValidateAsync(image, Token));
        Assert.Equal((MediaTypes.OciManifest, 1), (image.MediaType, image.Manifest.Layers.Length));
    }

    [Fact]
    public async Task AHealthCheckMakesItDockersFormat()
    {
        await WriteArchiveAsync("app.tar", ("app", "x"), ("app/App", "code"));
        var stage = Stage() with { Image = null, HealthCheck = new HealthCheck { Command = ["/app/App", "--probe"] } };

        var image = await new ImageAssembler(_store, Layers, Context, Files()).AssembleAsync(stage, BaseImage.Scratch(_store, Amd64), null, Token);

        Assert.Equal((MediaTypes.DockerManifest, MediaTypes.DockerConfiguration, MediaTypes.DockerLayerGzip), (image.MediaType, image.Manifest.Config.MediaType, image.Manifest.Layers.Single().MediaType));
        Assert.Equal("""{"Test":["CMD","/app/App","--probe"]}""", image.Configuration.Run["Healthcheck"]!.ToJsonString());
        Assert.Equal([], await ImageValidator.ValidateAsync(image, Token));
    }

    [Theory]
    [InlineData("""{"architecture":"arm64","os":"linux","rootfs":{"type":"layers","diff_ids":["DIFF"]}}""", "it is for linux/arm64, not linux/amd64")]
    [InlineData("""{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}""", "its manifest names 1 layers, its configuration 0")]
    [InlineData("""{"architecture":"amd64","os":"linux","config":{"OnBuild":["RUN true"]},"rootfs":{"type":"layers","diff_ids":["DIFF"]}}""", "it has ONBUILD instructions, which only an engine can run")]
    public async Task ABaseThatDoesNotFitIsRefused(string configuration, string message)
    {
        var source = await BaseAsync(["d etc 755"], configuration);

        Assert.Equal(message, (await Assert.ThrowsAsync<InvalidImageException>(() => BaseImage.ReadAsync(_store, source, Name, Amd64, Token))).Message);
    }

    private LayerCache Layers => new(Path.Combine(_folder.FullName, "layers"), _store);

    private async Task<Image> AssembleAsync(FakeSource source, RuntimeStage stage, ImageFormat? format = null) =>
        await new ImageAssembler(_store, Layers, Context, Files()).AssembleAsync(stage, await BaseImage.ReadAsync(_store, source, Name, Amd64, Token), format, Token);

    private Dictionary<string, FileSystemInfo> Files() => !Directory.Exists(Context) ? [] : new DirectoryInfo(Context).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(Context, file.FullName), StringComparer.Ordinal);

    private string BlobOf(Descriptor blob) => Path.Combine(_folder.FullName, "cache", "blobs", "sha256", blob.Digest.Hex);

    private void Write(string name, string text)
    {
        var path = Path.Combine(Context, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    // A name without a dot and with others below it is a folder.
    private async Task WriteArchiveAsync(string name, params (string Name, string Text)[] entries)
    {
        var folder = Path.Combine(_folder.FullName, "publish");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        foreach (var (path, text) in entries.Where(entry => entry.Name.Contains('/', StringComparison.Ordinal)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            await File.WriteAllTextAsync(Path.Combine(folder, path), text, Token);
        }

        Directory.CreateDirectory(Path.Combine(folder, "app"));
        Directory.CreateDirectory(Context);
        await using var stream = File.Create(Path.Combine(Context, name));
        await LayerArchive.WriteAsync(folder, stream, Token);
    }

    private static AccessMode Mode(string text) => AccessMode.TryParse(text, out var mode) ? mode : throw new ArgumentException(text, nameof(text));

    private static async Task<FakeSource> BaseAsync(string[] lines, string configuration = """{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"]},"rootfs":{"type":"layers","diff_ids":["DIFF"]},"history":[{"created_by":"base"}]}""")
    {
        using var tar = new MemoryStream();
        await using (var writer = new System.Formats.Tar.TarWriter(tar, leaveOpen: true))
        {
            foreach (var words in lines.Select(line => line.Split(' ', 4)))
            {
                var type = words[0] switch { "d" => TarEntryType.Directory, "l" => TarEntryType.SymbolicLink, _ => TarEntryType.RegularFile };
                var entry = new UstarTarEntry(type, words[1]) { ModificationTime = DateTimeOffset.UnixEpoch };
                if (type == TarEntryType.SymbolicLink) entry.LinkName = words[2];
                else entry.Mode = (UnixFileMode)Convert.ToInt32(words[2], 8);
                if (type == TarEntryType.RegularFile) entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(words[3]));
                await writer.WriteEntryAsync(entry, Token);
            }
        }

        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) await gzip.WriteAsync(tar.ToArray(), Token);
        return new FakeSource(packed.ToArray(), Encoding.UTF8.GetBytes(configuration.Replace("DIFF", Digest.Of(tar.ToArray()).ToString(), StringComparison.Ordinal)));
    }

    private static async Task<List<string>> EntriesAsync(Image image, int layer)
    {
        var entries = new List<string>();
        await using var blob = await image.OpenLayerAsync(image.Manifest.Layers[layer], Token);
        await using var gzip = new GZipStream(blob, CompressionMode.Decompress);
        await using var reader = new TarReader(gzip);
        while (await reader.GetNextEntryAsync(copyData: true, Token) is { } entry)
        {
            using var text = new StreamReader(entry.DataStream ?? Stream.Null);
            entries.Add($"{(entry.EntryType == TarEntryType.Directory ? 'd' : 'f')} {entry.Name.TrimEnd('/')} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {await text.ReadToEndAsync(Token)}".TrimEnd(' '));
        }

        return entries;
    }

    private static RuntimeStage Stage() => new()
    {
        Image = Name,
        Layers = [new AppLayer("app.tar", ContainerPath.Create("/"))],
        WorkingDirectory = ContainerPath.Create("/app"),
        Environment = [],
        Labels = [new Label("org.opencontainers.image.created", "2026-01-02T03:04:05Z")],
        Ports = [],
        User = ImageUser.Default,
        Entrypoint = ["/app/App"],
        Command = [],
    };

    private sealed class FakeSource(byte[] layer, byte[] configuration) : IImageSource
    {
        private readonly Descriptor _layer = Descriptor.Of(MediaTypes.DockerLayerGzip, layer);

        public int OpenedLayers { get; private set; }

        public Task<FoundManifest?> FindAsync(string tagOrDigest, CancellationToken cancellation)
        {
            var manifest = new ImageManifest { MediaType = MediaTypes.DockerManifest, Config = Descriptor.Of(MediaTypes.DockerConfiguration, configuration), Layers = [_layer] };
            return Task.FromResult<FoundManifest?>(new FoundManifest(MediaTypes.DockerManifest, OciJson.Write(manifest)));
        }

        public Task<Stream> OpenAsync(Descriptor blob, CancellationToken cancellation)
        {
            if (blob.Digest == _layer.Digest) OpenedLayers++;
            return Task.FromResult<Stream>(new MemoryStream(blob.Digest == _layer.Digest ? layer : configuration));
        }
    }
}

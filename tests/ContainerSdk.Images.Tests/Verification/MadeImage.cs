using System.Collections.Immutable;
using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Verification;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Tests.Verification;

/// <summary>An image of real layers that breaks no rule, until a test changes something.</summary>
internal sealed class MadeImage
{
    public const string Loader = "/lib/ld-musl-x86_64.so.1";

    private readonly List<List<(string Path, int Mode, int Owner, object Content)>> _layers = [];

    public MadeImage()
    {
        Layer();
        File("etc/passwd", "root:x:0:0:root:/root:/bin/sh\napp:x:1654:1654:app:/:/sbin/nologin\n");
        File("etc/group", "root:x:0:\napp:x:1654:\n");
        File("lib/ld-musl-x86_64.so.1", TestElf.Library(), 0x1ED);
        File("bin/busybox", TestElf.Program(Loader), 0x1ED);
        Link("bin/sh", "/bin/busybox");
        File("bin/su", TestElf.Program(Loader), 0x9ED);
        File("root/snakeoil.key", Secrets.PrivateKey);
        Folder("tmp", 0x3FF);
        Layer();
        Folder("app", 0x1ED);
        Folder("data", 0x1ED, 1654);
        File("app/api", TestElf.Program(Loader, "libc.musl-x86_64.so.1"), 0x1ED);
        File("app/libown.so", TestElf.Library("libc.musl-x86_64.so.1"));
        Link("lib/libc.musl-x86_64.so.1", "ld-musl-x86_64.so.1");
        File("app/appsettings.json", "{ \"Key\": \"AKIA\" }");
    }

    public string Architecture { get; set; } = "amd64";

    public JsonObject Run { get; } = new() { ["User"] = "1654:1654", ["WorkingDir"] = "/app", ["Entrypoint"] = new JsonArray("./api") };

    public ContainerSdk.Plan.Verification Verification { get; set; } = new();

    public RuntimeStage Stage { get; set; } = new()
    {
        Image = ImageReference.Create("docker.io", "library/alpine", "3.22"),
        Layers = [new AppLayer("/out", ContainerPath.Create("/app"))],
        WorkingDirectory = ContainerPath.Create("/app"),
        Environment = [],
        Labels = [],
        Ports = [new Port(8080, "tcp")],
        Volumes = [ContainerPath.Create("/data")],
        User = ImageUser.Default,
        Entrypoint = ["./api"],
        Command = [],
    };

    public MadeImage Layer()
    {
        _layers.Add([]);
        return this;
    }

    public MadeImage File(string path, string content, int mode = 0x1A4, int owner = 0) => File(path, Encoding.UTF8.GetBytes(content), mode, owner);

    public MadeImage File(string path, byte[] content, int mode = 0x1A4, int owner = 0) => Add(path, mode, owner, content);

    public MadeImage Folder(string path, int mode, int owner = 0) => Add(path, mode, owner, TarEntryType.Directory);

    public MadeImage Link(string path, string target) => Add(path, 0x1FF, 0, target);

    /// <summary>Without what is at the path, in any layer.</summary>
    public MadeImage Without(string path)
    {
        foreach (var layer in _layers) layer.RemoveAll(name => name.Path == path);
        return this;
    }

    public async Task<InspectedImage> InspectAsync()
    {
        var layers = ImmutableArray.CreateBuilder<InspectedLayer>();
        foreach (var (i, layer) in _layers.Index())
        {
            using var tar = new MemoryStream();
            await WriteAsync(tar, layer);
            tar.Position = 0;
            var names = await LayerReader.ReadAsync(tar, FileInspector.InspectAsync, CancellationToken.None);
            layers.Add(new InspectedLayer([Digest.Of(Encoding.UTF8.GetBytes($"{i}"))], IsOfBase: i == 0, names));
        }

        var configuration = new JsonObject { ["architecture"] = Architecture, ["os"] = "linux", ["config"] = Run.DeepClone(), ["rootfs"] = new JsonObject { ["type"] = "layers" } };
        return new InspectedImage(ImageConfiguration.Read(Encoding.UTF8.GetBytes(configuration.ToJsonString())), layers.ToImmutable());
    }

    /// <summary>The rules that it breaks, as a user reads them.</summary>
    public async Task<string[]> VerifyAsync() => [.. ImageVerifier.Verify(await InspectAsync(), Plan()).Select(diagnostic => diagnostic.ToString())];

    /// <summary>The same without one of the rules.</summary>
    public async Task<string[]> VerifyWithoutAsync(string code) => [.. (await VerifyAsync()).Where(message => !message.Contains(code, StringComparison.Ordinal))];

    private BuildPlan Plan() => new()
    {
        Name = "api",
        Platforms = [new Platform("linux", "amd64")],
        Context = new BuildContext { Root = ".", Include = [], Exclude = [] },
        Builders = [],
        Runtime = Stage,
        Destinations = [ImageReference.Create("docker.io", "library/api", "latest")],
        Verification = Verification,
    };

    private MadeImage Add(string path, int mode, int owner, object content)
    {
        foreach (var layer in _layers[^1..]) layer.RemoveAll(name => name.Path == path);
        _layers[^1].Add((path, mode, owner, content));
        return this;
    }

    private static async Task WriteAsync(Stream stream, List<(string Path, int Mode, int Owner, object Content)> layer)
    {
        await using var tar = new System.Formats.Tar.TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var (path, mode, owner, content) in layer)
        {
            var type = content switch { TarEntryType => TarEntryType.Directory, string => TarEntryType.SymbolicLink, _ => TarEntryType.RegularFile };
            var entry = new PaxTarEntry(type, path) { Mode = (UnixFileMode)mode, Uid = owner, Gid = owner };
            if (content is string target) entry.LinkName = target;
            if (content is byte[] bytes) entry.DataStream = new MemoryStream(bytes);
            await tar.WriteEntryAsync(entry);
        }
    }
}

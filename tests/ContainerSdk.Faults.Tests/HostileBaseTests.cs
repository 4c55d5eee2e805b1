using System.Formats.Tar;
using System.Text;
using ContainerSdk.Engines.Tests;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Tests.Layouts;
using ContainerSdk.Images.Tests.Registries;
using Xunit;

namespace ContainerSdk.Faults.Tests;

/// <summary>Base images that somebody made to do harm, out of a registry and out of a file: each is refused with a code, and nothing is written outside of cache and project.</summary>
public sealed class HostileBaseTests
{
    private static readonly Dictionary<string, Func<Hostile>> Images = new()
    {
        ["a name above the root"] = () => Layer("a layer names '../../etc/evil', which lies outside of the image", TestArchive.File("../../etc/evil", "x")),
        ["a name that climbs later"] = () => Layer("a layer names 'usr/../../evil', which lies outside of the image", TestArchive.File("usr/../../evil", "x")),
        ["a hard link to outside"] = () => Layer("a layer names '../../etc/shadow', which lies outside of the image", TestArchive.HardLink("etc/shadow", "../../etc/shadow")),
        ["links in a circle"] = () => Layer("links lead in a circle at '/srv/app'", TestArchive.SymbolicLink("srv", "opt"), TestArchive.SymbolicLink("opt", "srv")),
        ["a whiteout of nothing"] = () => Layer("a layer removes 'etc/.wh.', which is no name of a file", TestArchive.Folder("etc/"), TestArchive.File("etc/.wh.", "")),
        ["a whiteout of the folder above"] = () => Layer("a layer removes '.wh...', which is no name of a file", TestArchive.File(".wh...", "")),
        ["a name without end"] = () => Layer("a layer has a name of more than 4096 characters", TestArchive.File(string.Join('/', Enumerable.Repeat("deep", 2000)), "")),
        ["a link without end"] = () => Layer("a layer has a name of more than 4096 characters", TestArchive.SymbolicLink("srv", string.Concat(Enumerable.Repeat("a/", 200_000)))),
        ["a size that lies"] = () => Bytes("a layer is no readable archive: Unable to read beyond the end of the stream", TestArchive.Gzip(TestArchive.Header("srv", '0', "00000777777"))),
        ["a header without end"] = () => Bytes("a layer is no readable archive: a header has 8388607 bytes, more than 1048576", TestArchive.Gzip([.. TestArchive.Header("x", 'x', "00037777777"), .. new byte[4096]])),
        ["no archive"] = () => Bytes("a layer is no readable archive: ", TestArchive.Gzip(Encoding.ASCII.GetBytes(new string('x', 2000)))),
        ["no compression"] = () => Bytes("a layer is no readable archive: ", TestArchive.Tar(TestArchive.File("a", "x"))),
        ["a bomb"] = () => Bytes("a layer has more than 1", Bomb()),
        ["a configuration that is too deep"] = () => Changed("a configuration cannot be read: The maximum configured depth of 32 has been exceeded", configuration => configuration.Replace("\"config\":", $"\"deep\":{new string('[', 40)}{new string(']', 40)},\"config\":", StringComparison.Ordinal)),
        ["a configuration that is too long"] = () => Changed("its configuration is longer than 4194304 bytes", configuration => configuration + new string(' ', 5_000_000)),
        ["a configuration of no layers"] = () => Changed("its manifest names 1 layers, its configuration 0", configuration => System.Text.RegularExpressions.Regex.Replace(configuration, "\"diff_ids\":\\[[^]]*\\]", "\"diff_ids\":[]")),
        ["a configuration that is none"] = () => Changed("a configuration is no object", _ => "[]"),
        ["a manifest that is too deep"] = () => ChangedManifest("a manifest cannot be read: ", manifest => manifest.Replace("\"layers\":", $"\"layers\":{new string('[', 100)}{new string(']', 100)},\"other\":", StringComparison.Ordinal)),
        ["a layer of another type"] = () => ChangedManifest("a manifest names a layer of type 'text/html', which is none that can be handed on", manifest => manifest.Replace(MediaTypes.OciLayerGzip, "text/html", StringComparison.Ordinal)),
        ["a negative size"] = () => ChangedManifest("a manifest gives a part a negative size", manifest => Sizes(manifest, _ => "-1")),
        ["a size that is too small"] = () => ChangedManifest("bytes or more, not 7", manifest => Sizes(manifest, _ => "7")),
        ["a size that is too large"] = () => ChangedManifest("bytes or more, not 9000", manifest => Sizes(manifest, _ => "9000")),
        ["more layers than any engine takes"] = () => ChangedManifest("it has 2000 layers, more than the 1000 that an engine takes", Repeated),
    };

    public static TheoryData<string> Rows => [.. Images.Keys];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Rows))]
    public async Task CSDK4009_FromARegistry(string row)
    {
        var hostile = Images[row]();
        using var registry = new MemoryRegistry();
        registry.Keep(hostile.Made, hostile.Image);
        using var project = await TestProject.CreateAsync("registry.test/base:1");

        await RefusesAsync(project, hostile.Problem, registry);
    }

    [Theory, MemberData(nameof(Rows))]
    public async Task CSDK4009_FromAFile(string row)
    {
        var hostile = Images[row]();
        using var project = await TestProject.CreateAsync("registry.test/base:1", basePath: "base.tar");
        await BaseImages.SaveAsync(hostile.Image with { Manifest = Kept(hostile) }, project["base.tar"]);

        await RefusesAsync(project, hostile.Problem, network: null);
    }

    [Fact]
    public async Task LinksOutOfTheRootLeadToTheImagesOwnRoot()
    {
        using var registry = new MemoryRegistry();
        var basis = BaseImages.With(TestArchive.SymbolicLink("srv", "/../../tmp/out"), TestArchive.HardLink("etc/hosts", "/etc/group"), TestArchive.File("etc/.wh..wh.plnk", ""));
        registry.Keep(basis, basis.Build());
        using var project = await TestProject.CreateAsync("registry.test/base:1");
        var (engine, reporter) = (project.Engine(registry), new RecordingReporter());

        var image = await engine.BuildAsync(project.Request, reporter, Token);
        await engine.TagAsync(project.Request, image!, reporter, Token);

        Assert.Empty(reporter.Diagnostics);
        Assert.Equal(["tmp", "tmp/out", "tmp/out/app", "tmp/out/app/bin", "tmp/out/app/bin/api"], OwnFiles(project));
    }

    [Fact]
    public async Task ALayerThatRemovesTheSameOverAndOverCostsOneSearch()
    {
        using var registry = new MemoryRegistry();
        var basis = BaseImages.With([.. Enumerable.Range(0, 20_000).Select(i => TestArchive.File($"d/{i}", ""))])
            .Add([TestArchive.Folder("d/"), .. Enumerable.Range(0, 20_000).Select(i => TestArchive.File($"d/x{i}", "")), .. Enumerable.Range(0, 20_000).Select(_ => TestArchive.File("d/.wh..wh..opq", ""))]);
        registry.Keep(basis, basis.Build());
        using var project = await TestProject.CreateAsync("registry.test/base:1");
        var begun = System.Diagnostics.Stopwatch.StartNew();

        Assert.NotNull(await project.Engine(registry).BuildAsync(project.Request, new RecordingReporter(), Token));
        Assert.InRange(begun.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    private static async Task RefusesAsync(TestProject project, string problem, HttpMessageHandler? network)
    {
        var reporter = new RecordingReporter();
        var before = Files(project);

        Assert.Null(await project.Engine(network, clock: new InstantClock()).BuildAsync(project.Request, reporter, Token));

        var message = Assert.Single(reporter.Diagnostics).ToString();
        Assert.StartsWith("error CSDK4009: The embedded engine cannot build on 'registry.test/base:1': ", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.EndsWith(project.Plan.Runtime.ImagePath is null ? "; correct ContainerBaseImage" : "; correct ContainerBaseImagePath or ContainerBaseImage", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        CacheFolder.IsSoundAndTidy(project.Cache);
        Assert.Equal(before, Files(project));
    }

    private static IEnumerable<string> Files(TestProject project) => Directory.GetFiles(project.Root, "*", SearchOption.AllDirectories).Where(file => !file.StartsWith(project.Cache, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static List<string> OwnFiles(TestProject project)
    {
        using var archive = File.OpenRead(project["obj/container/embedded/image.tar"]);
        using var reader = new TarReader(archive);
        var names = new List<string>();
        while (reader.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is not { } data || entry.DataStream.ReadByte() != 0x1f) continue;
            data.Position = 0;
            using var gzip = new System.IO.Compression.GZipStream(data, System.IO.Compression.CompressionMode.Decompress);
            using var layer = new TarReader(gzip);
            names.Clear();
            while (layer.GetNextEntry() is { } file) names.Add(file.Name.TrimEnd('/'));
        }

        return names;
    }

    // An archive is written by the layers that are there, whatever the manifest says of them.
    private static ImageManifest Kept(Hostile hostile) => hostile.Image.Manifest with { Layers = [.. hostile.Made.Blobs.Select(blob => Descriptor.Of(MediaTypes.OciLayerGzip, blob.Value))] };

    private static Hostile Layer(string problem, params TarEntry[] entries) => new(problem, BaseImages.With(entries));

    private static Hostile Bytes(string problem, byte[] blob) => new(problem, new TestImage().Add(MediaTypes.OciLayerGzip, blob, Digest.Of(blob)));

    private static Hostile Changed(string problem, Func<string, string> configuration) => new(problem, BaseImages.Plain(), null, configuration);

    private static Hostile ChangedManifest(string problem, Func<string, string> manifest) => new(problem, BaseImages.Plain(), manifest);

    // A few hundred kilobytes of gzip, in many members, that hold more than a gibibyte of zeros.
    private static byte[] Bomb()
    {
        var one = TestArchive.Gzip(new byte[16 * 1024 * 1024]);
        return [.. TestArchive.Gzip(TestArchive.Header("zeros", '0', "77777777777")), .. Enumerable.Repeat(one, 220).SelectMany(bytes => bytes)];
    }

    private static string Sizes(string manifest, System.Text.RegularExpressions.MatchEvaluator size) => System.Text.RegularExpressions.Regex.Replace(manifest, "(?<=\"layers\".*\"size\":)[0-9]+", size);

    private static string Repeated(string manifest)
    {
        var start = manifest.IndexOf("\"layers\":[", StringComparison.Ordinal) + "\"layers\":[".Length;
        var layer = manifest[start..manifest.LastIndexOf(']')];
        return manifest[..start] + string.Join(',', Enumerable.Repeat(layer, 2000)) + manifest[manifest.LastIndexOf(']')..];
    }

    private sealed record Hostile(string Problem, TestImage Made, Func<string, string>? Manifest = null, Func<string, string>? Configuration = null)
    {
        public Image Image { get; } = Made.Build(Manifest, Configuration);
    }
}

using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Reports;

namespace ContainerSdk.Images.Tests.Reports;

/// <summary>Images without bytes: names, modes and sizes.</summary>
internal static class MadeUpImage
{
    public const string Passwd = "root:x:0:0:root:/root:/bin/sh\napp:x:1654:1654::/home/app:/bin/sh\nops:x:7:8::/:/bin/sh\n";
    public const string Group = "root:x:0:\napp:x:1654:\nlogs:x:40:nobody,app\n";

    private static readonly ImmutableArray<LayerName> Base =
    [
        Folder("etc"), File("etc/passwd", Passwd), File("etc/group", Group), Link("bin", "usr/bin"), File("usr/bin/dash", 125_688, "755"), Link("usr/bin/sh", "dash"),
        File("usr/bin/apt-get", 51_680, "755"), File("usr/bin/su", 71_912, "4755"), File("usr/lib/libc.so.6", 1_922_136, "755"), Folder("tmp", "1777"), File("var/cache/old.db", 500_000),
    ];

    private static readonly ImmutableArray<LayerName> Packages = [File("usr/lib/libicu.so", 31_300_000), File("var/cache/.wh.old.db", 0)];

    private static readonly ImmutableArray<LayerName> Application =
    [
        Folder("app"), File("app/app.dll", 1_204_000), File("app/app.json", 512, "664", 1654), Folder("app/data", "777"), File("app/data/seed.db", 900, "666", 1654),
        File("app/wwwroot/a|b<i>.js", 20_000),
    ];

    private static readonly ImmutableArray<LayerName> EarlierApplication = [File("app/app.dll", 1_000_000), File("app/gone.dll", 30_000), File("app/app.json", 600)];

    /// <summary>An image with a base, packages and an application, that listens on port 80.</summary>
    public static InspectedImage Sample { get; } = Image(
        """{"User":"1654","WorkingDir":"/app","ExposedPorts":{"8080/tcp":{},"80/tcp":{}},"Volumes":{"/app/data":{}}}""",
        (true, Base), (false, Packages), (false, Application));

    /// <summary>What a caller measures of it.</summary>
    public static ReportFacts Facts { get; } = new()
    {
        Names = ["shop/api:1.0", "shop/api:latest"],
        Id = DigestOf('a'),
        Digest = DigestOf('b'),
        Platform = "linux/amd64",
        Size = 35_200_000,
        CompressedSize = 13_000_000,
        Layers =
        [
            new LayerFacts(DiffId(Base), 2_680_000) { CompressedSize = 1_100_000, Instruction = "/bin/sh -c #(nop) ADD file:1 in / " },
            new LayerFacts(DiffId(Packages), 31_310_000) { CompressedSize = 11_400_000, Instruction = "RUN |1 V=72 /bin/sh -c apt-get update && apt-get install -y libicu72 # buildkit" },
            new LayerFacts(DiffId(Application), 1_210_000) { CompressedSize = 500_000, Instruction = "COPY --from=build /out/ /app/ # buildkit" },
        ],
        Builder = new SizedImage("mcr.microsoft.com/dotnet/sdk:10.0", 860_000_000),
        SingleStageSize = 861_225_412,
        Packages = [new ReportedPackage("dash", "0.5", true), new ReportedPackage("libc6", "2.36", true), new ReportedPackage("libicu72", "72.1", false)],
    };

    /// <summary>Its report, compared with an earlier one that had another application and no packages.</summary>
    public static ImageReport Report { get; } = ImageReporter.Report(Sample, Facts with { Previous = Earlier });

    private static ImageReport Earlier => ImageReporter.Report(
        Image("{}", (true, Base), (false, EarlierApplication)),
        new ReportFacts { Names = [], Id = DigestOf('c'), Platform = "linux/amd64", Size = 3_720_000, Layers = [new LayerFacts(DiffId(Base), 2_680_000), new LayerFacts(DiffId(EarlierApplication), 1_040_000) { Instruction = "COPY --from=build /out/ /app/ # buildkit" }] });

    /// <summary>An image that is run as <paramref name="run"/> says, with these layers, each of the base or not.</summary>
    public static InspectedImage Image(string run, params (bool IsOfBase, ImmutableArray<LayerName> Names)[] layers)
    {
        var root = new JsonObject { ["architecture"] = "amd64", ["os"] = "linux", ["config"] = JsonNode.Parse(run), ["rootfs"] = new JsonObject { ["type"] = "layers" } };
        root["rootfs"]!["diff_ids"] = new JsonArray([.. layers.Select(layer => JsonValue.Create(DiffId(layer.Names).ToString()))]);
        return new InspectedImage(ImageConfiguration.Read(Encoding.UTF8.GetBytes(root.ToJsonString())), [.. layers.Select(layer => new InspectedLayer([DiffId(layer.Names)], layer.IsOfBase, layer.Names))]);
    }

    /// <summary>A report of one layer that holds these files.</summary>
    public static ImageReport ReportOf(params IEnumerable<LayerName> files) => ImageReporter.Report(Image("{}", (false, [.. files])), FactsOf(1));

    /// <summary>The least that a caller measures.</summary>
    public static ReportFacts FactsOf(long size) => new() { Names = ["app:1"], Id = DigestOf('a'), Platform = "linux/amd64", Size = size };

    public static LayerName File(string path, long size, string mode = "644", int owner = 0, int group = 0) => new(path, new TreeEntry(LayerEntryKind.File, Mode(mode), owner, group, "") { Size = size });

    public static LayerName File(string path, string content) =>
        new(path, new TreeEntry(LayerEntryKind.File, Mode("644"), 0, 0, "") { Size = content.Length, Facts = new FileFacts { Content = Encoding.UTF8.GetBytes(content) } });

    public static LayerName Folder(string path, string mode = "755", int owner = 0) => new(path, new TreeEntry(LayerEntryKind.Folder, Mode(mode), owner, 0, ""));

    public static LayerName Link(string path, string target) => new(path, new TreeEntry(LayerEntryKind.SymbolicLink, Mode("777"), 0, 0, target));

    public static LayerName HardLink(string path, string target, string mode = "644") => new(path, new TreeEntry(LayerEntryKind.HardLink, Mode(mode), 0, 0, target));

    public static Digest DiffId(ImmutableArray<LayerName> names) => Digest.Of(Encoding.UTF8.GetBytes(string.Join('\n', names.Select(name => $"{name.Path} {name.Entry.Size}"))));

    private static string DigestOf(char digit) => "sha256:" + new string(digit, 64);

    private static UnixFileMode Mode(string octal) => (UnixFileMode)Convert.ToInt32(octal, 8);
}

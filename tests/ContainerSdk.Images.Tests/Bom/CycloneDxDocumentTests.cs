using System.Text;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Bom;
using ContainerSdk.Images.Oci;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using Xunit;

namespace ContainerSdk.Images.Tests.Bom;

public sealed class CycloneDxDocumentTests
{
    private const string SchemaFolder = "CYCLONEDX_SCHEMA_FOLDER";

    private static readonly Digest Id = Digest.Of("id"u8);
    private static readonly Digest Manifest = Digest.Of("manifest"u8);

    [Fact]
    public void TheDocumentListsEverything() => Assert.Equal(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Bom", "sample.cdx.json")),
        Write(BillOfMaterials.Of(BillOfMaterialsTests.Sample(), [])));

    [Fact]
    public void TheSameImageGivesTheSameBytesAndAnotherAnotherNumber()
    {
        var bill = BillOfMaterials.Of(BillOfMaterialsTests.Sample(), []);

        Assert.Equal(Write(bill), Write(BillOfMaterials.Of(BillOfMaterialsTests.Sample(), [])));
        Assert.NotEqual(Value(Write(bill), "serialNumber"), Value(Write(bill, Manifest), "serialNumber"));
        Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", Value(Write(bill), "serialNumber"));
    }

    [Fact]
    public void AnImageWithoutAManifestIsCalledByItsId()
    {
        var text = Write(new BillOfMaterials([]), manifest: null);

        Assert.Equal(("registry.test/team/app@" + Id, Id.ToString(), null), (Value(text, "metadata.component.bom-ref"), Value(text, "metadata.component.version"), Value(text, "metadata.component.purl")));
    }

    [Theory]
    [InlineData("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00.123456789+02:00", "2026-01-01T00:00:00.123456789+02:00")]
    [InlineData("2026-13-01T00:00:00Z", null)]
    [InlineData("yesterday", null)]
    public void TheTimeIsTheImagesOwnIfItIsOne(string created, string? expected) => Assert.Equal(expected, Value(Write(new BillOfMaterials([]), Id, Manifest, created), "metadata.timestamp"));

    /// <summary>The schemas are the specification's and not part of this repository: the folder has bom-1.6, spdx and jsf-0.82, each with .schema.json at its end.</summary>
    [Fact]
    public void ThePublishedSchemaDescribesTheDocument()
    {
        var folder = Environment.GetEnvironmentVariable(SchemaFolder) ?? "";
        Assert.SkipWhen(folder.Length == 0, $"{SchemaFolder} does not say where the schemas are");
        var others = new JSchemaPreloadedResolver();
        foreach (var name in new[] { "spdx.schema.json", "jsf-0.82.schema.json" }) others.Add(new Uri("http://cyclonedx.org/schema/" + name), File.ReadAllText(Path.Combine(folder, name)));
        var schema = JSchema.Parse(File.ReadAllText(Path.Combine(folder, "bom-1.6.schema.json")), others);
        BomComponent[] hostile = [.. new[] { "", " ", "a\0b", "\u2028<>&'\"\\", "ä\ud83d\ude00" }.Select((name, index) => new BomComponent { Kind = (BomComponentKind)(index % 4), Name = name, Title = name, Purl = "pkg:x/" + index })];

        foreach (var text in new[] { Write(BillOfMaterials.Of(BillOfMaterialsTests.Sample(), [])), Write(new BillOfMaterials([])), Write(new BillOfMaterials([.. hostile]), manifest: null) })
            Assert.Equal([], JObject.Parse(text).IsValid(schema, out IList<string> messages) ? [] : messages);
    }

    private static string Write(BillOfMaterials bill) => Write(bill, Id);

    private static string Write(BillOfMaterials bill, Digest id) => Write(bill, id, Manifest, "2026-01-01T00:00:00Z");

    private static string Write(BillOfMaterials bill, string? manifest) => Write(bill, Id, manifest is null ? null : Manifest, "2026-01-01T00:00:00Z");

    private static string Write(BillOfMaterials bill, Digest id, Digest? manifest, string created)
    {
        Assert.True(ImageReference.TryParse("registry.test/team/app:1", out var name, out _));
        var configuration = ImageConfiguration.Empty(new Platform("linux", "amd64")).With([], [], Array.Empty<JsonObject>(), created);
        return Encoding.UTF8.GetString(CycloneDxDocument.Write(new BomSubject { Name = name, Id = id, Manifest = manifest, Configuration = configuration }, bill));
    }

    private static string? Value(string text, string path) => path.Split('.').Aggregate(JsonNode.Parse(text), (node, part) => node?[part])?.GetValue<string>();
}

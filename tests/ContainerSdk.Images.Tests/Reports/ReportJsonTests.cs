using System.Collections.Immutable;
using System.Text.Json;
using ContainerSdk.Images.Reports;
using ContainerSdk.Testing;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using Xunit;

namespace ContainerSdk.Images.Tests.Reports;

/// <summary>docs/report.schema.json describes exactly what is written.</summary>
public sealed class ReportJsonTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "report.schema.json"));
    private static readonly JSchema Schema = JSchema.Parse(Text);

    private static ImageReport Everything { get; } = MadeUpImage.Report with { SinceBaseline = MadeUpImage.Report.SincePrevious };

    [Fact]
    public void DescribesTheReportThatHasEverything() => Assert.Equal([], Violations(ReportJson.Write(Everything)));

    [Fact]
    public void DescribesTheReportThatHasLittle() => Assert.Equal([], Violations(ReportJson.Write(MadeUpImage.ReportOf())));

    [Fact]
    public void DescribesAReportOfHostileNames() =>
        Assert.Equal([], Violations(ReportJson.Write(MadeUpImage.ReportOf(HostileValues.FileNames.Concat(["a\u001b\n", new string('x', 4000)]).Select(name => MadeUpImage.File(name, 5, "4666"))))));

    [Fact]
    public void ClosesEveryObjectAndDescribesEveryField()
    {
        var objects = JObject.Parse(Text).DescendantsAndSelf().OfType<JObject>().ToArray();
        Assert.Equal(["$defs.layer.properties.files"], objects.Where(node => (string?)node["type"] == "object" && node["additionalProperties"]?.ToString() != "False").Select(node => node.Path));
        var fields = objects.Where(node => node.Parent is JProperty { Name: "properties" }).SelectMany(node => node.Properties());
        Assert.Equal([], fields.Where(field => Description(field.Value) is null).Select(field => field.Path));
    }

    [Theory]
    [InlineData("schemaVersion", "2")]
    [InlineData("sizes.uncompressed", "-1")]
    [InlineData("sizes.reductionPercent", "101")]
    [InlineData("layers[0].first", "0")]
    [InlineData("layers[0].diffIds[0]", "\"sha512:00\"")]
    [InlineData("layers[0].files", "{\"app\":1}")]
    [InlineData("layers[0].files", "{\"/app\":-1}")]
    [InlineData("largestFiles[0].path", "\"app\"")]
    [InlineData("security.shells[0]", "\"sh\"")]
    [InlineData("sincePrevious.total.now", "\"1\"")]
    public void TheSchemaRefusesAnotherValue(string path, string value)
    {
        var report = JObject.Parse(ReportJson.Write(Everything));
        report.SelectToken(path, errorWhenNoMatch: true)!.Replace(JToken.Parse(value));
        Assert.False(report.IsValid(Schema));
    }

    [Fact]
    public void WhatIsWrittenIsReadAsTheSame() => Assert.Equal(ReportJson.Write(Everything), ReportJson.Write(ReportJson.Read(ReportJson.Write(Everything))));

    [Fact]
    public void PathsKeepTheOrderOfTheirBytesWhenTheyAreReadBack()
    {
        var report = MadeUpImage.ReportOf(MadeUpImage.File("B", 1), MadeUpImage.File("a", 1), MadeUpImage.File("C", 1), MadeUpImage.File("é", 1), MadeUpImage.File("_", 1));
        Assert.Equal(["/B", "/C", "/_", "/a", "/é"], ReportJson.Read(ReportJson.Write(report)).Layers[0].Files.Keys);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"schemaVersion\": 1}")]
    [InlineData("\ud800")]
    public void WhatIsNoReportIsRefused(string json) => Assert.ThrowsAny<JsonException>(() => ReportJson.Read(json));

    [Theory]
    [InlineData("schemaVersion", "2")]
    [InlineData("schemaVersion", "1e400")]
    [InlineData("names", "null")]
    [InlineData("names[0]", "null")]
    [InlineData("layers", "null")]
    [InlineData("layers[0]", "null")]
    [InlineData("layers[0].diffIds", "null")]
    [InlineData("layers[0].size", "-1")]
    [InlineData("layers[0].size", "1e999")]
    [InlineData("layers[0].size", "9223372036854775807")]
    [InlineData("layers[0].files", "{\"/a\": 900000000000000000, \"/b\": 900000000000000000}")]
    [InlineData("layers[0].files", "{\"/a\": 1, \"/a\": 2}")]
    [InlineData("security.unknown", "1")]
    [InlineData("security.user", "{}")]
    public void AReportThatSomebodyElseWroteIsRefused(string path, string value)
    {
        var report = JObject.Parse(ReportJson.Write(Everything));
        const string Mark = "\"the value\"";
        if (report.SelectToken(path) is { } token) token.Replace(JToken.Parse(Mark));
        else report["security"]!["unknown"] = JToken.Parse(Mark);
        Assert.ThrowsAny<JsonException>(() => ReportJson.Read(report.ToString().Replace(Mark, value, StringComparison.Ordinal)));
    }

    [Fact]
    public void EveryCutOfAReportIsRefused()
    {
        var text = ReportJson.Write(MadeUpImage.ReportOf(MadeUpImage.File("a", 1))).TrimEnd();
        for (var length = 0; length < text.Length; length++) Assert.ThrowsAny<JsonException>(() => ReportJson.Read(text[..length]));
    }

    private static IList<string> Violations(string report) => JObject.Parse(report).IsValid(Schema, out IList<string> messages) ? [] : messages;

    private static JToken? Description(JToken field) =>
        field["description"] ?? (field["$ref"] is { } reference ? JObject.Parse(Text)["$defs"]![((string)reference!)["#/$defs/".Length..]]!["description"] : null);
}

using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Tests.Layouts;
using ContainerSdk.Images.Validation;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Images.Tests.Validation;

/// <summary>What is said of an image. Its layers are the matter of <see cref="LayerValidationTests"/>.</summary>
public sealed class ImageValidatorTests
{
    private const string Zeros = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    [Theory]
    [InlineData(ImageFormat.Oci)]
    [InlineData(ImageFormat.Docker)]
    public async Task ASoundImageHasNoViolations(ImageFormat format)
    {
        var image = new TestImage(format) { Run = """{"User":"1000:1000","ExposedPorts":{"80":{},"81/tcp":{},"82/udp":null},"Env":["A=","B=x=y"],"Entrypoint":["/app"],"Cmd":null,"WorkingDir":"/app","Volumes":{"/data":{}},"Labels":{"a":"b"},"StopSignal":"SIGTERM","Healthcheck":{"Test":["NONE"]}}""" };
        var tar = TestArchive.Tar(TestArchive.Folder("./"), TestArchive.Folder("./app/"), TestArchive.File("./app/one", "1"), TestArchive.HardLink("app/two", "app/one"), TestArchive.SymbolicLink("app/three", "/../anywhere"));
        image.Add(tar).Add(MediaTypes.Layer(format, MediaTypes.OciLayer), tar, Digest.Of(tar));

        Assert.Empty(await ValidateAsync(image.Build()));
    }

    [Fact]
    public async Task AnImageWithoutLayersRunOrHistoryIsSound() =>
        Assert.Empty(await ValidateAsync(new TestImage().Build(editConfiguration: _ => """{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":[]}}""")));

    [Fact]
    public async Task EveryViolationIsTold()
    {
        var image = Sample().Build(
            manifest => manifest.Replace("\"schemaVersion\":2", "\"schemaVersion\":1", StringComparison.Ordinal).Replace("image.config.v1+json", "image.config.v2+json", StringComparison.Ordinal),
            configuration => configuration.Replace("\"os\":\"linux\",", "", StringComparison.Ordinal).Replace("PATH=", "PATH", StringComparison.Ordinal));

        Assert.Equal(
            [
                "the manifest's schemaVersion is '1', not 2",
                "the manifest's configuration's type is 'application/vnd.oci.image.config.v2+json', not 'application/vnd.oci.image.config.v1+json'",
                "the configuration has no os, which must be for example 'linux'",
                "the configuration's Env is '\"PATH/bin\"', not of the form NAME=value",
            ],
            await ValidateAsync(image));
    }

    [Theory]
    [InlineData("\"schemaVersion\":2,", "", "the manifest has no schemaVersion, which must be 2")]
    [InlineData("\"schemaVersion\":2", "\"schemaVersion\":\"2\"", "the manifest's schemaVersion is '\"2\"', not 2")]
    [InlineData("\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",", "", null)]
    [InlineData("image.manifest.v1+json", "image.index.v1+json", "the manifest's mediaType is 'application/vnd.oci.image.index.v1+json', not 'application/vnd.oci.image.manifest.v1+json' or 'application/vnd.docker.distribution.manifest.v2+json'")]
    [InlineData("layer.v1.tar+gzip", "layer.v1.tar+brotli", "the manifest's layer 1's type is 'application/vnd.oci.image.layer.v1.tar+brotli', not one of a layer in a manifest of type 'application/vnd.oci.image.manifest.v1+json'")]
    [InlineData("application/vnd.oci.image.layer.v1.tar+gzip", "application/vnd.docker.image.rootfs.diff.tar.gzip", "the manifest's layer 1's type is 'application/vnd.docker.image.rootfs.diff.tar.gzip', not one of a layer in a manifest of type 'application/vnd.oci.image.manifest.v1+json'")]
    [InlineData("\"size\":", "\"length\":", "the manifest's config's size is '', not a number of bytes|the manifest's layer 1's size is '', not a number of bytes")]
    [InlineData("\"size\":", "\"size\":-", "the manifest's config's size is '-*', not a number of bytes|the manifest's layer 1's size is '-*', not a number of bytes")]
    [InlineData("\"digest\":\"sha256:", "\"digest\":\"sha1:", "the manifest's config's digest is 'sha1:*', not a sha256 digest|the manifest's layer 1's digest is 'sha1:*', not a sha256 digest")]
    [InlineData("\"config\":", "\"configuration\":", "the manifest has no config, which must be a descriptor")]
    [InlineData("\"config\":{", "\"config\":[],\"other\":{", "the manifest's config is '[]', not a descriptor")]
    [InlineData("\"layers\":[", "\"layers\":[null],\"other\":[", "the manifest's layer 1 is 'null', not a descriptor")]
    [InlineData("\"layers\":[", "\"layers\":{},\"other\":[", "the manifest's layers is '{}', not a list")]
    [InlineData("{\"schemaVersion\":2", "{\"schemaVersion\":2,\"schemaVersion\":2", "the manifest cannot be read: *")]
    public async Task AManifestIsWhatTheSpecificationSays(string from, string to, string? problems)
    {
        var image = Sample().Build(manifest => manifest.Replace(from, to, StringComparison.Ordinal));

        AssertMatch(problems, await ValidateAsync(image));
    }

    [Theory]
    [InlineData("\"architecture\":\"amd64\",", "", "the configuration has no architecture, which must be for example 'amd64'")]
    [InlineData("\"os\":\"linux\"", "\"os\":7", "the configuration's os is '7', not a text|the configuration has no os, which must be for example 'linux'")]
    [InlineData("\"rootfs\":", "\"files\":", "the configuration has no rootfs, which must be an object")]
    [InlineData("\"type\":\"layers\"", "\"type\":\"files\"", "the configuration's rootfs.type is 'files', not 'layers'")]
    [InlineData("\"diff_ids\":[", "\"diff_ids\":[7,", "the configuration's diff_id 1 is '7', not a sha256 digest|the configuration has 2 diff_ids, and the manifest 1 layers")]
    [InlineData("\"diff_ids\":[", "\"diff_ids\":[\"" + Zeros + "\",", "the configuration has 2 diff_ids, and the manifest 1 layers|layer 1 (*) holds what has the digest sha256:*, and the configuration says " + Zeros)]
    [InlineData("\"empty_layer\":true", "\"empty_layer\":false", "the configuration's history tells of 2 layers, and the manifest has 1")]
    [InlineData("\"empty_layer\":true", "\"empty_layer\":\"true\"", "the configuration's history's empty_layer is '\"true\"', not true or false|the configuration's history tells of 2 layers, and the manifest has 1")]
    [InlineData("\"history\":[", "\"history\":[null,", "the configuration's history is 'null', not a list of objects|the configuration's history tells of 2 layers, and the manifest has 1")]
    [InlineData("\"config\":{", "\"config\":[],\"other\":{", "the configuration's config is '[]', not an object")]
    [InlineData("\"config\":{", "\"config\":null,\"other\":{", null)]
    [InlineData("\"os\":", "\"os\":\"linux\",\"os\":", "the configuration cannot be read: *")]
    [InlineData("\"os\":\"linux\"", "\"os\":\"\\ud800\"", "the configuration cannot be read: *")]
    [InlineData("{\"architecture\"", "[{\"architecture\"", "the configuration cannot be read: *")]
    public async Task AConfigurationIsWhatTheSpecificationSays(string from, string to, string? problems)
    {
        var image = Sample().Build(editConfiguration: configuration => configuration.Replace(from, to, StringComparison.Ordinal));

        AssertMatch(problems, await ValidateAsync(image));
    }

    [Theory]
    [InlineData("""{"User":7}""", "the configuration's User is '7', not a text")]
    [InlineData("""{"StopSignal":[]}""", "the configuration's StopSignal is '[]', not a text")]
    [InlineData("""{"WorkingDir":"app"}""", "the configuration's WorkingDir is 'app', not an absolute path")]
    [InlineData("""{"WorkingDir":""}""", null)]
    [InlineData("""{"Entrypoint":"/app"}""", "the configuration's Entrypoint is '\"/app\"', not a list")]
    [InlineData("""{"Entrypoint":["/app",7],"Cmd":[null]}""", "the configuration's Entrypoint is '7', not a list of texts|the configuration's Cmd is 'null', not a list of texts")]
    [InlineData("""{"Env":["A","=b",{},"A=b"]}""", "the configuration's Env is '\"A\"', not of the form NAME=value|the configuration's Env is '\"=b\"', not of the form NAME=value|the configuration's Env is '{}', not of the form NAME=value")]
    [InlineData("""{"Env":{"A":"b"}}""", "the configuration's Env is '{\"A\":\"b\"}', not a list")]
    [InlineData("""{"ExposedPorts":["80"]}""", "the configuration's ExposedPorts is '[\"80\"]', not an object")]
    [InlineData("""{"ExposedPorts":{"http":{},"80/icmp":{},"65536":{},"80-90":{}}}""", "*'http', not of the form number[/protocol]|*'80/icmp'*|*'65536'*|*'80-90'*")]
    [InlineData("""{"ExposedPorts":{"80":true},"Volumes":{"/data":"x"}}""", "the configuration's ExposedPorts is 'true', not an object in each of its elements|the configuration's Volumes is '\"x\"', not an object in each of its elements")]
    [InlineData("""{"Labels":{"a":1}}""", "the configuration's Labels is '1', not a text in each of its elements")]
    [InlineData("""{"User":"a\nb","WorkingDir":"a\nb"}""", "the configuration's WorkingDir is 'a?b', not an absolute path")]
    public async Task HowAnImageIsRunIsWhatTheSpecificationSays(string run, string? problems) =>
        AssertMatch(problems, await ValidateAsync(new TestImage { Run = run }.Add(TestArchive.File("a", "1")).Build()));

    [Fact]
    public async Task TheConfigurationIsTheOneThatTheManifestNames()
    {
        var image = Sample().Build();
        var other = "{}"u8.ToArray();

        Assert.Equal(
            [
                $"the configuration has 2 bytes, and the manifest says {image.ConfigurationJson.Length}",
                $"the configuration has the digest {Digest.Of(other)}, and the manifest says {image.Id}",
            ],
            (await ValidateAsync(image with { ConfigurationJson = other })).Where(violation => violation.Contains("the manifest says", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AManifestIsHandedOnAsTheTypeThatItNames()
    {
        var image = Sample().Build();

        Assert.Equal(
            ["the manifest's type is 'application/vnd.oci.image.manifest.v1+json', not 'application/vnd.docker.distribution.manifest.v2+json' as what it is handed on"],
            await ValidateAsync(image with { Manifest = image.Manifest with { MediaType = MediaTypes.DockerManifest } }));
    }

    [Fact]
    public async Task DeepNestingIsAViolation()
    {
        var deep = new string('[', 100_000);

        var violations = await ValidateAsync(Sample().Build(_ => deep, _ => deep));

        Assert.Collection(
            violations,
            violation => Assert.StartsWith("the manifest cannot be read: ", violation, StringComparison.Ordinal),
            violation => Assert.StartsWith("the configuration cannot be read: ", violation, StringComparison.Ordinal));
    }

    [Fact]
    public async Task LongTextsAreViolations()
    {
        var text = new string(' ', OciJson.MaxBytes + 1);

        Assert.Equal(
            ["the manifest has 4194305 bytes, and no more than 4194304 are read", "the configuration has 4194305 bytes, and no more than 4194304 are read"],
            await ValidateAsync(Sample().Build(_ => text, _ => text)));
    }

    [Fact]
    public async Task VeryManyViolationsAreCounted()
    {
        var violations = await ValidateAsync(new TestImage { Run = $$"""{"Env":[{{string.Join(',', Enumerable.Range(0, 150))}}]}""" }.Build());

        Assert.Equal(101, violations.Length);
        Assert.Equal("the configuration's Env is '99', not of the form NAME=value", violations[99]);
        Assert.Equal("the configuration has 50 more violations", violations[100]);
    }

    [Fact]
    public async Task CancellationIsNoViolation() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ImageValidator.ValidateAsync(Sample().Build(), new CancellationToken(canceled: true)));

    private static TestImage Sample() => new TestImage().Add(TestArchive.File("app/one", "1"));

    private static async Task<string[]> ValidateAsync(Image image) => [.. await ImageValidator.ValidateAsync(image, TestContext.Current.CancellationToken)];

    // '*' stands for digests, lengths and the framework's own words.
    private static void AssertMatch(string? expected, string[] violations)
    {
        var patterns = (expected ?? "").Split('|', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(patterns, violations.Select((violation, index) => index < patterns.Length && Matches(patterns[index], violation) ? patterns[index] : violation));
    }

    private static bool Matches(string pattern, string text) =>
        System.Text.RegularExpressions.Regex.IsMatch(text, $"\\A{string.Join(".*", pattern.Split('*').Select(System.Text.RegularExpressions.Regex.Escape))}\\z");
}

using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Registries;
using Xunit;

namespace ContainerSdk.Images.Tests.Registries;

public sealed class RegistryReferrerTests
{
    private const string Type = "application/vnd.cyclonedx+json";

    private static readonly SampleImage Image = new("base", "own");
    private static readonly string Tag = "sha256-" + Image.Image.Digest.Hex;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void TheManifestRefersToTheImageAndSaysWhatItIs()
    {
        var referrer = Document("bill");

        Assert.Equal(
            $$$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","artifactType":"application/vnd.cyclonedx+json","config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2},"layers":[{"mediaType":"application/vnd.cyclonedx+json","digest":"{{{Digest.Of("bill"u8)}}}","size":4}],"subject":{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{Image.Image.Digest}}}","size":{{{Image.Image.ManifestJson.Length}}}}}
            """,
            Encoding.UTF8.GetString(referrer.ManifestJson.Span));
        Assert.Equal(Digest.Of(referrer.ManifestJson.Span), referrer.Digest);
    }

    [Fact]
    public async Task ARegistryThatListsReferrersNeedsNoTag()
    {
        using var bench = await BenchAsync(new MemoryRegistry { KnowsReferrers = true });
        var before = bench.Registry.Requests.Count;

        await bench.Client.AttachAsync(Named(bench, "bill"), Cancellation);

        Assert.Equal(
            [
                "HEAD /v2/app/blobs/bill", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/4?state=a%3Db&digest=bill",
                "HEAD /v2/app/blobs/empty", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/5?state=a%3Db&digest=empty",
                "PUT /v2/app/manifests/bill manifest",
            ],
            bench.Registry.Requests.Skip(before));
        Assert.Equal("{}", Encoding.UTF8.GetString(bench.Registry.Blobs["app@sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"]));
    }

    [Fact]
    public async Task AnotherRegistryGetsAListUnderATag()
    {
        using var bench = await BenchAsync(new MemoryRegistry());
        var before = bench.Registry.Requests.Count;

        await bench.Client.AttachAsync(Named(bench, "bill"), Cancellation);

        Assert.Equal(["PUT /v2/app/manifests/bill manifest", $"GET /v2/app/manifests/{Tag}", $"PUT /v2/app/manifests/{Tag}", $"GET /v2/app/manifests/{Tag}"], bench.Registry.Requests.Skip(before + 6));
        Assert.Equal((MediaTypes.OciIndex, List(Entry("bill"))), Kept(bench));
    }

    [Fact]
    public async Task TheSameDocumentIsListedOnce()
    {
        using var bench = await BenchAsync(new MemoryRegistry());
        await bench.Client.AttachAsync(Document("bill"), Cancellation);
        var before = bench.Registry.Requests.Count;

        await bench.Client.AttachAsync(Document("bill"), Cancellation);

        Assert.DoesNotContain(bench.Registry.Requests.Skip(before), request => request == $"PUT /v2/app/manifests/{Tag}");
        Assert.Equal(List(Entry("bill")), Kept(bench).Json);
    }

    [Fact]
    public async Task WhatOthersWroteIntoTheListStays()
    {
        using var bench = await BenchAsync(new MemoryRegistry());
        var signature = bench.KeepManifest("signature", "{}");
        var other = $$"""{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{signature.Digest}}","size":2,"annotations":{"a":"ä<"},"artifactType":"x/y","data":"e30="}""";
        bench.KeepManifest(Tag, $$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciIndex}}}","manifests":[{{{other}}}],"annotations":{"by":"other"}}""", MediaTypes.OciIndex);

        await bench.Client.AttachAsync(Document("bill"), Cancellation);
        await bench.Client.AttachAsync(Document("new bill"), Cancellation);

        Assert.Equal($$$"""{"schemaVersion":2,"mediaType":"{{{MediaTypes.OciIndex}}}","manifests":[{{{other}}},{{{Entry("bill")}}},{{{Entry("new bill")}}}],"annotations":{"by":"other"}}""", Kept(bench).Json);
    }

    [Fact]
    public async Task AnEntryOfTheSameDocumentThatSaysLessIsReplaced()
    {
        using var bench = await BenchAsync(new MemoryRegistry());
        var old = JsonNode.Parse(Entry("bill"))!.AsObject();
        old.Remove("artifactType");
        bench.Registry.Manifests[$"app@{Document("bill").Digest}"] = new FoundManifest(MediaTypes.OciManifest, Document("bill").ManifestJson);
        bench.KeepManifest(Tag, List($"{old.ToJsonString()},{old.ToJsonString()}"), MediaTypes.OciIndex);

        await bench.Client.AttachAsync(Document("bill"), Cancellation);

        Assert.Equal(List(Entry("bill")), Kept(bench).Json);
    }

    [Fact]
    public async Task WhoWritesInBetweenIsNotOverwrittenForGood()
    {
        using var bench = await BenchAsync(new MemoryRegistry());
        var (others, isDone) = (bench.KeepManifest("signature", "{}"), false);
        var other = $$"""{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{others.Digest}}","size":2}""";
        bench.Registry.Before = request =>
        {
            // Another client that has read the list before this one wrote it.
            if (request == $"GET /v2/app/manifests/{Tag}" && bench.Registry.Manifests.ContainsKey($"app:{Tag}") && !isDone)
            {
                bench.KeepManifest(Tag, List(other), MediaTypes.OciIndex);
                isDone = true;
            }

            return Task.CompletedTask;
        };

        await bench.Client.AttachAsync(Document("bill"), Cancellation);

        Assert.Equal(List($"{other},{Entry("bill")}"), Kept(bench).Json);
    }

    [Fact]
    public async Task AListThatKeepsNothingIsGivenUp()
    {
        using var bench = await BenchAsync(new MemoryRegistry());
        bench.Registry.Instead($"GET /v2/app/manifests/{Tag}", 20, HttpStatusCode.NotFound);

        Assert.Equal($"Failed: the list '{Tag}' does not keep what is written into it", await RegistryBench.FailureAsync(() => bench.Client.AttachAsync(Document("bill"), Cancellation)));
    }

    [Theory]
    [InlineData("{}", MediaTypes.OciManifest, "the tag for what refers to the image is in use for a manifest of type 'application/vnd.oci.image.manifest.v1+json'")]
    [InlineData("{}", MediaTypes.OciIndex, "the list of what refers to the image names nothing")]
    [InlineData("[]", MediaTypes.OciIndex, "the list of what refers to the image is no object")]
    [InlineData("null", MediaTypes.OciIndex, "the list of what refers to the image is no object")]
    public async Task WhatIsNoListIsLeftAlone(string json, string mediaType, string message)
    {
        using var bench = await BenchAsync(new MemoryRegistry());
        bench.KeepManifest(Tag, json, mediaType);

        Assert.Equal(message, (await Assert.ThrowsAsync<InvalidImageException>(() => bench.Client.AttachAsync(Document("bill"), Cancellation))).Message);
        Assert.Equal((mediaType, json), Kept(bench));
    }

    [Theory]
    [InlineData("{\"manifests\":[")]
    [InlineData("{\"manifests\":[],\"manifests\":[]}")]
    public async Task WhatCannotBeReadIsLeftAlone(string json)
    {
        using var bench = await BenchAsync(new MemoryRegistry());
        bench.KeepManifest(Tag, json, MediaTypes.OciIndex);

        Assert.StartsWith("the list of what refers to the image cannot be read: ", (await Assert.ThrowsAsync<InvalidImageException>(() => bench.Client.AttachAsync(Document("bill"), Cancellation))).Message, StringComparison.Ordinal);
        Assert.Equal(json, Kept(bench).Json);
    }

    private static Referrer Document(string text) => new(Descriptor.Of(Image.Image.MediaType, Image.Image.ManifestJson.Span), Type, Encoding.UTF8.GetBytes(text));

    private static Referrer Named(RegistryBench bench, string text)
    {
        var referrer = Document(text);
        bench.Registry.Names[referrer.Digest.ToString()] = text + " manifest";
        bench.Registry.Names[referrer.Manifest.Layers[0].Digest.ToString()] = text;
        bench.Registry.Names[referrer.Manifest.Config.Digest.ToString()] = "empty";
        return referrer;
    }

    private static async Task<RegistryBench> BenchAsync(MemoryRegistry registry)
    {
        var bench = new RegistryBench(registry);
        await bench.PushAsync(Image, "1");
        return bench;
    }

    private static string Entry(string text) =>
        $$"""{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{Document(text).Digest}}","size":{{Document(text).ManifestJson.Length}},"artifactType":"{{Type}}"}""";

    private static string List(string entries) => $$"""{"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[{{entries}}]}""";

    private static (string MediaType, string Json) Kept(RegistryBench bench) =>
        bench.Registry.Manifests[$"app:{Tag}"] is var kept ? (kept.MediaType, Encoding.UTF8.GetString(kept.Json.Span)) : default;
}

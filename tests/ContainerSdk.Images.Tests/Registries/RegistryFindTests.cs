using System.Net;
using System.Text;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Registries;
using Xunit;

namespace ContainerSdk.Images.Tests.Registries;

public sealed class RegistryFindTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AManifestIsFoundByItsTagAndByItsDigest()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var kept = bench.KeepManifest("1", """{"schemaVersion":2}""", MediaTypes.OciIndex);

        var found = new[] { await bench.Client.FindAsync("1", Cancellation), await bench.Client.FindAsync(kept.Digest.ToString(), Cancellation) };

        Assert.Equal([(MediaTypes.OciIndex, """{"schemaVersion":2}"""), (MediaTypes.OciIndex, """{"schemaVersion":2}""")], found.Select(Text));
        Assert.Equal(["GET /v2/app/manifests/1", "GET /v2/app/manifests/manifest"], bench.Registry.Requests);
    }

    [Fact]
    public async Task WhatIsNotThereIsNull()
    {
        using var bench = new RegistryBench(new MemoryRegistry());

        Assert.Null(await bench.Client.FindAsync("1", Cancellation));
    }

    [Fact]
    public async Task AllTypesOfManifestAreAccepted()
    {
        var accepted = "";
        using var handler = new AnsweringHandler(request =>
        {
            accepted = request.Headers.Accept.ToString();
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        });
        using var client = new RegistryClient(new RegistryOptions { Registry = "registry.test", Handler = handler }, "app");

        await client.FindAsync("1", Cancellation);

        Assert.Equal(string.Join(", ", MediaTypes.Manifests), accepted);
    }

    [Fact]
    public async Task DockersHubIsElsewhere()
    {
        var asked = "";
        using var handler = new AnsweringHandler(request =>
        {
            asked = request.RequestUri!.AbsoluteUri;
            return new HttpResponseMessage(HttpStatusCode.NotFound);
        });
        using var client = new RegistryClient(new RegistryOptions { Registry = "docker.io", Handler = handler }, "library/alpine");

        await client.FindAsync("3", Cancellation);

        Assert.Equal("https://registry-1.docker.io/v2/library/alpine/manifests/3", asked);
    }

    [Fact]
    public async Task ADigestWithOtherBytesIsRefused()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var kept = bench.KeepManifest("1", "{}");
        bench.Registry.Lies[kept.Digest.ToString()] = "[]"u8.ToArray();

        var failure = await Assert.ThrowsAsync<InvalidImageException>(() => bench.Client.FindAsync(kept.Digest.ToString(), Cancellation));

        Assert.Equal($"the manifest {kept.Digest} has the digest {Digest.Of("[]"u8)}", failure.Message);
    }

    [Fact]
    public async Task ADigestThatCannotBeCheckedIsRefused()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var digest = "sha512:" + new string('a', 128);

        var failure = await Assert.ThrowsAsync<InvalidImageException>(() => bench.Client.FindAsync(digest, Cancellation));

        Assert.Equal($"the digest '{digest}' is none of SHA-256", failure.Message);
        Assert.Empty(bench.Registry.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ALongManifestIsRefusedWhetherItSaysItsLengthOrNot(bool saysItsLength)
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("GET", 1, () => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = saysItsLength ? new ByteArrayContent(new byte[OciJson.MaxBytes + 1]) : new StreamContent(new UnseekableStream(new byte[OciJson.MaxBytes + 1])),
        });

        var failure = await Assert.ThrowsAsync<InvalidImageException>(() => bench.Client.FindAsync("1", Cancellation));

        Assert.Equal("a manifest is longer than 4194304 bytes", failure.Message);
    }

    [Theory]
    [InlineData("""{"mediaType":"application/vnd.oci.image.index.v1+json"}""", "application/vnd.oci.image.index.v1+json")]
    [InlineData("""{"mediaType":7}""", "application/json")]
    [InlineData("{", "application/json")]
    public async Task AManifestThatIsServedAsJsonSaysItselfWhatItIs(string json, string expected)
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.KeepManifest("1", json, "application/json");

        Assert.Equal((expected, json), Text(await bench.Client.FindAsync("1", Cancellation)));
    }

    [Fact]
    public async Task ABrokenManifestIsReadAgain()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.KeepManifest("1", "{}");
        bench.Registry.Instead("GET", 2, () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new BreakingContent("{}"u8.ToArray(), 1, BreakKind.WithError) });

        Assert.Equal((MediaTypes.OciManifest, "{}"), Text(await bench.Client.FindAsync("1", Cancellation)));
        Assert.Equal([1, 2], bench.Clock.Waits);
    }

    private static (string MediaType, string Json) Text(FoundManifest? found) => (found!.MediaType, Encoding.UTF8.GetString(found.Json.Span));

    private sealed class AnsweringHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer(request));
    }

    private sealed class UnseekableStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

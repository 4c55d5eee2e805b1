using System.Net;
using ContainerSdk.Images.Registries;
using Xunit;

namespace ContainerSdk.Images.Tests.Registries;

public sealed class RegistryDownloadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ABlobIsReadAsItIs()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var blob = bench.Keep("0123456789");

        Assert.Equal("0123456789", await bench.ReadAsync(blob));
        Assert.Equal(["GET /v2/app/blobs/0123456789"], bench.Registry.Requests);
    }

    [Fact]
    public async Task NothingIsVerifiedHere()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var blob = bench.Keep("0123456789");
        bench.Registry.Lies[blob.Digest.ToString()] = "something else"u8.ToArray();

        Assert.Equal("something else", await bench.ReadAsync(blob));
    }

    [Fact]
    public async Task ABlobThatIsNotThereIsToldOfBeforeItIsRead()
    {
        using var bench = new RegistryBench(new MemoryRegistry());

        Assert.Equal(
            "Failed: blob unknown: blob unknown to registry (404)",
            await RegistryBench.FailureAsync(() => bench.Client.OpenAsync(SampleImage.Layer("none"), Cancellation)));
    }

    [Theory]
    [InlineData(BreakKind.WithError)]
    [InlineData(BreakKind.Silent)]
    public async Task AfterABreakTheRestIsAskedFor(BreakKind kind)
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var blob = bench.Keep("0123456789");
        bench.Registry.Downloads.Enqueue(bytes => new BreakingContent(bytes, 4, kind));
        bench.Registry.Downloads.Enqueue(bytes => new BreakingContent(bytes, 3, kind));

        Assert.Equal("0123456789", await bench.ReadAsync(blob));
        Assert.Equal(["GET /v2/app/blobs/0123456789", "GET /v2/app/blobs/0123456789 bytes=4-", "GET /v2/app/blobs/0123456789 bytes=7-"], bench.Registry.Requests);
        Assert.Equal([1, 1], bench.Clock.Waits);
    }

    [Fact]
    public async Task WhereARegistryKnowsNoRangesTheBeginningIsReadAgain()
    {
        using var bench = new RegistryBench(new MemoryRegistry { KnowsRanges = false });
        var blob = bench.Keep("0123456789");
        bench.Registry.Downloads.Enqueue(bytes => new BreakingContent(bytes, 4, BreakKind.WithError));
        bench.Registry.Downloads.Enqueue(bytes => new BreakingContent(bytes, 2, BreakKind.WithError));

        Assert.Equal("0123456789", await bench.ReadAsync(blob));
        Assert.Equal(["GET /v2/app/blobs/0123456789", "GET /v2/app/blobs/0123456789 bytes=4-", "GET /v2/app/blobs/0123456789 bytes=4-"], bench.Registry.Requests);
        Assert.Equal([1, 2], bench.Clock.Waits);
    }

    [Fact]
    public async Task AsLongAsBytesComeInItGoesOn()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var blob = bench.Keep("0123456789");
        for (var i = 0; i < 9; i++) bench.Registry.Downloads.Enqueue(bytes => new BreakingContent(bytes, 1, BreakKind.WithError));

        Assert.Equal("0123456789", await bench.ReadAsync(blob));
        Assert.Equal(Enumerable.Repeat(1.0, 9), bench.Clock.Waits);
    }

    [Fact]
    public async Task AStandstillEndsAfterFiveTries()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var blob = bench.Keep("0123456789");
        bench.Registry.Downloads.Enqueue(bytes => new BreakingContent(bytes, 4, BreakKind.WithError));
        for (var i = 0; i < 5; i++) bench.Registry.Downloads.Enqueue(bytes => new BreakingContent(bytes, 0, BreakKind.WithError));

        Assert.Equal("Unreachable: The response ended prematurely. (ResponseEnded)", await RegistryBench.FailureAsync(() => bench.ReadAsync(blob)));
        Assert.Equal([1, 2, 4, 8], bench.Clock.Waits);
    }

    [Fact]
    public async Task AConnectionThatEndsInSilenceIsToldOf()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var blob = bench.Keep("0123456789");
        bench.Registry.Downloads.Enqueue(bytes => new BreakingContent(bytes, 4, BreakKind.Silent));
        for (var i = 0; i < 5; i++) bench.Registry.Downloads.Enqueue(bytes => new BreakingContent(bytes, 0, BreakKind.Silent));

        Assert.Equal("Unreachable: the connection ended after 4 of 10 bytes", await RegistryBench.FailureAsync(() => bench.ReadAsync(blob)));
    }

    [Fact]
    public async Task ABlobThatIsShorterThanItsManifestSaysEndsThere()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var blob = bench.Keep("0123456789") with { Size = 12 };
        bench.Registry.Downloads.Enqueue(bytes => new BreakingContent(bytes, 10, BreakKind.Silent));

        Assert.Equal("0123456789", await bench.ReadAsync(blob));
        Assert.Equal(["GET /v2/app/blobs/0123456789", "GET /v2/app/blobs/0123456789 bytes=10-"], bench.Registry.Requests);
    }

    [Fact]
    public async Task OtherBytesThanThoseThatWereAskedForAreRefused()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var blob = bench.Keep("0123456789");
        bench.Registry.Downloads.Enqueue(bytes => new BreakingContent(bytes, 4, BreakKind.WithError));
        bench.Registry.Instead("GET /v2/app/blobs/0123456789 bytes=4-", 1, () =>
        {
            var answer = new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = new ByteArrayContent([1]) };
            answer.Content.Headers.ContentRange = new System.Net.Http.Headers.ContentRangeHeaderValue(9, 9, 10);
            return answer;
        });

        Assert.Equal("Failed: the registry gives the bytes from 9 on instead of 4", await RegistryBench.FailureAsync(() => bench.ReadAsync(blob)));
    }

    [Fact]
    public async Task ReadingCanBeCancelled()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var blob = bench.Keep("0123456789");
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Client.OpenAsync(blob, cancelled.Token));
    }

    [Fact]
    public async Task ABlobElsewhereIsFetchedThereWithoutTheLogin()
    {
        using var bench = new RegistryBench(
            new MemoryRegistry { BlobsAreAt = "https://cdn.test", Login = new MemoryLogin { WantsToken = false } }, new RegistryCredential(MemoryLogin.User, MemoryLogin.Password));
        var blob = bench.Keep("0123456789");
        bench.Registry.Downloads.Enqueue(bytes => new BreakingContent(bytes, 4, BreakKind.WithError));

        Assert.Equal("0123456789", await bench.ReadAsync(blob));
        Assert.Equal(
            [
                "GET registry.test nothing", "GET registry.test Basic ann:s3cret-w0rd", "GET cdn.test nothing",
                "GET registry.test Basic ann:s3cret-w0rd", "GET cdn.test nothing",
            ],
            bench.Registry.Shown);
        Assert.Equal(["GET /v2/app/blobs/0123456789 bytes=4-", "GET https://cdn.test/app%400123456789?signature=1 bytes=4-"], bench.Registry.Requests.Skip(3));
    }

    [Theory]
    [InlineData("https://registry.test:8443/elsewhere")]
    [InlineData("http://registry.test/elsewhere")]
    public async Task AnotherPortOrSchemeIsAnotherPlace(string place)
    {
        using var bench = new RegistryBench(new MemoryRegistry { Login = new MemoryLogin { WantsToken = false } }, new RegistryCredential(MemoryLogin.User, MemoryLogin.Password));
        var blob = bench.Keep("0123456789");
        bench.Registry.Instead("GET /v2/app/blobs/", 1, () => bench.Registry.Login!.Refuse(new HttpRequestMessage(), "")!);
        bench.Registry.Instead("GET /v2/app/blobs/", 1, () => MemoryRegistry.Leading(HttpStatusCode.Found, place));
        bench.Registry.Instead($"GET {place}", 1, () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("there") });

        Assert.Equal("there", await bench.ReadAsync(blob));
        Assert.Equal(["GET registry.test nothing", "GET registry.test Basic ann:s3cret-w0rd", "GET registry.test nothing"], bench.Registry.Shown);
    }

    [Fact]
    public async Task FiveRedirectsAreFollowedAndNoSixth()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var blob = bench.Keep("0123456789");
        bench.Registry.Instead("GET /v2/app/blobs/", 5, () => MemoryRegistry.Leading(HttpStatusCode.TemporaryRedirect, $"/v2/app/blobs/{blob.Digest}"));
        Assert.Equal("0123456789", await bench.ReadAsync(blob));

        bench.Registry.Instead("GET /v2/app/blobs/", 6, () => MemoryRegistry.Leading(HttpStatusCode.TemporaryRedirect, $"/v2/app/blobs/{blob.Digest}"));
        Assert.Equal("Failed: the registry redirects more than 5 times", await RegistryBench.FailureAsync(() => bench.ReadAsync(blob)));
        Assert.Equal(12, bench.Registry.Requests.Count);
    }

    [Fact]
    public async Task ATagIsNotLookedUpWhereThereIsNoTls()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("GET /v2/app/manifests/1", 1, () => MemoryRegistry.Leading(HttpStatusCode.TemporaryRedirect, "http://cdn.test/manifest"));

        Assert.Equal(
            "NotTrusted: the registry leads to http://cdn.test, which is not encrypted",
            await RegistryBench.FailureAsync(() => bench.Client.FindAsync("1", Cancellation)));
        Assert.Equal(["GET /v2/app/manifests/1"], bench.Registry.Requests);
    }
}

using System.Net;
using ContainerSdk.Images.Registries;
using Xunit;

namespace ContainerSdk.Images.Tests.Registries;

public sealed class RegistryUploadTests
{
    private const string Text = "0123456789";

    private readonly SampleImage _image = new(Text);

    [Fact]
    public async Task ABrokenUploadBeginsAnew()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.BrokenUploads.Enqueue(4);

        await bench.PushAsync(_image, "1");

        Assert.Equal(
            [
                "HEAD /v2/app/blobs/0123456789", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/1?state=a%3Db&digest=0123456789",
                "HEAD /v2/app/blobs/0123456789", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/2?state=a%3Db&digest=0123456789",
            ],
            bench.Registry.Requests.Take(6));
        Assert.Equal(_image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
        Assert.Equal([Text, Text], _image.Opened);
        Assert.Equal([1], bench.Clock.Waits);
    }

    [Fact]
    public async Task AnUploadWhoseAnswerIsLostIsNotDoneTwice()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("PUT", 1, () =>
        {
            bench.Keep(Text);
            throw new HttpRequestException(HttpRequestError.ResponseEnded, "An error occurred while sending the request.", new IOException("Connection reset by peer"));
        });

        await bench.PushAsync(_image, "1");

        Assert.Equal(["HEAD", "POST", "PUT", "HEAD", "HEAD", "POST", "PUT", "PUT"], bench.Registry.Requests.Select(request => request.Split(' ')[0]));
    }

    [Fact]
    public async Task UploadsThatKeepBreakingEndAfterFiveTries()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        for (var i = 0; i < 5; i++) bench.Registry.BrokenUploads.Enqueue(4);

        Assert.Equal("Unreachable: Connection reset by peer", await RegistryBench.FailureAsync(() => bench.PushAsync(_image, "1")));
        Assert.Equal([1, 2, 4, 8], bench.Clock.Waits);
        Assert.Empty(bench.Registry.Blobs);
    }

    [Fact]
    public async Task ChunksGoOneAfterAnother()
    {
        using var bench = new RegistryBench(new MemoryRegistry(), change: options => options with { ChunkSize = 4 });

        await bench.PushAsync(_image, "1");

        Assert.Equal(
            [
                "HEAD /v2/app/blobs/0123456789", "POST /v2/app/blobs/uploads/",
                "PATCH /v2/app/blobs/uploads/1?state=a%3Db 0-3", "PATCH /v2/app/blobs/uploads/1?state=a%3Db 4-7", "PATCH /v2/app/blobs/uploads/1?state=a%3Db 8-9",
                "PUT /v2/app/blobs/uploads/1?state=a%3Db&digest=0123456789",
            ],
            bench.Registry.Requests.Take(6));
        Assert.Equal(_image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
        Assert.Equal([Text], _image.Opened);
    }

    [Fact]
    public async Task ChunksAreAsLongAsTheRegistryWants()
    {
        using var bench = new RegistryBench(new MemoryRegistry { MinChunk = 8 }, change: options => options with { ChunkSize = 4 });

        await bench.PushAsync(_image, "1");

        Assert.Equal(["PATCH /v2/app/blobs/uploads/1?state=a%3Db 0-7", "PATCH /v2/app/blobs/uploads/1?state=a%3Db 8-9"], bench.Registry.Requests.Skip(2).Take(2));
    }

    [Fact]
    public async Task ARegistryThatTakesNoWholeBlobsIsAskedToOnce()
    {
        using var bench = new RegistryBench(new MemoryRegistry { TakesWholeBlobs = false });

        await bench.PushAsync(_image, "1");

        var last = _image.Image.ConfigurationJson.Length - 1;
        Assert.Equal(
            [
                "HEAD /v2/app/blobs/0123456789", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/1?state=a%3Db&digest=0123456789",
                "POST /v2/app/blobs/uploads/", "PATCH /v2/app/blobs/uploads/2?state=a%3Db 0-9", "PUT /v2/app/blobs/uploads/2?state=a%3Db&digest=0123456789",
                "HEAD /v2/app/blobs/config", "POST /v2/app/blobs/uploads/", $"PATCH /v2/app/blobs/uploads/3?state=a%3Db 0-{last}", "PUT /v2/app/blobs/uploads/3?state=a%3Db&digest=config",
                "PUT /v2/app/manifests/1",
            ],
            bench.Registry.Requests);
        Assert.Equal(_image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
    }

    [Fact]
    public async Task AfterABrokenChunkItGoesOnWhereTheRegistryIs()
    {
        using var bench = new RegistryBench(new MemoryRegistry(), change: options => options with { ChunkSize = 8 });
        bench.Registry.BrokenUploads.Enqueue(5);

        await bench.PushAsync(_image, "1");

        Assert.Equal(
            [
                "PATCH /v2/app/blobs/uploads/1?state=a%3Db 0-7", "GET /v2/app/blobs/uploads/1?state=a%3Db", "PATCH /v2/app/blobs/uploads/1?state=a%3Db 5-9",
                "PUT /v2/app/blobs/uploads/1?state=a%3Db&digest=0123456789",
            ],
            bench.Registry.Requests.Skip(2).Take(4));
        Assert.Equal(_image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
    }

    [Fact]
    public async Task AsLongAsTheRegistryGetsFurtherItGoesOn()
    {
        using var bench = new RegistryBench(new MemoryRegistry(), change: options => options with { ChunkSize = 100 });
        for (var i = 2; i < 10; i++) bench.Registry.BrokenUploads.Enqueue(i == 2 ? 2 : 1);

        await bench.PushAsync(_image, "1");

        Assert.Equal(_image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
        Assert.Equal(Enumerable.Repeat(1.0, 8), bench.Clock.Waits);
    }

    [Fact]
    public async Task ChunksThatNeverArriveEndAfterFiveTries()
    {
        using var bench = new RegistryBench(new MemoryRegistry(), change: options => options with { ChunkSize = 8 });
        for (var i = 0; i < 5; i++) bench.Registry.BrokenUploads.Enqueue(0);

        Assert.Equal("Unreachable: Connection reset by peer", await RegistryBench.FailureAsync(() => bench.PushAsync(_image, "1")));
        Assert.Equal(5, bench.Registry.Requests.Count(request => request.StartsWith("PATCH", StringComparison.Ordinal)));
        Assert.Equal([1, 2, 4, 8], bench.Clock.Waits);
    }

    [Fact]
    public async Task AChunkThatIsKeptInPartGoesOnFromThere()
    {
        using var bench = new RegistryBench(new MemoryRegistry { MaxChunk = 6 }, change: options => options with { ChunkSize = 8 });

        await bench.PushAsync(_image, "1");

        Assert.Equal(["PATCH /v2/app/blobs/uploads/1?state=a%3Db 0-7", "PATCH /v2/app/blobs/uploads/1?state=a%3Db 6-9"], bench.Registry.Requests.Skip(2).Take(2));
        Assert.Equal(_image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
    }

    [Fact]
    public async Task ARegistryThatExpectedAnotherChunkIsAskedWhich()
    {
        using var bench = new RegistryBench(new MemoryRegistry(), change: options => options with { ChunkSize = 8 });
        bench.Registry.Instead("PATCH", 1, HttpStatusCode.RequestedRangeNotSatisfiable);

        await bench.PushAsync(_image, "1");

        Assert.Equal(["PATCH", "GET", "PATCH", "PATCH", "PUT"], bench.Registry.Requests.Skip(2).Take(5).Select(request => request.Split(' ')[0]));
        Assert.Equal(_image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(null)]
    public async Task AnUploadThatTheRegistryHasLostBeginsAnew(int? chunkSize)
    {
        using var bench = new RegistryBench(new MemoryRegistry(), change: options => options with { ChunkSize = chunkSize });
        var isLost = false;
        bench.Registry.Before = request =>
        {
            if (!isLost && request.StartsWith("PUT", StringComparison.Ordinal)) bench.Registry.ForgetUploads();
            isLost |= request.StartsWith("PUT", StringComparison.Ordinal);
            return Task.CompletedTask;
        };

        await bench.PushAsync(_image, "1");

        Assert.Equal(3, bench.Registry.Requests.Count(request => request.StartsWith("POST", StringComparison.Ordinal)));
        Assert.Equal(_image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
        Assert.Equal([1], bench.Clock.Waits);
    }

    [Fact]
    public async Task AnUploadThatIsAlwaysLostIsGivenUp()
    {
        using var bench = new RegistryBench(new MemoryRegistry(), change: options => options with { ChunkSize = 4 });
        bench.Registry.Before = request =>
        {
            if (request.StartsWith("PATCH", StringComparison.Ordinal)) bench.Registry.ForgetUploads();
            return Task.CompletedTask;
        };

        Assert.Equal(
            $"Failed: the registry has lost the upload of {_image.Image.Manifest.Layers[0].Digest}",
            await RegistryBench.FailureAsync(() => bench.PushAsync(_image, "1")));
        Assert.Equal(5, bench.Registry.Requests.Count(request => request.StartsWith("PATCH", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task OtherBytesThanThoseOfTheDigestAreRefusedByTheRegistry()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var image = new SampleImage(Text) { Image = _image.Image with { OpenLayerAsync = (_, _) => Task.FromResult<Stream>(new MemoryStream("9876543210"u8.ToArray())) } };

        Assert.Equal("Failed: digest invalid: provided digest did not match uploaded content (400)", await RegistryBench.FailureAsync(() => bench.PushAsync(image, "1")));
        Assert.Empty(bench.Clock.Waits);
    }

    [Fact]
    public async Task UploadsOnAnotherHostDoNotSeeTheLogin()
    {
        using var bench = new RegistryBench(
            new MemoryRegistry { UploadsAreAt = "https://uploads.test", Login = new MemoryLogin { WantsToken = false } }, new RegistryCredential(MemoryLogin.User, MemoryLogin.Password));

        await bench.PushAsync(_image, "1");

        Assert.Equal(
            [
                "HEAD registry.test nothing", "HEAD registry.test Basic ann:s3cret-w0rd", "POST registry.test Basic ann:s3cret-w0rd", "PUT uploads.test nothing",
                "HEAD registry.test Basic ann:s3cret-w0rd", "POST registry.test Basic ann:s3cret-w0rd", "PUT uploads.test nothing",
                "PUT registry.test Basic ann:s3cret-w0rd",
            ],
            bench.Registry.Shown);
        Assert.Equal(_image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
    }

    [Fact]
    public async Task ARegistryThatDoesNotKnowOfItsOwnTlsIsSpokenToByTls()
    {
        using var bench = new RegistryBench(new MemoryRegistry { UploadsAreAt = "http://registry.test" });

        await bench.PushAsync(_image, "1");

        Assert.Equal("PUT /v2/app/blobs/uploads/1?state=a%3Db&digest=0123456789", bench.Registry.Requests[2]);
    }

    [Fact]
    public async Task NothingIsUploadedWhereThereIsNoTls()
    {
        using var bench = new RegistryBench(new MemoryRegistry { UploadsAreAt = "http://uploads.test" });

        Assert.Equal("NotTrusted: the registry leads to http://uploads.test, which is not encrypted", await RegistryBench.FailureAsync(() => bench.PushAsync(_image, "1")));
        Assert.Equal(["HEAD", "POST"], bench.Registry.Requests.Select(request => request.Split(' ')[0]));
    }

    [Fact]
    public async Task AnUploadWithoutAPlaceIsAFailure()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("POST", 1, HttpStatusCode.Accepted);

        Assert.Equal("Failed: the registry does not say where to upload to", await RegistryBench.FailureAsync(() => bench.PushAsync(_image, "1")));
    }
}

using System.Net;
using System.Text;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Registries;
using Xunit;

namespace ContainerSdk.Images.Tests.Registries;

public sealed class RegistryPushTests
{
    private static readonly SampleImage Two = new("base", "own");

    [Fact]
    public async Task LayersThenConfigurationThenTags()
    {
        using var bench = new RegistryBench(new MemoryRegistry());

        await bench.PushAsync(Two, "1", "latest");

        Assert.Equal(
            [
                "HEAD /v2/app/blobs/base", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/1?state=a%3Db&digest=base",
                "HEAD /v2/app/blobs/own", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/2?state=a%3Db&digest=own",
                "HEAD /v2/app/blobs/config", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/3?state=a%3Db&digest=config",
                "PUT /v2/app/manifests/1", "PUT /v2/app/manifests/latest",
            ],
            bench.Registry.Requests);
        Assert.Equal(Two.Blobs("app"), bench.Registry.Blobs.Keys.Order());
        Assert.Equal(new[] { "app:1", "app:latest", $"app@{Two.Image.Digest}" }, bench.Registry.Manifests.Keys.Order());
        Assert.All(bench.Registry.Manifests.Values, kept => Assert.Equal((MediaTypes.OciManifest, Two.Image.Digest), (kept.MediaType, kept.Digest)));
    }

    [Fact]
    public async Task TheImagesOfAnIndexAreThereBeforeItIs()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var other = new SampleImage("base", "other");
        var index = new NamedImage([Two.Image, other.Image]);
        Two.NameIn(bench.Registry);
        bench.Registry.Names[other.Image.Digest.ToString()] = "other manifest";
        bench.Registry.Names[other.Image.Id.ToString()] = "other config";
        bench.Registry.Names[SampleImage.Layer("other").Digest.ToString()] = "other";

        await bench.Client.PushAsync(index, ["1"], TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "HEAD /v2/app/blobs/base", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/1?state=a%3Db&digest=base",
                "HEAD /v2/app/blobs/own", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/2?state=a%3Db&digest=own",
                "HEAD /v2/app/blobs/config", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/3?state=a%3Db&digest=config",
                "PUT /v2/app/manifests/manifest",
                "HEAD /v2/app/blobs/base", "HEAD /v2/app/blobs/other", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/4?state=a%3Db&digest=other",
                "HEAD /v2/app/blobs/other config", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/5?state=a%3Db&digest=other config",
                "PUT /v2/app/manifests/other manifest",
                "PUT /v2/app/manifests/1",
            ],
            bench.Registry.Requests);
        Assert.Equal(
            $$$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{Two.Image.Digest}}}","size":{{{Two.Image.ManifestJson.Length}}},"platform":{"architecture":"amd64","os":"linux"}},{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"{{{other.Image.Digest}}}","size":{{{other.Image.ManifestJson.Length}}},"platform":{"architecture":"amd64","os":"linux"}}]}
            """,
            Encoding.UTF8.GetString(bench.Registry.Manifests["app:1"].Json.Span));
        Assert.Equal((MediaTypes.OciIndex, index.Digest), (bench.Registry.Manifests["app:1"].MediaType, bench.Registry.Manifests["app:1"].Digest));
    }

    [Fact]
    public async Task AnImageWithoutTagsIsKnownByItsDigest()
    {
        using var bench = new RegistryBench(new MemoryRegistry());

        await bench.PushAsync(Two);

        Assert.Equal("PUT /v2/app/manifests/manifest", bench.Registry.Requests[^1]);
        Assert.Equal([$"app@{Two.Image.Digest}"], bench.Registry.Manifests.Keys);
    }

    [Fact]
    public async Task WhatIsThereIsNotUploaded()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        await bench.PushAsync(Two, "1");
        var before = bench.Registry.Requests.Count;

        await bench.PushAsync(Two, "2");

        Assert.Equal(
            ["HEAD /v2/app/blobs/base", "HEAD /v2/app/blobs/own", "HEAD /v2/app/blobs/config", "PUT /v2/app/manifests/2"],
            bench.Registry.Requests.Skip(before));
    }

    [Fact]
    public async Task ALayerThatComesTwiceIsUploadedOnce()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var manifest = Two.Image.Manifest with { Layers = [Two.Image.Manifest.Layers[0], Two.Image.Manifest.Layers[0]] };

        await bench.PushAsync(new SampleImage("base") { Image = Two.Image with { Manifest = manifest, ManifestJson = OciJson.Write(manifest) } }, "1");

        Assert.Equal(1, bench.Registry.Requests.Count(request => request == "HEAD /v2/app/blobs/base"));
    }

    [Fact]
    public async Task TheBasesLayersAreTakenOverWithinTheRegistry()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Keep("base", "team/base");

        await bench.PushAsync(OnBase("registry.test", "team/base"), "1");

        Assert.Equal(
            [
                "HEAD /v2/app/blobs/base", "POST /v2/app/blobs/uploads/?mount=base&from=team%2Fbase",
                "HEAD /v2/app/blobs/own", "POST /v2/app/blobs/uploads/?mount=own&from=team%2Fbase", "PUT /v2/app/blobs/uploads/1?state=a%3Db&digest=own",
                "HEAD /v2/app/blobs/config", "POST /v2/app/blobs/uploads/", "PUT /v2/app/blobs/uploads/2?state=a%3Db&digest=config",
                "PUT /v2/app/manifests/1",
            ],
            bench.Registry.Requests);
        Assert.Equal(Two.Blobs("app").Append($"team/base@{Two.Image.Manifest.Layers[0].Digest}").Order(), bench.Registry.Blobs.Keys.Order());
    }

    [Theory]
    [InlineData("other.test", "team/base")]
    [InlineData("registry.test", "app")]
    public async Task ABaseOfAnotherRegistryOrOfTheSameRepositoryIsOfNoUse(string registry, string repository)
    {
        using var bench = new RegistryBench(new MemoryRegistry());

        await bench.PushAsync(OnBase(registry, repository), "1");

        Assert.DoesNotContain(bench.Registry.Requests, request => request.Contains("mount", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(HttpStatusCode.MethodNotAllowed)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task WhereLayersCannotBeTakenOverTheyAreUploaded(HttpStatusCode refusal)
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("POST /v2/app/blobs/uploads/?mount=", 2, refusal);

        await bench.PushAsync(OnBase("registry.test", "team/base"), "1");

        Assert.Equal(
            [
                "HEAD /v2/app/blobs/base", "POST /v2/app/blobs/uploads/?mount=base&from=team%2Fbase", "POST /v2/app/blobs/uploads/",
                "PUT /v2/app/blobs/uploads/1?state=a%3Db&digest=base",
            ],
            bench.Registry.Requests.Take(4));
        Assert.Equal(Two.Blobs("app"), bench.Registry.Blobs.Keys.Order());
    }

    [Fact]
    public async Task WhoMayNotLookMayStillWrite()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("HEAD", 3, HttpStatusCode.Forbidden);

        await bench.PushAsync(Two, "1");

        Assert.Equal(Two.Blobs("app"), bench.Registry.Blobs.Keys.Order());
    }

    [Fact]
    public async Task AtMostFourLayersAreUploadedAtATime()
    {
        var image = new SampleImage("1", "2", "3", "4", "5", "6", "7", "8", "9");
        using var bench = new RegistryBench(new MemoryRegistry(), change: options => options with { Order = UploadOrder.Parallel });
        var four = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gate = new Lock();
        var (active, most) = (0, 0);
        bench.Registry.Before = async request =>
        {
            if (request.StartsWith("PUT /v2/app/blobs", StringComparison.Ordinal))
            {
                lock (gate) active--;
            }

            if (!request.StartsWith("HEAD", StringComparison.Ordinal)) return;
            lock (gate) most = Math.Max(most, ++active);
            if (most == 4) four.TrySetResult();
            await four.Task;
        };

        await bench.PushAsync(image, "1");

        Assert.Equal(4, most);
        Assert.Equal(image.Blobs("app"), bench.Registry.Blobs.Keys.Order());
        Assert.Equal("PUT /v2/app/manifests/1", bench.Registry.Requests[^1]);
    }

    [Fact]
    public async Task NothingIsTaggedIfALayerIsRefused()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        bench.Registry.Instead("PUT /v2/app/blobs/uploads/2", 1, () => MemoryRegistry.Error(HttpStatusCode.BadRequest, "SIZE_INVALID", "too large for this plan"));

        Assert.Equal("Failed: size invalid: too large for this plan (400)", await RegistryBench.FailureAsync(() => bench.PushAsync(Two, "1")));
        Assert.Empty(bench.Registry.Manifests);
    }

    [Fact]
    public async Task ALayerThatCannotBeReadIsNoFaultOfTheRegistry()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var broken = new InvalidImageException("the blob has another digest");
        var image = new SampleImage("base") { Image = Two.Image with { OpenLayerAsync = (_, _) => throw broken } };

        Assert.Same(broken, await Assert.ThrowsAsync<InvalidImageException>(() => bench.PushAsync(image, "1")));
        Assert.Equal(["HEAD", "POST", "PUT"], bench.Registry.Requests.Select(request => request.Split(' ')[0]));
    }

    [Fact]
    public async Task ALayerThatIsShorterThanItsManifestSaysIsNotUploaded()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var image = new SampleImage("base") { Image = Two.Image with { OpenLayerAsync = (_, _) => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes("bas"))) } };

        var failure = await Assert.ThrowsAsync<EndOfStreamException>(() => bench.PushAsync(image, "1"));

        Assert.Equal($"the blob {Two.Image.Manifest.Layers[0].Digest} ends after 3 of 4 bytes", failure.Message);
        Assert.Empty(bench.Registry.Blobs);
    }

    [Fact]
    public async Task ARegistryThatTakesTheManifestForAnotherOneIsNotBelieved()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        var other = Digest.Of("other"u8).ToString();
        bench.Registry.Instead("PUT /v2/app/manifests/1", 1, () => new HttpResponseMessage(HttpStatusCode.Created) { Headers = { { "Docker-Content-Digest", other } } });

        Assert.Equal($"Failed: the registry took the manifest {Two.Image.Digest} for {other}", await RegistryBench.FailureAsync(() => bench.PushAsync(Two, "1")));
    }

    [Fact]
    public async Task PushingCanBeCancelled()
    {
        using var bench = new RegistryBench(new MemoryRegistry());
        using var cancelled = new CancellationTokenSource();
        bench.Registry.Before = request => request.StartsWith("PUT", StringComparison.Ordinal) ? cancelled.CancelAsync() : Task.CompletedTask;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.Client.PushAsync(new NamedImage([Two.Image]), ["1"], cancelled.Token));
        Assert.Empty(bench.Registry.Manifests);
    }

    private static SampleImage OnBase(string registry, string repository) =>
        new("base", "own") { Image = Two.Image with { Base = ImageReference.Create(registry, repository, "1") } };
}

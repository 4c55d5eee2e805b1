using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Registries;
using Xunit;

namespace ContainerSdk.Images.Tests.Registries;

/// <summary>The same over a real connection, where the handler has its own ideas about headers, lengths and failures.</summary>
public sealed class RegistryWireTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData(5)]
    public async Task WhatIsPushedOverAConnectionIsFoundAgain(int? chunkSize)
    {
        using var memory = new MemoryRegistry { Login = new MemoryLogin { WantsToken = false } };
        await using var listening = ListeningRegistry.Start(memory);
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new RegistryClient(Options(listening, handler) with { ChunkSize = chunkSize }, "app");
        var image = new SampleImage("0123456789", "own").Image;

        await client.PushAsync(new NamedImage([image]), ["1"], Cancellation);

        Assert.Equal(image.Digest, (await client.FindAsync("1", Cancellation))!.Digest);
        Assert.Equal(["0123456789", "own"], await Task.WhenAll(image.Manifest.Layers.Select(layer => ReadAsync(client, layer))));
    }

    [Fact]
    public async Task ConnectionsThatBreakAreMadeAgain()
    {
        var clock = new InstantClock();
        using var memory = new MemoryRegistry();
        await using var listening = ListeningRegistry.Start(memory);
        Stream? connection = null;
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, PlaintextStreamFilter = (context, _) => ValueTask.FromResult(connection = context.PlaintextStream) };
        using var client = new RegistryClient(Options(listening, handler) with { ChunkSize = 8, Clock = clock, Order = UploadOrder.Serial }, "app");
        var sample = new SampleImage("0123456789");
        sample.NameIn(memory);
        memory.Before = request =>
        {
            // The chunk arrives, and its answer does not.
            if (request.EndsWith("/1?state=a%3Db 0-7", StringComparison.Ordinal)) connection!.Dispose();
            return Task.CompletedTask;
        };

        await client.PushAsync(new NamedImage([sample.Image]), ["1"], Cancellation);

        Assert.Equal(
            [
                "GET /v2/", "HEAD /v2/app/blobs/0123456789", "POST /v2/app/blobs/uploads/",
                "PATCH /v2/app/blobs/uploads/1?state=a%3Db 0-7", "GET /v2/app/blobs/uploads/1?state=a%3Db", "PATCH /v2/app/blobs/uploads/1?state=a%3Db 8-9",
                "PUT /v2/app/blobs/uploads/1?state=a%3Db&digest=0123456789",
            ],
            memory.Requests.Take(7));
        Assert.Equal([1], clock.Waits);
    }

    [Fact]
    public async Task WhereNobodyListensTheRegistryIsUnreachable()
    {
        using var memory = new MemoryRegistry();
        var listening = ListeningRegistry.Start(memory);
        await listening.DisposeAsync();
        var clock = new InstantClock();
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false };
        using var client = new RegistryClient(Options(listening, handler) with { Clock = clock }, "app");

        var failure = await Assert.ThrowsAsync<RegistryException>(() => client.FindAsync("1", Cancellation));

        Assert.Equal(RegistryFailure.Unreachable, failure.Failure);
        Assert.Equal([1, 2, 4, 8], clock.Waits);
    }

    private static RegistryOptions Options(ListeningRegistry listening, HttpMessageHandler handler) => new()
    {
        Registry = listening.Name,
        Handler = handler,
        Security = RegistryOptions.SecurityOf(listening.Name, []),
        FindCredentialAsync = _ => Task.FromResult<RegistryCredential?>(new RegistryCredential(MemoryLogin.User, MemoryLogin.Password)),
    };

    private static async Task<string> ReadAsync(RegistryClient client, Descriptor blob)
    {
        await using var stream = await client.OpenAsync(blob, Cancellation);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancellation);
    }
}

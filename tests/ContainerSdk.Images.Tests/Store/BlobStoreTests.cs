using System.Text;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Store;
using Xunit;

namespace ContainerSdk.Images.Tests.Store;

public sealed class BlobStoreTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("the content of a blob");
    private static readonly Descriptor Blob = Descriptor.Of(MediaTypes.OciLayerGzip, Content);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("containersdk-store");
    private readonly Clock _clock = new();

    private BlobStore Store => new(_folder.FullName, _clock);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_folder.FullName, "blobs", "sha256", Blob.Digest.Hex);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ABlobIsGivenBackAsItWasTaken()
    {
        await Store.AddAsync(Blob, new MemoryStream(Content), Token);

        Assert.Equal(Content, await ReadAsync());
        Assert.Equal([Blob.Digest.Hex], Files());
    }

    [Fact]
    public async Task WhatIsNotTheBlobIsNotKept()
    {
        var wrong = Encoding.UTF8.GetBytes("THE content of a blob");
        var messages = new List<string>();
        foreach (var content in new[] { wrong, Content[..5], [.. Content, .. Content] })
            messages.Add((await Assert.ThrowsAsync<InvalidImageException>(() => Store.AddAsync(Blob, new MemoryStream(content), Token))).Message);

        Assert.Equal(
            [
                $"the blob {Blob.Digest} has the digest {Digest.Of(wrong)}",
                $"the blob {Blob.Digest} has 5 bytes or more, not {Blob.Size}",
                $"the blob {Blob.Digest} has 42 bytes or more, not {Blob.Size}",
            ],
            messages);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task AnEndlessAnswerDoesNotFillTheDisk()
    {
        using var endless = new Endless();
        await Assert.ThrowsAsync<InvalidImageException>(() => Store.AddAsync(Blob, endless, Token));

        Assert.InRange(endless.Given, 1, 1024 * 1024);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task ABlobThatChangedOnDiskIsRemoved()
    {
        await Store.AddAsync(Blob, new MemoryStream(Content), Token);
        await File.WriteAllTextAsync(Path, "THE content of a blob", Token);

        Assert.Null(await Store.FindAsync(Blob, Token));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task ABlobThatCannotBeWrittenLeavesNothing()
    {
        await Assert.ThrowsAsync<IOException>(() => Store.AddAsync(MediaTypes.OciLayer, (stream, token) => throw new IOException("No space left on device"), Token));

        Assert.Empty(Files());
    }

    [Fact]
    public async Task ManyPublishesTakeTheSameBlobAtOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () =>
        {
            await Store.AddAsync(Blob, new MemoryStream(Content), Token);
            Assert.Equal(Content, await ReadAsync());
        }, Token)));

        Assert.Equal([Blob.Digest.Hex], Files());
    }

    [Fact]
    public async Task WhatWasOfUseTheLongestAgoGoesFirst()
    {
        var blobs = new List<Descriptor>();
        for (var i = 0; i < 4; i++)
        {
            blobs.Add(await Store.AddAsync(MediaTypes.OciLayer, async (stream, token) => await stream.WriteAsync(new byte[100 + i], token), Token));
            File.SetLastWriteTimeUtc(System.IO.Path.Combine(_folder.FullName, "blobs", "sha256", blobs[i].Digest.Hex), _clock.Now.UtcDateTime);
            _clock.Now += TimeSpan.FromDays(1);
        }

        await using (await Store.FindAsync(blobs[0], Token)) Store.Trim(250);

        Assert.Equal([true, false, false, true], blobs.Select(Store.Has));
    }

    [Fact]
    public async Task WhatAPublishOfTodayUsesStays()
    {
        await Store.AddAsync(Blob, new MemoryStream(Content), Token);
        File.SetLastWriteTimeUtc(Path, _clock.Now.UtcDateTime);
        _clock.Now += TimeSpan.FromHours(1);

        Store.Trim(0);

        Assert.True(Store.Has(Blob));
    }

    [Fact]
    public async Task WhatAKilledPublishLeftIsSweptAway()
    {
        await Store.AddAsync(Blob, new MemoryStream(Content), Token);
        var left = System.IO.Path.Combine(_folder.FullName, "unfinished", "left");
        await File.WriteAllTextAsync(left, "half a blob", Token);
        File.SetLastWriteTimeUtc(left, _clock.Now.UtcDateTime);
        _clock.Now += TimeSpan.FromDays(1);

        Store.Trim(long.MaxValue);

        Assert.Equal([Blob.Digest.Hex], Files());
    }

    [Fact]
    public async Task WhatIsStillBeingWrittenStaysHoweverLongItTakes()
    {
        await Store.AddAsync(
            MediaTypes.OciLayer,
            async (stream, token) =>
            {
                await stream.WriteAsync(Content, token);
                var unfinished = Assert.Single(Directory.GetFiles(System.IO.Path.Combine(_folder.FullName, "unfinished")));
                File.SetLastWriteTimeUtc(unfinished, _clock.Now.UtcDateTime);
                _clock.Now += TimeSpan.FromDays(1);
                Store.Trim(long.MaxValue);
            },
            Token);

        Assert.Equal(Content, await ReadAsync());
    }

    [Fact]
    public async Task WhatCannotBeMadeIsTheStoresOwnFailure()
    {
        var file = System.IO.Path.Combine(_folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", Token);

        var failure = await Assert.ThrowsAsync<StoreException>(() => new BlobStore(file, _clock).AddAsync(Blob, new MemoryStream(Content), Token));

        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
    }

    private async Task<byte[]> ReadAsync()
    {
        await using var stream = await Store.FindAsync(Blob, Token) ?? throw new InvalidOperationException("not there");
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, Token);
        return content.ToArray();
    }

    private IEnumerable<string> Files() => _folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.Name);

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Endless : Stream
    {
        public long Given { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Given; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Given += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

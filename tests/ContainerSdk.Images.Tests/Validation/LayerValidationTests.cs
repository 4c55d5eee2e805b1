using System.Formats.Tar;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Tests.Layouts;
using ContainerSdk.Images.Validation;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Images.Tests.Validation;

public sealed class LayerValidationTests
{
    private static readonly byte[] Sample = TestArchive.Tar(TestArchive.File("app/one", "1"));

    [Fact]
    public async Task ALayerThatCannotBeHadIsAViolation()
    {
        var image = new TestImage().Add(Sample);
        var layer = image.Blobs.Keys.Single();
        image.Blobs.Clear();

        Assert.Equal([$"layer 1 ({layer}) cannot be read: there is no blob {layer}"], await ValidateAsync(image));
    }

    [Fact]
    public async Task ALayerThatItsSourceRefusesIsAViolation()
    {
        var image = new TestImage().Add(Sample);
        var refused = image.Build() with { OpenLayerAsync = (_, _) => throw new InvalidImageException("it is spoiled") };

        Assert.Equal([$"layer 1 ({image.Blobs.Keys.Single()}) cannot be read: it is spoiled"], await ImageValidator.ValidateAsync(refused, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task OtherBytesOfTheSameLengthAreViolations()
    {
        var image = new TestImage().Add(MediaTypes.OciLayer, Sample, Digest.Of(Sample));
        var layer = image.Blobs.Keys.Single();
        var other = TestArchive.Tar(TestArchive.File("app/two", "1"));
        image.Blobs[layer] = other;

        Assert.Equal(
            [
                $"layer 1 ({layer}) holds what has the digest {Digest.Of(other)}, and the configuration says {Digest.Of(Sample)}",
                $"layer 1 ({layer}) has the digest {Digest.Of(other)}, and the manifest says {layer}",
            ],
            await ValidateAsync(image));
    }

    [Theory]
    [InlineData(7L, "has * bytes or more, and the manifest says 7")]
    [InlineData(100_000L, "has * bytes, and the manifest says 100000")]
    [InlineData(long.MaxValue, "has * bytes, and the manifest says 9223372036854775807")]
    public async Task ALayerOfAnotherLengthIsAViolation(long size, string problem)
    {
        var image = new TestImage().Add(Sample);
        var (layer, actual) = (image.Blobs.Keys.Single(), image.Blobs.Values.Single().Length);
        var spoiled = image.Build(manifest => manifest.Replace($"\"size\":{actual}", $"\"size\":{size}", StringComparison.Ordinal));

        Assert.Equal(
            [$"layer 1 ({layer}) {problem.Replace("*", $"{actual}", StringComparison.Ordinal)}"],
            await ImageValidator.ValidateAsync(spoiled, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task ALayerWithoutEndIsReadNoFurtherThanItsLength()
    {
        var image = new TestImage().Add(MediaTypes.OciLayer, Sample, Digest.Of(Sample));
        var layer = image.Blobs.Keys.Single();
        await using var endless = new EndlessStream();

        var violations = await ImageValidator.ValidateAsync(image.Build() with { OpenLayerAsync = (_, _) => Task.FromResult<Stream>(endless) }, TestContext.Current.CancellationToken);

        Assert.Equal([$"layer 1 ({layer}) has {endless.Position} bytes or more, and the manifest says {Sample.Length}"], violations);
        Assert.InRange(endless.Position, Sample.Length, Sample.Length + 200_000);
    }

    [Fact]
    public async Task ContentThatTheConfigurationDoesNotNameIsAViolation()
    {
        var image = new TestImage().Add(MediaTypes.OciLayerGzip, TestArchive.Gzip(Sample), Digest.Of("other"u8));

        Assert.Equal(
            [$"layer 1 ({image.Blobs.Keys.Single()}) holds what has the digest {Digest.Of(Sample)}, and the configuration says {Digest.Of("other"u8)}"],
            await ValidateAsync(image));
    }

    [Fact]
    public async Task WhatComesBehindTheArchiveBelongsToTheLayer()
    {
        byte[] longer = [.. Sample, .. new byte[10_000], 1];

        Assert.Empty(await ValidateAsync(new TestImage().Add(longer)));
    }

    [Theory]
    [InlineData(ImageFormat.Oci)]
    [InlineData(ImageFormat.Docker)]
    public async Task AZstandardLayerIsNotOpened(ImageFormat format) =>
        Assert.Empty(await ValidateAsync(new TestImage(format).Add(MediaTypes.OciLayerZstd, [0x28, 0xB5, 0x2F, 0xFD, 1, 2, 3], Digest.Of("anything"u8))));

    [Fact]
    public async Task AZstandardLayersOwnBytesAreVerified()
    {
        var image = new TestImage().Add(MediaTypes.OciLayerZstd, [1, 2, 3], Digest.Of("anything"u8));
        var layer = image.Blobs.Keys.Single();
        image.Blobs[layer] = [3, 2, 1];

        Assert.Equal([$"layer 1 ({layer}) has the digest {Digest.Of([3, 2, 1])}, and the manifest says {layer}"], await ValidateAsync(image));
    }

    [Fact]
    public async Task ALayerThatIsNotGzippedIsAViolation()
    {
        var image = new TestImage().Add(MediaTypes.OciLayerGzip, Sample, Digest.Of(Sample));

        var violation = Assert.Single(await ValidateAsync(image));

        Assert.StartsWith($"layer 1 ({image.Blobs.Keys.Single()}) cannot be decompressed: ", violation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1600)]
    [InlineData(600)]
    [InlineData(300)]
    [InlineData(0)]
    public async Task ATruncatedArchiveIsAViolation(int length)
    {
        var image = new TestImage().Add(TestArchive.Tar(TestArchive.File("app/one", new byte[2000]))[..length]);

        var violation = Assert.Single(await ValidateAsync(image));

        Assert.StartsWith($"layer 1 ({image.Blobs.Keys.Single()}) is no tar archive that can be read: ", violation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATruncatedLayerIsAViolation()
    {
        var image = new TestImage().Add(MediaTypes.OciLayerGzip, TestArchive.Gzip(Sample)[..^20], Digest.Of(Sample));

        Assert.All(await ValidateAsync(image), violation => Assert.StartsWith($"layer 1 ({image.Blobs.Keys.Single()}) ", violation, StringComparison.Ordinal));
        Assert.NotEmpty(await ValidateAsync(image));
    }

    [Fact]
    public async Task AnEntryThatClaimsMoreThanTheArchiveHoldsIsAViolation()
    {
        var image = new TestImage().Add([.. TestArchive.Header("app", '0', "77777777777"), .. new byte[4096]]);

        var violation = Assert.Single(await ValidateAsync(image));

        Assert.StartsWith($"layer 1 ({image.Blobs.Keys.Single()}) is no tar archive that can be read: ", violation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHeaderThatClaimsMoreThanAnyNeedsIsAViolation()
    {
        var image = new TestImage().Add([.. TestArchive.Header("long", 'x', "00400000000"), .. new byte[4096]]);

        Assert.Equal(
            [$"layer 1 ({image.Blobs.Keys.Single()}) is no tar archive that can be read: a header has 67108864 bytes, more than 1048576"],
            await ValidateAsync(image));
    }

    [Fact]
    public async Task ALayerThatHoldsMoreThanItsLimitIsAViolationAndIsReadNoFurther()
    {
        var image = new TestImage().Add(TestArchive.File("zeros", new byte[20_000_000]));
        var layer = image.Blobs.Keys.Single();
        var limit = new UnpackedLimit(10, 1000);

        var violation = Assert.Single(await ImageValidator.ValidateAsync(image.Build(), limit, TestContext.Current.CancellationToken));

        Assert.Matches($@"\Alayer 1 \({layer}\) holds [0-9]{{4,6}} bytes or more in its first [0-9]+, and no more than [0-9]+ are read\z", violation);
        Assert.Empty(await ValidateAsync(image));
    }

    [Fact]
    public async Task TheLengthThatAManifestClaimsDoesNotRaiseTheLimit()
    {
        var image = new TestImage().Add(TestArchive.File("zeros", new byte[20_000_000]));
        var packed = image.Blobs.Values.Single().Length;
        var spoiled = image.Build(manifest => manifest.Replace($"\"size\":{packed}", $"\"size\":{long.MaxValue}", StringComparison.Ordinal));

        var violations = await ImageValidator.ValidateAsync(spoiled, new UnpackedLimit(10, 1000), TestContext.Current.CancellationToken);

        Assert.Contains(violations, violation => violation.Contains(" are read", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, 1024)]
    [InlineData(10, 11_024)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void ALimitIsSoManyTimesTheSizeAndSomethingBeyond(long packed, long limit) => Assert.Equal(limit, new UnpackedLimit(1000, 1024).For(packed));

    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("app/../../etc/passwd")]
    [InlineData("/../etc/passwd")]
    public async Task AnEntryThatLeavesTheRootIsAViolation(string name)
    {
        var image = new TestImage().Add(TestArchive.File(name, "x"));

        Assert.Equal([$"layer 1 ({image.Blobs.Keys.Single()}) has an entry '{name}', which lies outside of its root"], await ValidateAsync(image));
    }

    [Fact]
    public async Task AHardLinkThatLeavesTheRootIsAViolation()
    {
        var image = new TestImage().Add(TestArchive.HardLink("app/link", "app/../../etc/passwd"));

        Assert.Equal([$"layer 1 ({image.Blobs.Keys.Single()}) has a hard link 'app/link' to 'app/../../etc/passwd', which lies outside of its root"], await ValidateAsync(image));
    }

    [Fact]
    public async Task LinksToAbsolutePathsStayInTheImage() =>
        Assert.Empty(await ValidateAsync(new TestImage().Add(TestArchive.File("/app/one", "1"), TestArchive.HardLink("two", "/app/one"), TestArchive.SymbolicLink("three", "/../../etc"))));

    [Theory]
    [InlineData("app/one")]
    [InlineData("./app/one")]
    [InlineData("/app//one")]
    [InlineData("app/x/../one")]
    public async Task TwoEntriesForOnePathAreAViolation(string second)
    {
        var image = new TestImage().Add(TestArchive.File("app/one", "1"), TestArchive.File(second, "2"));

        Assert.Equal([$"layer 1 ({image.Blobs.Keys.Single()}) has two entries for 'app/one'"], await ValidateAsync(image));
    }

    [Fact]
    public async Task TwoLayersMayHoldTheSamePath() => Assert.Empty(await ValidateAsync(new TestImage().Add(Sample).Add(TestArchive.File("app/one", "2"))));

    [Fact]
    public async Task GlobalAttributesAreNoEntry() =>
        Assert.Empty(await ValidateAsync(new TestImage().Add(
            new PaxGlobalExtendedAttributesTarEntry([new("comment", "one")]), TestArchive.File("app/one", "1"), new PaxGlobalExtendedAttributesTarEntry([new("comment", "two")]))));

    [Fact]
    public async Task VeryManyViolationsAreCounted()
    {
        var image = new TestImage().Add([.. Enumerable.Range(0, 150).Select(number => TestArchive.File($"../{number}", "x"))]);

        var violations = await ValidateAsync(image);

        Assert.Equal(101, violations.Length);
        Assert.Equal($"layer 1 ({image.Blobs.Keys.Single()}) has an entry '../99', which lies outside of its root", violations[99]);
        Assert.Equal($"layer 1 ({image.Blobs.Keys.Single()}) has 50 more violations", violations[100]);
    }

    [Fact]
    public async Task ANameCannotForgeALineOfALog()
    {
        var image = new TestImage().Add([.. TestArchive.Header("../a\nerror: b", '0', "00000000000"), .. new byte[1024]]);

        Assert.Equal([$"layer 1 ({image.Blobs.Keys.Single()}) has an entry '../a?error: b', which lies outside of its root"], await ValidateAsync(image));
    }

    private static async Task<string[]> ValidateAsync(TestImage image) => [.. await ImageValidator.ValidateAsync(image.Build(), TestContext.Current.CancellationToken)];

    /// <summary>Zeros, as many as are asked for.</summary>
    private sealed class EndlessStream : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Clear(buffer, offset, count);
            Position += count;
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

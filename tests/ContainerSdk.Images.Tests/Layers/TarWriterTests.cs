using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using ContainerSdk.Images.Layers;
using Xunit;
using TarWriter = ContainerSdk.Images.Layers.TarWriter;

namespace ContainerSdk.Images.Tests.Layers;

public sealed class TarWriterTests
{
    public static TheoryData<string> Names => new(
        "app/App.dll",
        new string('a', 100),
        new string('a', 101),
        $"{new string('d', 155)}/{new string('f', 100)}",
        $"{new string('d', 156)}/{new string('f', 100)}",
        $"{new string('d', 90)}/{new string('e', 90)}/{new string('f', 90)}",
        "app/naïve – 文件.txt",
        "app/line\nbreak 'quoted' \"twice\" =1");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task AnyNameIsReadBackAsItWasWritten(string name)
    {
        var tar = await WriteAsync((new LayerEntry { Name = name, Kind = LayerEntryKind.File, Mode = (UnixFileMode)0b110_100_100, Size = 5, UserId = 1654, GroupId = 7 }, "hello"));

        var entry = Assert.Single(await ReadAsync(tar));
        Assert.Equal((name, TarEntryType.RegularFile, (UnixFileMode)0b110_100_100, 1654, 7, "hello"), (entry.Name, entry.Type, entry.Mode, entry.UserId, entry.GroupId, entry.Text));
    }

    [Fact]
    public async Task KindsModesOwnersTimesAndLinksAreKept()
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var tar = await WriteAsync(
            (LayerEntry.Folder("app"), null),
            (new LayerEntry { Name = "app/set-uid", Kind = LayerEntryKind.File, Mode = (UnixFileMode)0b100_111_101_101, Size = 0, Time = time }, ""),
            (new LayerEntry { Name = "app/link", Kind = LayerEntryKind.SymbolicLink, Mode = (UnixFileMode)0b111_111_111, Target = "../" + new string('x', 120) }, null),
            (new LayerEntry { Name = "app/same", Kind = LayerEntryKind.HardLink, Mode = (UnixFileMode)0b110_100_100, Target = "app/set-uid" }, null));

        var entries = await ReadAsync(tar);

        Assert.Equal(["app/", "app/set-uid", "app/link", "app/same"], entries.Select(entry => entry.Name));
        Assert.Equal([TarEntryType.Directory, TarEntryType.RegularFile, TarEntryType.SymbolicLink, TarEntryType.HardLink], entries.Select(entry => entry.Type));
        Assert.Equal([0b111_101_101, 0b100_111_101_101, 0b111_111_111, 0b110_100_100], entries.Select(entry => (int)entry.Mode));
        Assert.Equal(["", "", "../" + new string('x', 120), "app/set-uid"], entries.Select(entry => entry.Link));
        Assert.Equal([LayerEntry.FixedTime, time, LayerEntry.FixedTime, LayerEntry.FixedTime], entries.Select(entry => entry.Time));
    }

    // Any change of these bytes is another digest of every image.
    [Fact]
    public async Task TheBytesDependOnTheEntriesAlone()
    {
        var tar = await WriteAsync((LayerEntry.Folder("app"), null), (new LayerEntry { Name = "app/" + new string('n', 120), Kind = LayerEntryKind.File, Mode = (UnixFileMode)0b110_100_100, Size = 2 }, "hi"));

        Assert.Equal(0, tar.Length % 512);
        Assert.Equal("40fa8ea3a792d985", Convert.ToHexStringLower(SHA256.HashData(tar))[..16]);
    }

    [Theory]
    [InlineData("four", 5, "'a' became shorter while it was read")]
    [InlineData("longer", 5, "'a' became longer while it was read")]
    public async Task AFileThatChangesMeanwhileIsNoLayer(string content, long size, string message)
    {
        var failure = await Assert.ThrowsAsync<IOException>(() => WriteAsync((new LayerEntry { Name = "a", Kind = LayerEntryKind.File, Mode = default, Size = size }, content)));

        Assert.Equal(message, failure.Message);
    }

    private static async Task<byte[]> WriteAsync(params (LayerEntry Entry, string? Content)[] entries)
    {
        using var stream = new MemoryStream();
        var writer = new TarWriter(stream);
        foreach (var (entry, content) in entries)
        {
            using var text = content is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(content));
            await writer.WriteAsync(entry, text, TestContext.Current.CancellationToken);
        }

        await writer.FinishAsync(TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    private static async Task<List<ReadEntry>> ReadAsync(byte[] tar)
    {
        var entries = new List<ReadEntry>();
        await using var reader = new TarReader(new MemoryStream(tar));
        while (await reader.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken) is { } entry)
        {
            using var text = new StreamReader(entry.DataStream ?? Stream.Null);
            entries.Add(new ReadEntry(entry.Name, entry.EntryType, entry.Mode, entry.Uid, entry.Gid, entry.LinkName ?? "", entry.ModificationTime, await text.ReadToEndAsync(TestContext.Current.CancellationToken)));
        }

        return entries;
    }

    private sealed record ReadEntry(string Name, TarEntryType Type, UnixFileMode Mode, int UserId, int GroupId, string Link, DateTimeOffset Time, string Text);
}

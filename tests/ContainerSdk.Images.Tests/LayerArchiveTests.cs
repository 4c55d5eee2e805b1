using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace ContainerSdk.Images.Tests;

public sealed class LayerArchiveTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("containersdk-layer");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task EntriesAreSortedAndOwnedByRootAtOneTimeWithTheirModes()
    {
        Write("b.dll", "two");
        Write("a/run", "one", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "link"), "a/run");

        var entries = new List<string>();
        await using var reader = new TarReader(new MemoryStream(await PackAsync()));
        while (await reader.GetNextEntryAsync(cancellationToken: TestContext.Current.CancellationToken) is { } entry)
            entries.Add($"{entry.EntryType} {entry.Name} {entry.LinkName} {Convert.ToString((int)entry.Mode, 8)} {entry.Uid}:{entry.Gid} {entry.ModificationTime:O} {entry.Length}");

        Assert.Equal(
            [
                "Directory a/  755 0:0 1980-01-01T00:00:00.0000000+00:00 0",
                "RegularFile a/run  750 0:0 1980-01-01T00:00:00.0000000+00:00 3",
                "RegularFile b.dll  644 0:0 1980-01-01T00:00:00.0000000+00:00 3",
                "SymbolicLink link a/run 777 0:0 1980-01-01T00:00:00.0000000+00:00 0",
            ],
            entries);
    }

    [Fact]
    public async Task TheOrderAndTimeOfWritingDoNotMatter()
    {
        foreach (var name in new[] { "x", "sub/y", "z" }) Write(name, name);
        var first = SHA256.HashData(await PackAsync());
        _folder.Delete(recursive: true);
        _folder.Create();
        foreach (var name in new[] { "z", "sub/y", "x" }) Write(name, name);
        File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, "x"), DateTime.UnixEpoch);

        Assert.Equal(first, SHA256.HashData(await PackAsync()));
    }

    private async Task<byte[]> PackAsync()
    {
        using var stream = new MemoryStream();
        await LayerArchive.WriteAsync(_folder.FullName, stream, TestContext.Current.CancellationToken);
        return stream.ToArray();
    }

    private void Write(string name, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead)
    {
        var path = Path.Combine(_folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, mode);
    }
}

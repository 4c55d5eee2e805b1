using ContainerSdk.Engines.Receipts;
using Xunit;

namespace ContainerSdk.Engines.Tests.Receipts;

/// <summary>Each change that the engine could see gives another hash, and no other does.</summary>
public sealed class BuildInputsTests
{
    private const string Ignored = "**\n!app/**\napp/**/obj\n";

    [Fact]
    public async Task TheSameInputsGiveTheSameHash()
    {
        using var folder = Sources();

        var hash = await HashAsync(folder);

        Assert.Matches("^sha256:[0-9a-f]{64}$", hash);
        Assert.Equal(hash, await HashAsync(folder));
    }

    [Theory]
    [InlineData("app/a", "other")]
    [InlineData("app/new", "")]
    [InlineData("app/new folder/", "")]
    [InlineData("app/empty", "x")]
    public async Task AChangedFileGivesAnotherHash(string path, string text)
    {
        using var folder = Sources();
        var before = await HashAsync(folder);

        if (path.EndsWith('/')) Directory.CreateDirectory(folder[path]);
        else File.WriteAllText(folder[path], text);

        Assert.NotEqual(before, await HashAsync(folder));
    }

    [Theory]
    [InlineData("app/obj/x")]
    [InlineData("beside")]
    public async Task AFileThatTheEngineDoesNotGetIsNotLookedAt(string path)
    {
        using var folder = Sources();
        var before = await HashAsync(folder);

        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        File.WriteAllText(folder[path], "x");

        Assert.Equal(before, await HashAsync(folder));
    }

    [Fact]
    public async Task TheTimeOfAFileIsNotLookedAt()
    {
        using var folder = Sources();
        var before = await HashAsync(folder);

        File.SetLastWriteTimeUtc(folder["app/a"], new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.Equal(before, await HashAsync(folder));
    }

    [Fact]
    public async Task AMovedFileARemovedOneAModeAndALinkGiveOtherHashes()
    {
        using var folder = Sources();
        var hashes = new List<string> { await HashAsync(folder) };

        File.Move(folder["app/a"], folder["app/b"]);
        hashes.Add(await HashAsync(folder));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder["app/b"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        hashes.Add(await HashAsync(folder));
        File.CreateSymbolicLink(folder["app/link"], "b");
        hashes.Add(await HashAsync(folder));
        File.Delete(folder["app/link"]);
        File.CreateSymbolicLink(folder["app/link"], "c");
        hashes.Add(await HashAsync(folder));
        File.Delete(folder["app/b"]);
        hashes.Add(await HashAsync(folder));

        Assert.Equal(hashes.Count, hashes.Distinct().Count());
    }

    [Fact]
    public async Task ThePlanTheDockerfileAndTheIgnoreFileCount()
    {
        using var folder = Sources();
        var hashes = new[]
        {
            await BuildInputs.HashAsync("p", "d", Ignored, folder.Root, TestContext.Current.CancellationToken),
            await BuildInputs.HashAsync("q", "d", Ignored, folder.Root, TestContext.Current.CancellationToken),
            await BuildInputs.HashAsync("p", "e", Ignored, folder.Root, TestContext.Current.CancellationToken),
            await BuildInputs.HashAsync("p", "d", "# more\n" + Ignored, folder.Root, TestContext.Current.CancellationToken),
            await BuildInputs.HashAsync("pd", "", Ignored, folder.Root, TestContext.Current.CancellationToken),
        };

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
    }

    [Fact]
    public async Task AFileIsKnownByItsContent()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["a"], "abc");

        Assert.Equal("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", await BuildInputs.HashFileAsync(folder["a"], TestContext.Current.CancellationToken));
    }

    private static TempFolder Sources()
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder["app"]);
        File.WriteAllText(folder["app/a"], "a");
        File.WriteAllText(folder["app/empty"], "");
        return folder;
    }

    private static Task<string> HashAsync(TempFolder folder) => BuildInputs.HashAsync("plan", "Dockerfile", Ignored, folder.Root, TestContext.Current.CancellationToken);
}

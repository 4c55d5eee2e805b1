using System.Diagnostics.CodeAnalysis;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Faults.Tests;

/// <summary>A disk that is full: one error that names the folder, nothing is lost, and with room the next publish succeeds.</summary>
public sealed class DiskFullTests
{
    private const int Size = 400_000;

    public static bool CanMount => SmallDisk.CanMount;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Enough for nothing, for the base alone, or for the archive's own base before it is unpacked.
    [Theory(SkipUnless = nameof(CanMount), Skip = "A small file system takes root on Linux.")]
    [InlineData(8, null)]
    [InlineData(600, null)]
    [InlineData(8, "base.tar.gz")]
    public async Task CSDK3018_TheCache(int kilobytes, string? basePath)
    {
        using var disk = SmallDisk.Mount(kilobytes);
        using var project = await ProjectAsync(disk["caches/containersdk"], basePath);

        var problem = await project.PublishAsync();

        Assert.StartsWith($"exit code 1: error CSDK3018: The cache '{project.Cache}' cannot be read or written: No space left on device : '{project.Cache}/", problem, StringComparison.Ordinal);
        Assert.EndsWith("'; make room there or correct its permissions, or set XDG_CACHE_HOME to another folder, then publish again\n", problem, StringComparison.Ordinal);
        Assert.Single(problem.TrimEnd().Split('\n'));
        CacheFolder.IsSoundAndTidy(project.Cache);
        Assert.False(File.Exists(project["obj/container/image.json"]));
        disk.Grow(8000);
        Assert.Equal("", await project.PublishAsync());
        Assert.True(File.Exists(project["out/api.tar"]));
    }

    [Theory(SkipUnless = nameof(CanMount), Skip = "A small file system takes root on Linux.")]
    [InlineData("api.tar")]
    [InlineData("api.tar.gz")]
    public async Task CSDK3015_TheArchive(string name)
    {
        using var disk = SmallDisk.Mount(600);
        using var project = await ProjectAsync(delivery: new ArchiveDelivery(disk[name]));
        await File.WriteAllTextAsync(disk[name], "older", Token);

        var problem = await project.PublishAsync();

        Assert.StartsWith($"exit code 1: error CSDK3015: ContainerArchiveOutputPath is '{disk[name]}', and the archive cannot be written: No space left on device : '{disk.Path}/", problem, StringComparison.Ordinal);
        Assert.Single(problem.TrimEnd().Split('\n'));
        Assert.Equal([disk[name]], Directory.GetFiles(disk.Path));
        Assert.Equal("older", await File.ReadAllTextAsync(disk[name], Token));
        disk.Grow(8000);
        Assert.Equal("", await project.PublishAsync());
        using var source = new ArchiveSource(disk[name], project["temporary"]);
        Assert.NotNull(await source.FindAsync("1", Token));
    }

    [Theory(SkipUnless = nameof(CanMount), Skip = "A small file system takes root on Linux.")]
    [InlineData(12, "")]
    [InlineData(600, "/image.tar")]
    public async Task CSDK3008_TheProjectsOwnFiles(int kilobytes, string file)
    {
        using var disk = SmallDisk.Mount(kilobytes);
        using var project = await ProjectAsync(delivery: null);
        // The plan lies elsewhere; what the engine writes beside it does not fit.
        Directory.CreateSymbolicLink(project["obj/container/embedded"], disk.Path);
        if (kilobytes < 100) await File.WriteAllBytesAsync(disk["other"], new byte[kilobytes * 1000], Token);

        var problem = await project.PublishAsync();

        Assert.StartsWith($"exit code 1: error CSDK3008: '{project[$"obj/container/embedded{file}"]}' cannot be read or written: No space left on device : '", problem, StringComparison.Ordinal);
        Assert.Single(problem.TrimEnd().Split('\n'));
        File.Delete(disk["other"]);
        disk.Grow(8000);
        Assert.Equal("", await project.PublishAsync());
        Assert.True(File.Exists(disk["image.tar"]));
    }

    private static Task<TestProject> ProjectAsync(string? cache = null, string? basePath = null) => ProjectAsync(new ArchiveDelivery("out/api.tar"), cache, basePath);

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "It belongs to the test.")]
    private static async Task<TestProject> ProjectAsync(Delivery? delivery, string? cache = null, string? basePath = null)
    {
        using var first = await TestProject.CreateAsync("registry.test/base:1", delivery, size: Size, basePath: basePath ?? "base.tar");
        var project = first.Copy(cache);
        await BaseImages.SaveAsync(BaseImages.Plain(Size).Build(), project[basePath ?? "base.tar"]);
        if (basePath is not null) await BaseImages.CompressAsync(project[basePath]);
        return project;
    }
}

using ContainerSdk.Images.Tests.Registries;
using ContainerSdk.Plan;
using Xunit;

namespace ContainerSdk.Faults.Tests;

public sealed class ConcurrentPublishTests
{
    [Fact]
    public async Task ProcessesShareTheCacheWithoutAWrongByte()
    {
        using var registry = new MemoryRegistry();
        await using var wire = new WireRegistry(registry);
        var basis = BaseImages.Plain(1_000_000);
        registry.Keep(basis, basis.Build());
        using var first = await TestProject.CreateAsync($"{wire.Name}/base:1", new ArchiveDelivery("api.tar"), $"{wire.Name}/api:1", 1_000_000);
        var projects = Enumerable.Range(0, Extent.Of(4, 20)).Select(_ => first.Copy(first.Cache)).ToArray();

        var problems = await Task.WhenAll(projects.Select(project => project.PublishAsync()));

        Assert.All(problems, problem => Assert.Equal("", problem));
        var expected = await File.ReadAllBytesAsync(projects[0]["api.tar"], TestContext.Current.CancellationToken);
        Assert.All(projects, project => Assert.Equal(expected, File.ReadAllBytes(project["api.tar"])));
        CacheFolder.IsSoundAndTidy(first.Cache);
        Array.ForEach(projects, project => project.Dispose());
    }
}

using ContainerSdk.EndToEnd.Tests.Feeds;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

public sealed class PrivateFeedTests
{
    [DockerFact]
    public async Task APasswordOfTheEnvironmentReachesRestoreAndNothingElse()
    {
        using var workspace = new Workspace();
        var password = "pw" + Guid.NewGuid().ToString("n");
        await using var feed = await PackageFeed.StartAsync(PrivatePackage.Pack(workspace), password, null);
        var folder = PrivatePackage.WriteProject(workspace, "feed-variable", feed.Index,
            """<ContainerSecret Include="feed" EnvironmentVariable="FEED_PASSWORD" />""", PrivatePackage.Credentials("%FEED_PASSWORD%"));

        workspace.DotNet(folder, new Dictionary<string, string> { ["FEED_PASSWORD"] = password }, "publish", "-v:diagnostic", "-bl").Expect();
        Assert.True(feed.WasReadByABuild);
    }
}

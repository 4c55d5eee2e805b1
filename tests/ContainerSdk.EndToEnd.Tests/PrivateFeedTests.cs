using System.Text.RegularExpressions;
using ContainerSdk.EndToEnd.Tests.Feeds;
using ContainerSdk.EndToEnd.Tests.Secrets;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>
/// A package that only a feed with a password has, three ways to let the builder in, and a search for the password in everything that a publish leaves
/// behind. <see cref="SecretSearchTests"/> shows that the search would find it.
/// </summary>
public sealed partial class PrivateFeedTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _password = "pw" + Guid.NewGuid().ToString("n");
    private readonly Dictionary<string, string> _environment = [];

    [DockerFact]
    public async Task APasswordOfTheEnvironmentIsKeptNowhere()
    {
        await using var feed = await PackageFeed.StartAsync(PrivatePackage.Pack(_workspace), _password, null);
        _environment["FEED_PASSWORD"] = _password;
        var folder = PrivatePackage.WriteProject(_workspace, "feed-variable", """<ContainerSecret Include="feed" EnvironmentVariable="FEED_PASSWORD" />""");
        _workspace.Write("feed-variable/nuget.config", PrivatePackage.Configuration(feed.Index, "%FEED_PASSWORD%"));

        AssertPublishKeepsNothing(feed, folder);
    }

    [DockerFact]
    public async Task APasswordOfTheProjectsNuGetConfigIsKeptNowhere()
    {
        await using var feed = await PackageFeed.StartAsync(PrivatePackage.Pack(_workspace), _password, null);
        var folder = PrivatePackage.WriteProject(_workspace, "feed-config", """<ContainerSecret Include="config" Path="nuget.config" InContext="true" />""");
        _workspace.Write("feed-config/nuget.config", PrivatePackage.Configuration(feed.Index, _password));

        AssertPublishKeepsNothing(feed, folder);
    }

    [DockerFact]
    public async Task APasswordOfTheUsersNuGetConfigIsKeptNowhere()
    {
        await using var feed = await PackageFeed.StartAsync(PrivatePackage.Pack(_workspace), _password, null);
        _environment["DOCKER_CONFIG"] = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker");
        _environment["HOME"] = Path.Combine(_workspace.Root, "home");
        var folder = PrivatePackage.WriteProject(
            _workspace, "feed-user", """<ContainerSecret Include="user" Path="~/.nuget/NuGet/NuGet.Config" TargetPath="/root/.nuget/NuGet/NuGet.Config" />""");
        _workspace.Write("home/.nuget/NuGet/NuGet.Config", PrivatePackage.Configuration(feed.Index, _password));

        AssertPublishKeepsNothing(feed, folder);
    }

    public void Dispose() => _workspace.Dispose();

    private void AssertPublishKeepsNothing(PackageFeed feed, string folder)
    {
        var (name, search) = (Path.GetFileName(folder), new SecretSearch(_password, feed.Credentials));
        var log = Path.Combine(_workspace.Root, "publish.binlog");

        var result = _workspace.DotNet(folder, _environment, "publish", "-v:diagnostic", $"-bl:{log}").Expect();

        Assert.True(feed.WasReadByABuild, string.Join('\n', feed.Answers));
        Assert.Equal("Hello from a private package\n", Docker.Run("run", "--rm", name) + "\n");
        Assert.Empty(search.PlacesInImage(name));
        Assert.Empty(search.PlacesInImage(Builder(feed, folder, result.Output)));
        foreach (var file in new[] { "Dockerfile", "Dockerfile.dockerignore", "inputs.json", "plan.json", "image.json" })
            Assert.True(File.Exists(Path.Combine(folder, "obj/Release/net10.0/container", file)), file);
        Assert.Empty(search.FilesIn(Path.Combine(folder, "obj")));
        Assert.False(search.IsIn(result.Output));
        Assert.Contains($"{name}.csproj", string.Concat(SecretSearch.FilesInBinaryLog(log)), StringComparison.Ordinal);
        Assert.False(search.IsInFile(log));
        _workspace.Passed = true;
    }

    // The builder stage as an image of its own, by the publish's own command. All of it comes from the engine's cache, so these are the layers that the publish made.
    private string Builder(PackageFeed feed, string folder, string log)
    {
        var (tag, answers) = (Path.GetFileName(folder) + "-builder", feed.Answers.Count);
        CommandLine.Run(folder, _environment, "sh", "-c", $"{BuildCommand().Match(log).Value} --target build --tag {tag}").Expect();
        Assert.Equal(answers, feed.Answers.Count);
        return tag;
    }

    [GeneratedRegex(@"docker buildx build .*?(?= \(TaskId:)")]
    private static partial Regex BuildCommand();
}

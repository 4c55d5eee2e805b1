using Xunit;

namespace ContainerSdk.Engines.Tests;

/// <summary>Names come last, all of them or a sentence about it; and an image that is there need not be made again.</summary>
public sealed class DockerEngineTagTests
{
    private static readonly BuiltImage Image = new([Requests.Image("api:1.4"), Requests.Image("localhost:5000/api:latest")], "sha256:aa", null, 1, [], "", "{}");

    [Fact]
    public async Task GivesTheNamesInOrder()
    {
        using var docker = new FakeDocker("exit 0");
        var reporter = new RecordingReporter();

        Assert.Equal(new ImagePlace($"local registry via '{docker.Command}'", null), await docker.Engine.TagAsync(Requests.Plain, Image, reporter, TestContext.Current.CancellationToken));

        Assert.Equal(["tag sha256:aa docker.io/library/api:1.4", "tag sha256:aa localhost:5000/api:latest"], docker.Calls);
        Assert.Equal("", reporter.Text);
    }

    [Fact]
    public async Task GivesTheOtherNamesEvenIfTheUserCancelsAtTheFirst()
    {
        using var docker = new FakeDocker("while [ ! -e \"$0.cancelled\" ]; do sleep 0.01; done");
        using var cancellation = new CancellationTokenSource();

        var tagging = docker.Engine.TagAsync(Requests.Plain, Image, new RecordingReporter(), cancellation.Token);
        while (!File.Exists(docker.Command + ".calls")) await Task.Yield();
        await cancellation.CancelAsync();
        await File.WriteAllTextAsync(docker.Command + ".cancelled", "", TestContext.Current.CancellationToken);

        Assert.NotNull(await tagging);
        Assert.Equal(2, docker.Calls.Length);
    }

    [Fact]
    public async Task GivesNoNameAfterTheUserCancelled()
    {
        using var docker = new FakeDocker("exit 0");

        await Assert.ThrowsAsync<OperationCanceledException>(() => docker.Engine.TagAsync(Requests.Plain, Image, new RecordingReporter(), new CancellationToken(canceled: true)));

        Assert.False(File.Exists(docker.Command + ".calls"));
    }

    [Fact]
    public async Task CSDK3014_ANameThatTheEngineRefuses()
    {
        using var docker = new FakeDocker("echo 'Error response from daemon: No such image: sha256:aa' >&2; exit 1");
        var reporter = new RecordingReporter();

        Assert.Null(await docker.Engine.TagAsync(Requests.Plain, Image, reporter, TestContext.Current.CancellationToken));

        Assert.Equal(
            ["error CSDK3014: The image is built (sha256:aa), but cannot be tagged 'docker.io/library/api:1.4': Error response from daemon: No such image: sha256:aa; tag it with 'docker tag', or publish again"],
            reporter.Diagnostics.Select(diagnostic => diagnostic.ToString()));
        Assert.Single(docker.Calls);
    }

    [Theory]
    [InlineData("sha256:aa", "sha256:aa", "sha256:aa", true)]
    [InlineData("sha256:aa", "sha256:aa", "sha256:bb", false)]
    [InlineData("sha256:aa", "sha256:bb", "sha256:aa", false)]
    public async Task AnImageIsFoundIfEveryNameStandsForIt(string id, string first, string second, bool expected)
    {
        using var docker = new FakeDocker($"echo '[{Described(id)},{Described(first)},{Described(second)}]'");

        var image = await docker.Engine.FindAsync("sha256:aa", Image.References, TestContext.Current.CancellationToken);

        Assert.Equal(expected ? "sha256:aa" : null, image?.Id);
        Assert.Equal(["image inspect sha256:aa docker.io/library/api:1.4 localhost:5000/api:latest"], docker.Calls);
    }

    [Theory]
    [InlineData("echo '[]'; echo 'Error: No such image' >&2; exit 1")]
    [InlineData("echo 'Cannot connect to the Docker daemon' >&2; exit 1")]
    [InlineData("echo 'no JSON'")]
    [InlineData("echo '[]'")]
    public async Task AnImageThatTheEngineDoesNotDescribeIsNotFound(string script)
    {
        using var docker = new FakeDocker(script);

        Assert.Null(await docker.Engine.FindAsync("sha256:aa", Image.References, TestContext.Current.CancellationToken));
    }

    private static string Described(string id) => $$"""{ "Id": "{{id}}", "Config": {}, "Architecture": "amd64", "Os": "linux", "Size": 1, "RootFS": { "Layers": [] } }""";
}

using System.Collections.Immutable;
using ContainerSdk.Engines.Docker;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class DockerConfigurationTests
{
    [Theory]
    [InlineData(null, """{"auths":{"localhost:5000":{"auth":"bWU6c2VjcmV0"}}}""")]
    [InlineData("not JSON", """{"auths":{"localhost:5000":{"auth":"bWU6c2VjcmV0"}}}""")]
    [InlineData("""{"auths":{"example.com":{"auth":"eDp5"}},"currentContext":"far","proxies":{}}""",
        """{"auths":{"example.com":{"auth":"eDp5"},"localhost:5000":{"auth":"bWU6c2VjcmV0"}},"currentContext":"far","proxies":{}}""")]
    [InlineData("""{"auths":{"localhost:5000":{"auth":"old"}}}""", """{"auths":{"localhost:5000":{"auth":"bWU6c2VjcmV0"}}}""")]
    [InlineData("""{"credsStore":"desktop"}""", """{"credsStore":"desktop","auths":{"localhost:5000":{"auth":"bWU6c2VjcmV0"}},"credHelpers":{"localhost:5000":""}}""")]
    [InlineData("""{"credHelpers":{"localhost:5000":"pass","gcr.io":"gcloud"}}""",
        """{"credHelpers":{"localhost:5000":"","gcr.io":"gcloud"},"auths":{"localhost:5000":{"auth":"bWU6c2VjcmV0"}}}""")]
    public void TheLoginIsAddedToTheUsersOwnConfiguration(string? original, string expected)
    {
        using var folder = new TempFolder();
        if (original is not null) File.WriteAllText(folder["config.json"], original);

        using var configuration = DockerConfiguration.With(Logins("localhost:5000", "me", "secret"), folder.Root);

        Assert.Equal(expected, File.ReadAllText(Path.Combine(configuration.Environment["DOCKER_CONFIG"], "config.json")));
        Assert.Equal(original, File.Exists(folder["config.json"]) ? File.ReadAllText(folder["config.json"]) : null);
    }

    [Theory]
    [InlineData("docker.io", "me", """{"auths":{"https://index.docker.io/v1/":{"auth":"bWU6c2VjcmV0"}}}""")]
    [InlineData("example.com", "<token>", """{"auths":{"example.com":{"auth":"PHRva2VuPjo=","identitytoken":"secret"}}}""")]
    public void DockersHubAndTokensHaveSpellingsOfTheirOwn(string registry, string user, string expected)
    {
        using var configuration = DockerConfiguration.With(Logins(registry, user, "secret"), "/nonexistent");

        Assert.Equal(expected, File.ReadAllText(Path.Combine(configuration.Environment["DOCKER_CONFIG"], "config.json")));
    }

    [Fact]
    public void WhatElseTheUserHasIsThereAndStaysWhenTheFolderGoes()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder["contexts/meta"]);
        File.WriteAllText(folder["contexts/meta/far.json"], "{}");
        File.WriteAllText(folder["daemon.json"], "{}");
        string made;

        using (var configuration = DockerConfiguration.With(Logins("localhost:5000", "me", "secret"), folder.Root))
        {
            made = configuration.Environment["DOCKER_CONFIG"];
            Assert.Equal("{}", File.ReadAllText(Path.Combine(made, "contexts/meta/far.json")));
            Assert.Equal("{}", File.ReadAllText(Path.Combine(made, "daemon.json")));
        }

        Assert.False(Directory.Exists(made));
        Assert.Equal("{}", File.ReadAllText(folder["contexts/meta/far.json"]));
        Assert.Equal("{}", File.ReadAllText(folder["daemon.json"]));
    }

    [Fact]
    public void NobodyElseCanReadIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no modes on Windows.");
        if (OperatingSystem.IsWindows()) return;
        using var configuration = DockerConfiguration.With(Logins("localhost:5000", "me", "secret"), "/nonexistent");

        var folder = configuration.Environment["DOCKER_CONFIG"];
        Assert.Equal("700", Convert.ToString((int)File.GetUnixFileMode(folder), 8));
        Assert.Equal("600", Convert.ToString((int)File.GetUnixFileMode(Path.Combine(folder, "config.json")), 8));
    }

    [Theory]
    [InlineData("exit 0")]
    [InlineData("exit 1")]
    [InlineData("sleep 60 & wait")]
    public async Task DockerReadsItAndNothingIsLeftOfIt(string end)
    {
        using var docker = new FakeDocker($"""[ "$1" = push ] || exit 1; echo "$DOCKER_CONFIG" > "$0.folder"; cat "$DOCKER_CONFIG/config.json" > "$0.read"; touch "$0.started"; {end}""");
        using var cancellation = new CancellationTokenSource();
        var pushing = docker.Engine.PushAsync(Requests.Plain with { Logins = Logins("localhost:5000", "me", "secret") }, Requests.Image("localhost:5000/api:1"), new RecordingReporter(), cancellation.Token);
        while (!File.Exists(docker.Command + ".started")) await Task.Yield();
        if (end.StartsWith("sleep", StringComparison.Ordinal)) await cancellation.CancelAsync();

        await Record.ExceptionAsync(() => pushing);

        Assert.Contains("\"localhost:5000\":{\"auth\":\"bWU6c2VjcmV0\"}", await File.ReadAllTextAsync(docker.Command + ".read", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(Directory.Exists((await File.ReadAllTextAsync(docker.Command + ".folder", TestContext.Current.CancellationToken)).Trim()));
        Assert.All(docker.Calls, call => Assert.DoesNotContain("secret", call, StringComparison.Ordinal));
    }

    private static ImmutableArray<RegistryLogin> Logins(string registry, string user, string password) =>
        [RegistryLogin.ToPush(registry, name => name.EndsWith("_UNAME", StringComparison.Ordinal) ? user : password, diagnostic => Assert.Fail(diagnostic.ToString()))!];
}

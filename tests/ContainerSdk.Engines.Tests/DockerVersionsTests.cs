using ContainerSdk.Engines.Docker;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class DockerVersionsTests
{
    private const string Builder = """
        Name:          remote
        Driver:        docker-container
        Last Activity: 2026-11-21 05:55:00 +0000 UTC

        Nodes:
        Name:             remote0
        Endpoint:         tcp://builder:1234
        Status:           running
        BuildKit version: v0.25.2
        Platforms:        linux/amd64, linux/386
        """;

    [Theory]
    [InlineData("20.10.24+dfsg1\n", "20.10.24")]
    [InlineData("28.5.2-rc.1", "28.5.2")]
    [InlineData("v0.8+unknown", "0.8")]
    [InlineData("github.com/docker/buildx 0.13.1+ds1 0.13.1+ds1-3", "0.13.1")]
    [InlineData("github.com/docker/buildx v0.29.1-desktop.1 1.2.3.4", "0.29.1")]
    [InlineData("", "0.0")]
    [InlineData("\n", "0.0")]
    [InlineData("v28", "0.0")]
    [InlineData("unknown", "0.0")]
    public void ReadsTheFirstVersion(string text, string expected) => Assert.Equal(Version.Parse(expected), DockerVersions.Read(text));

    [Theory]
    [InlineData("Name", "remote")]
    [InlineData("Driver", "docker-container")]
    [InlineData("Endpoint", "tcp://builder:1234")]
    [InlineData("Buildkit version", "v0.25.2")]
    [InlineData("Error", "")]
    [InlineData("", "")]
    public void ReadsTheFirstFieldOfTheName(string name, string expected) => Assert.Equal(expected, DockerVersions.Field(Builder, name));

    [Fact]
    public void ReadsFieldsBetweenCarriageReturns() => Assert.Equal("docker", DockerVersions.Field("Name: default\r\nDriver: docker\r\n", "Driver"));

    [Theory]
    [InlineData("19.3.15", "0.0")]
    [InlineData("20.10.24", "0.8")]
    [InlineData("23.0.6", "0.10")]
    [InlineData("24.0.9", "0.11")]
    [InlineData("25.0.5", "0.12")]
    [InlineData("26.1.5", "0.13")]
    [InlineData("27.0.3", "0.14")]
    [InlineData("27.3.1", "0.16")]
    [InlineData("27.5.1", "0.17")]
    [InlineData("28.5.2", "0.20")]
    [InlineData("29.0.0", "0.25")]
    [InlineData("31.2.0", "0.25")]
    public void KnowsTheBuildKitInsideAnEngine(string engine, string expected) =>
        Assert.Equal(Version.Parse(expected), DockerVersions.BuildKitOf(Version.Parse(engine)));
}

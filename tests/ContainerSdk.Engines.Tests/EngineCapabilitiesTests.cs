using ContainerSdk.Dockerfiles;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class EngineCapabilitiesTests
{
    [Theory]
    [InlineData("0.0", DockerfileDialect.Portable)]
    [InlineData("0.8", DockerfileDialect.Portable)]
    [InlineData("0.15.2", DockerfileDialect.Portable)]
    [InlineData("0.16", DockerfileDialect.BuildKit)]
    [InlineData("0.16.0", DockerfileDialect.BuildKit)]
    [InlineData("0.25.2", DockerfileDialect.BuildKit)]
    [InlineData("1.0", DockerfileDialect.BuildKit)]
    public void ChoosesTheRichestDialectThatTheBuilderReads(string buildKit, DockerfileDialect expected) =>
        Assert.Equal(expected, new EngineCapabilities("docker 28.5.2", "builder 'default' (docker)", Version.Parse(buildKit)).Dialect);

    [Fact]
    public void NamesEngineBuilderAndBuildKit() => Assert.Equal(
        "docker 28.5.2, builder 'default' (docker), BuildKit 0.25.2",
        new EngineCapabilities("docker 28.5.2", "builder 'default' (docker)", new Version(0, 25, 2)).ToString());
}

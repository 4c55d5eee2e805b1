using ContainerSdk.Engines.Processes;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class ProcessCommandTests
{
    [Fact]
    public void ShowsPlainWordsAsTheyAre() => Assert.Equal(
        "docker buildx build --tag localhost:5000/team/api:1.4 --platform=linux/amd64,linux/arm64 a+b@c_d .",
        new ProcessCommand("docker", ["buildx", "build", "--tag", "localhost:5000/team/api:1.4", "--platform=linux/amd64,linux/arm64", "a+b@c_d", "."]).ToString());

    [Fact]
    public void ShowsWordsThatAShellWouldSplitOrExpandInQuotes() => Assert.Equal(
        """'/my tools/docker' '' 'a b' '$HOME' '{{.Id}}' 'it'\''s' '*' '"' '\' ';'""",
        new ProcessCommand("/my tools/docker", ["", "a b", "$HOME", "{{.Id}}", "it's", "*", "\"", "\\", ";"]).ToString());
}

using System.Text.Json;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>What other tools read after a publish.</summary>
public sealed class OutputTests
{
    [DockerFact]
    public void TheResultsDescribeTheImage()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");

        var output = workspace.DotNet(folder, "publish", "-t:PublishContainer", "-p:ContainerRepository=outputs", "-p:ContainerImageTags=1.0 latest", "-p:ContainerRegistry=localhost:5000",
            "-getProperty:GeneratedContainerConfiguration", "-getItem:GeneratedContainer").Expect().Output;

        using var results = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        using var configuration = JsonDocument.Parse(results.RootElement.GetProperty("Properties").GetProperty("GeneratedContainerConfiguration").GetString()!);
        Assert.Equal(["8080/tcp"], configuration.RootElement.GetProperty("config").GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name));
        var items = results.RootElement.GetProperty("Items").GetProperty("GeneratedContainer").EnumerateArray().ToArray();
        Assert.Equal(["localhost:5000/outputs:1.0", "localhost:5000/outputs:latest"], items.Select(item => item.GetProperty("Identity").GetString()));
        var id = Docker.Run("image", "inspect", "--format", "{{.Id}}", "localhost:5000/outputs:latest").Trim();
        Assert.All(items, item => Assert.Equal(id, item.GetProperty("Id").GetString()));
        using var image = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "obj/container/image.json")));
        Assert.Equal(id, image.RootElement.GetProperty("id").GetString());
        Assert.Equal("1654:1654", image.RootElement.GetProperty("user").GetString());
        workspace.Passed = true;
    }

    [DockerFact]
    public void TwoPublishesInTwoFoldersAreOneImage()
    {
        var ids = new[] { "a", "b" }.Select(tag =>
        {
            using var workspace = new Workspace();
            var folder = workspace.CopySample("hello-api");
            workspace.DotNet(folder, "publish", "-p:ContainerRepository=twice", $"-p:ContainerImageTag={tag}").Expect();
            workspace.Passed = true;
            return Docker.Run("image", "inspect", "--format", "{{.Id}}", $"twice:{tag}").Trim();
        }).ToArray();

        Assert.Equal(ids[0], ids[1]);
    }
}

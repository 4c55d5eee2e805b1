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

        var output = workspace.DotNet(folder, "publish", "-t:PublishContainer", "-p:ContainerRepository=outputs", "-p:ContainerImageTags=1.0 latest",
            "-getProperty:GeneratedContainerDigest", "-getProperty:ContainerBaseRegistry", "-getProperty:ContainerBaseName", "-getProperty:ContainerBaseTag", "-getProperty:ContainerBaseDigest",
            "-getItem:GeneratedContainer", "-getItem:GeneratedContainerName", "-getItem:ContainerImageTags").Expect().Output;

        using var results = JsonDocument.Parse(output);
        var id = Docker.Run("image", "inspect", "--format", "{{.Id}}", "outputs:latest").Trim();
        Assert.Equal(
            ["ContainerBaseDigest=", "ContainerBaseName=library/alpine", "ContainerBaseRegistry=docker.io", "ContainerBaseTag=3.22"],
            results.RootElement.GetProperty("Properties").EnumerateObject().Where(property => property.Name.StartsWith("ContainerBase", StringComparison.Ordinal)).Select(property => $"{property.Name}={property.Value}").Order(StringComparer.Ordinal));
        var items = Items("GeneratedContainer");
        Assert.Equal(["docker.io/library/outputs:1.0", "docker.io/library/outputs:latest"], items.Select(Identity));
        Assert.Equal(items.Select(Identity), Items("GeneratedContainerName").Select(Identity));
        Assert.Equal(["1.0", "latest"], Items("ContainerImageTags").Select(Identity));
        Assert.All(items, item => Assert.Equal(id, item.GetProperty("Id").GetString()));
        using var image = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "obj/container/image.json")));
        Assert.Equal(id, image.RootElement.GetProperty("id").GetString());
        Assert.Equal("1654:1654", image.RootElement.GetProperty("user").GetString());
        // In a store without manifests the digest is the id, so that either can be run.
        Assert.Equal(results.RootElement.GetProperty("Properties").GetProperty("GeneratedContainerDigest").GetString(), id);
        workspace.Passed = true;

        JsonElement[] Items(string name) => [.. results.RootElement.GetProperty("Items").GetProperty(name).EnumerateArray()];
        static string? Identity(JsonElement item) => item.GetProperty("Identity").GetString();
    }

    // As azd asks: nothing but the JSON may be printed.
    [DockerFact]
    public void TheConfigurationAloneIsCleanJsonWithItsPorts()
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");
        string[] arguments = ["publish", "-r", "linux-x64", "-t:PublishContainer", "-p:ContainerRepository=outputs", "--getProperty:GeneratedContainerConfiguration"];

        var first = workspace.DotNet(folder, arguments).Expect().Output;
        var second = workspace.DotNet(folder, arguments).Expect().Output;

        using var configuration = JsonDocument.Parse(first);
        Assert.Equal(["8080/tcp"], configuration.RootElement.GetProperty("config").GetProperty("ExposedPorts").EnumerateObject().Select(port => port.Name));
        Assert.Equal("linux", configuration.RootElement.GetProperty("os").GetString());
        Assert.Equal(first, second);
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

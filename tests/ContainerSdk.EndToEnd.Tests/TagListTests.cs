using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Lists of tags as a shell, dotnet and MSBuild hand them on. What MSBuild itself refuses never reaches a target.</summary>
public sealed class TagListTests
{
    [Theory]
    [InlineData("dotnet publish -t:ContainerPlan '-p:ContainerImageTags=1.0 latest'")]
    [InlineData("dotnet publish -t:ContainerPlan -p:ContainerImageTags=1.0%3Blatest")]
    [InlineData("dotnet publish -t:ContainerPlan -p:ContainerImageTags=1.0%2Clatest")]
    [InlineData("dotnet publish -t:ContainerPlan -p:ContainerImageTags=1.0%20latest")]
    [InlineData("dotnet publish -t:ContainerPlan '-p:ContainerImageTags=\"1.0;latest\"'")]
    [InlineData("dotnet publish -t:ContainerPlan '-p:ContainerImageTags=\"1.0,latest\"'")]
    [InlineData("dotnet publish -t:ContainerPlan -p:ContainerImageTags=\\\"1.0\\;latest\\\"")]
    [InlineData("dotnet msbuild -t:ContainerPlan '-p:ContainerImageTags=\"1.0;latest\"'")]
    [InlineData("dotnet msbuild -t:ContainerPlan -p:ContainerImageTags=1.0%3Blatest")]
    [InlineData("ContainerImageTags='1.0;latest' dotnet publish -t:ContainerPlan")]
    [InlineData("ContainerImageTags='1.0,latest' dotnet publish -t:ContainerPlan")]
    [InlineData("ContainerImageTag='1.0 latest' dotnet publish -t:ContainerPlan")]
    public void AListIsTheSameHoweverItGetsThroughTheShell(string command)
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");

        CommandLine.Run(folder, "sh", "-c", command + " -p:ContainerOnPublish=false -p:ContainerRepository=e2e-tags").Expect();

        var plan = ContainerSdk.Plan.PlanJson.Read(File.ReadAllText(Path.Combine(folder, "obj/container/plan.json")));
        Assert.Equal(["docker.io/library/e2e-tags:1.0", "docker.io/library/e2e-tags:latest"], plan.Destinations.Select(name => name.ToString()));
        workspace.Passed = true;
    }

    // MSBuild takes what follows the separator for another property.
    [Theory]
    [InlineData("-p:ContainerImageTags=1.0\\;latest")]
    [InlineData("'-p:ContainerImageTags=1.0;latest'")]
    [InlineData("-p:ContainerImageTags=1.0,latest")]
    public void ABareSeparatorIsMSBuildsOwn(string argument)
    {
        using var workspace = new Workspace();
        var folder = workspace.CopySample("hello-go");

        var result = CommandLine.Run(folder, "sh", "-c", $"dotnet publish -t:ContainerPlan {argument}").Expect(1);

        Assert.Equal(["MSBUILD : error MSB1006: Property is not valid."], result.LinesWith("error"));
        workspace.Passed = true;
    }
}

using Xunit;

namespace ContainerSdk.Tasks.Tests;

/// <summary>The engine on PATH is <see cref="FakeDocker"/>.</summary>
public sealed class CheckContainerReceiptTests
{
    [Fact]
    public void WithoutAReceiptThereIsAllToDo()
    {
        using var project = new PublishedProject();

        Assert.Equal((false, null), project.Check());
    }

    [Fact]
    public void AfterAPublishThereIsNothingToDo()
    {
        using var project = new PublishedProject().Built();

        Assert.Equal((true, "Portable"), project.Check());
        project.WritePlan();
        Assert.Equal((true, "Portable"), project.Check("portable"));
    }

    [Fact]
    public void AChangedSourceIsBuilt()
    {
        using var project = new PublishedProject().Built();
        File.WriteAllText(project.Folder["main.go"], "package main");

        Assert.Equal((false, null), project.Check());
    }

    [Fact]
    public void AnotherDialectIsBuilt()
    {
        using var project = new PublishedProject().Built();

        Assert.Equal((false, "BuildKit"), project.Check("BuildKit"));
    }

    [Fact]
    public void AnotherPlanIsBuilt()
    {
        using var project = new PublishedProject().Built();
        project.WritePlan([SmallPlan.Property("ContainerUser", "1000")], []);

        Assert.Equal((false, null), project.Check());
    }

    [Fact]
    public void AnImageThatTheEngineLostIsBuilt()
    {
        using var project = new PublishedProject(("ContainerRegistry", "lost:5000")).Built();

        Assert.Equal((false, null), project.Check());
    }

    [Theory]
    [InlineData("receipt.json", "")]
    [InlineData("receipt.json", "{ \"schemaVersion\": 1 }")]
    [InlineData("image.json", "")]
    [InlineData("image.json", "{}")]
    [InlineData("image.json", null)]
    [InlineData("receipt.json", null)]
    public void WithoutAllThatAPublishLeavesThereIsAllToDo(string name, string? text)
    {
        using var project = new PublishedProject().Built();
        if (text is null) File.Delete(project.Folder["obj/container/" + name]);
        else File.WriteAllText(project.Folder["obj/container/" + name], text);

        Assert.Equal((false, null), project.Check());
    }

    [Fact]
    public void TheFactsOfAnotherImageDoNotBelongToTheReceipt()
    {
        using var project = new PublishedProject().Built();
        var image = project.Folder["obj/container/image.json"];
        File.WriteAllText(image, File.ReadAllText(image).Replace($"\"id\": \"{PublishedProject.Id}\"", "\"id\": \"sha256:00\"", StringComparison.Ordinal));

        Assert.Equal((false, null), project.Check());
    }
}

using Microsoft.Build.Framework;
using Xunit;

namespace ContainerSdk.Tasks.Tests;

public sealed class TagContainerImageTests
{
    [Fact]
    public void WritesTheReceiptOfWhatWasTagged()
    {
        using var project = new PublishedProject().Built();

        var receipt = project.Receipt!;
        Assert.Matches("^sha256:[0-9a-f]{64}$", receipt.Inputs);
        Assert.Equal((PublishedProject.Id, "Portable"), (receipt.Image, receipt.Dialect));
        Assert.Equal(["docker.io/library/api:1.4", "docker.io/library/api:latest"], receipt.Names);
        Assert.Empty(receipt.Pushes);
        Assert.Null(receipt.Archive);
    }

    [Fact]
    public void SaysWhatTheDotNetSdkSaysOfALocalImage()
    {
        using var project = new PublishedProject().Built();

        Assert.True(project.Folder.Execute(new TagContainerImage { PlanPath = "obj/container/plan.json", ImagePath = "obj/container/image.json", ReceiptPath = "obj/container/receipt.json" }));

        Assert.Equal(
            [
                (MessageImportance.Normal, "Pushed image 'api:1.4' to local registry via 'docker'."),
                (MessageImportance.Normal, "Pushed image 'api:latest' to local registry via 'docker'."),
            ],
            project.Folder.Log.Messages);
    }

    [Fact]
    public void WithoutAHashOfTheInputsThereIsNoReceipt()
    {
        using var project = new PublishedProject().Built();
        var image = project.Folder["obj/container/image.json"];
        File.WriteAllText(image, File.ReadAllText(image).Replace("\"inputs\": \"sha256:", "\"unknown\": \"", StringComparison.Ordinal));

        Assert.True(project.Folder.Execute(new TagContainerImage { PlanPath = "obj/container/plan.json", ImagePath = "obj/container/image.json", ReceiptPath = "obj/container/receipt.json" }));

        Assert.Null(project.Receipt);
    }
}

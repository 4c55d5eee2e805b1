using Xunit;

namespace ContainerSdk.Tasks.Tests;

public sealed class CancellationTests
{
    public static TheoryData<string> Tasks =>
    [
        nameof(WriteContainerPlan), nameof(WriteDockerfile), nameof(ProbeContainerEngine), nameof(BuildContainerImage), nameof(TagContainerImage), nameof(DeliverContainerImage),
        nameof(CheckContainerReceipt), nameof(ReadContainerResults),
    ];

    [Theory]
    [MemberData(nameof(Tasks))]
    public void ATaskCancelledBeforeItRunsDoesNothingAndReportsNothing(string name)
    {
        using var folder = new ProjectFolder();
        folder.WritePlan();
        folder.Log.Messages.Clear();
        File.Delete(folder["obj/container/inputs.json"]);
        var task = Create(name, folder);
        task.Cancel();

        Assert.False(folder.Execute(task));

        Assert.Empty(folder.Log.Problems);
        Assert.Empty(folder.Log.Messages);
        Assert.Equal(["obj/container/plan.json"], folder.Files);
    }

    private static ContainerTask Create(string name, ProjectFolder folder) => name switch
    {
        nameof(WriteContainerPlan) => new WriteContainerPlan { Properties = SmallPlan.Properties(folder.Root), Items = SmallPlan.Items(folder.Root), PlanPath = "obj/container/plan.json" },
        nameof(WriteDockerfile) => new WriteDockerfile { PlanPath = "obj/container/plan.json", DockerfilePath = "obj/container/Dockerfile" },
        nameof(ProbeContainerEngine) => new ProbeContainerEngine(),
        nameof(TagContainerImage) => new TagContainerImage { PlanPath = "obj/container/plan.json", ImagePath = "obj/container/image.json", ReceiptPath = "obj/container/receipt.json" },
        nameof(DeliverContainerImage) => new DeliverContainerImage { PlanPath = "obj/container/plan.json", DockerfilePath = "obj/container/Dockerfile", ImagePath = "obj/container/image.json", ReceiptPath = "obj/container/receipt.json" },
        nameof(CheckContainerReceipt) => new CheckContainerReceipt { PlanPath = "obj/container/plan.json", ImagePath = "obj/container/image.json", ReceiptPath = "obj/container/receipt.json" },
        nameof(ReadContainerResults) => new ReadContainerResults { PlanPath = "obj/container/plan.json", ImagePath = "obj/container/image.json" },
        _ => new BuildContainerImage { PlanPath = "obj/container/plan.json", DockerfilePath = "obj/container/Dockerfile", ImagePath = "obj/container/image.json" },
    };
}

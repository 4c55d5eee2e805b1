using ContainerSdk.Engines.Receipts;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks.Tests;

/// <summary>The steps of a publish, one after the other, as the targets run them.</summary>
internal sealed class PublishedProject : IDisposable
{
    public const string Id = "sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f";
    public const string Pushed = "sha256:640359038e6ea5ed47c997fa6214927e07ad63edc11b671f50e5cfbf97c56f79";

    private readonly (string Name, string Value)[] _properties;

    public PublishedProject(params (string Name, string Value)[] properties)
    {
        _properties = properties;
        File.WriteAllText(Path.Combine(Folder.Context, "docker.sh"), "exit 0");
        WritePlan();
    }

    public ProjectFolder Folder { get; } = new();

    public string ReceiptPath => Folder["obj/container/receipt.json"];

    public Receipt? Receipt => File.Exists(ReceiptPath) ? Receipt.FromJson(File.ReadAllText(ReceiptPath)) : null;

    /// <summary>The messages that a user sees without asking for more.</summary>
    public IEnumerable<string?> Said => Folder.Log.Messages.Where(message => message.Importance == MessageImportance.High).Select(message => message.Text);

    /// <summary>The messages that a user sees who asked for them.</summary>
    public IEnumerable<string?> Noted => Folder.Log.Messages.Where(message => message.Importance == MessageImportance.Normal).Select(message => message.Text);

    public void WritePlan() => WritePlan([], []);

    /// <summary>Writes the plan anew, with more properties or items.</summary>
    public void WritePlan(IEnumerable<ITaskItem> moreProperties, IEnumerable<ITaskItem> moreItems) => Folder.WritePlan(
        [.. _properties.Select(property => SmallPlan.Property(property.Name, property.Value)), .. moreProperties],
        [SmallPlan.Item("ContainerSourceExclude", Folder.Root + "/", ("Pattern", "obj")), .. moreItems]);

    /// <summary>Builds and tags.</summary>
    public PublishedProject Built()
    {
        Folder.WriteDockerfile();
        Run(new BuildContainerImage { PlanPath = "obj/container/plan.json", DockerfilePath = "obj/container/Dockerfile", ImagePath = "obj/container/image.json" });
        Run(new TagContainerImage { PlanPath = "obj/container/plan.json", ImagePath = "obj/container/image.json", ReceiptPath = "obj/container/receipt.json", Dialect = "Portable" });
        Folder.Log.Messages.Clear();
        return this;
    }

    public (bool Succeeded, bool Delivered) Deliver()
    {
        var task = new DeliverContainerImage
        {
            PlanPath = "obj/container/plan.json", DockerfilePath = "obj/container/Dockerfile", ImagePath = "obj/container/image.json", ReceiptPath = "obj/container/receipt.json",
        };
        return (Folder.Execute(task), task.Delivered);
    }

    public (bool UpToDate, string? Dialect) Check(string? dialect = null)
    {
        var task = new CheckContainerReceipt { PlanPath = "obj/container/plan.json", ImagePath = "obj/container/image.json", ReceiptPath = "obj/container/receipt.json", Dialect = dialect };
        Run(task);
        return (task.UpToDate, task.Dialect);
    }

    public ReadContainerResults Results()
    {
        var task = new ReadContainerResults { PlanPath = "obj/container/plan.json", ImagePath = "obj/container/image.json" };
        Run(task);
        return task;
    }

    public void Dispose() => Folder.Dispose();

    private void Run(ContainerTask task)
    {
        if (!Folder.Execute(task)) throw new InvalidOperationException(string.Join('\n', Folder.Log.Problems));
    }
}

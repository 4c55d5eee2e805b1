using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ContainerSdk.Tasks.Tests;

/// <summary>A project's folder, and the tasks that run for it.</summary>
internal sealed class ProjectFolder : IDisposable
{
    /// <summary>Makes the folder; <paramref name="project"/> is its place below the context's root.</summary>
    public ProjectFolder(string project = "")
    {
        Context = Directory.CreateTempSubdirectory("containersdk-tasks-").FullName;
        Root = Directory.CreateDirectory(Path.Combine(Context, project)).FullName;
    }

    /// <summary>The root of the build context.</summary>
    public string Context { get; }

    /// <summary>The project's folder.</summary>
    public string Root { get; }

    public string this[string name] => Path.Combine(Root, name);

    /// <summary>What the tasks logged.</summary>
    public MockBuildEngine Log { get; } = new();

    /// <summary>Runs a task for this project.</summary>
    public bool Execute(ContainerTask task)
    {
        task.ProjectFile = this["api.csproj"];
        task.BuildEngine = Log;
        return task.Execute();
    }

    /// <summary>Writes the plan of a small Go program.</summary>
    public string WritePlan(params IEnumerable<ITaskItem> moreItems) => WritePlan([], moreItems);

    /// <summary>The same with more properties.</summary>
    public string WritePlan(IEnumerable<ITaskItem> moreProperties, IEnumerable<ITaskItem> moreItems)
    {
        var task = new WriteContainerPlan { Properties = [.. SmallPlan.Properties(Root), .. moreProperties], Items = [.. SmallPlan.Items(Root), .. moreItems], PlanPath = "obj/container/plan.json" };
        return Execute(task) ? this["obj/container/plan.json"] : throw new InvalidOperationException(string.Join('\n', Log.Problems));
    }

    /// <summary>Writes the Dockerfile of the plan.</summary>
    public void WriteDockerfile()
    {
        if (!Execute(new WriteDockerfile { PlanPath = "obj/container/plan.json", DockerfilePath = "obj/container/Dockerfile" })) throw new InvalidOperationException(string.Join('\n', Log.Problems));
    }

    /// <summary>The project's files, relative to its folder.</summary>
    public string[] Files => [.. Directory.GetFiles(Root, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root, file)).Order(StringComparer.Ordinal)];

    /// <summary>A diagnostic of the product as MSBuild shows it for this project.</summary>
    public Problem Error(string code, string message) => Diagnostic("error", code, message);

    /// <inheritdoc cref="Error"/>
    public Problem Warning(string code, string message) => Diagnostic("warning", code, message);

    public void Dispose() => Directory.Delete(Context, recursive: true);

    private Problem Diagnostic(string severity, string code, string message)
    {
        var tools = Path.GetDirectoryName(typeof(ContainerTask).Assembly.Location)!;
        var page = new Uri(Path.GetFullPath($"../../docs/diagnostics/{code}.md", tools)).AbsoluteUri;
        return new Problem(severity, code, message, this["api.csproj"], 0, 0, page);
    }
}

/// <summary>The inputs of a small Go program, as the targets collect them.</summary>
internal static class SmallPlan
{
    public static ITaskItem[] Properties(string root) =>
    [
        Property("MSBuildProjectName", "api"),
        Property("MSBuildProjectDirectory", root),
        Property("ContainerToolchain", "go"),
        Property("ContainerRuntimeIdentifier", "linux-x64"),
        Property("ContainerRepository", "api"),
        Property("ContainerImageTags", "1.4;latest"),
        Property("ContainerBuilderImage", "golang:1.25"),
        Property("ContainerBaseImage", "scratch"),
        Property("ContainerDialect", ""),
    ];

    public static ITaskItem[] Items(string root) =>
    [
        Item("ContainerSource", root + "/"),
        Item("ContainerBuildCommand", "go"),
        Item("ContainerBuildCommand", "build"),
        Item("ContainerAppCommand", "/app/api"),
    ];

    /// <summary>A property as the targets pass it on.</summary>
    public static ITaskItem Property(string name, string value) => new TaskItem(name, new Dictionary<string, string> { ["Value"] = Escaped(value) });

    /// <summary>A public item with its metadata.</summary>
    public static ITaskItem Item(string kind, string identity, params IEnumerable<(string Name, string Value)> metadata)
    {
        var item = new TaskItem(Escaped(identity), new Dictionary<string, string> { ["ContainerItemKind"] = kind });
        foreach (var (name, value) in metadata) item.SetMetadata(name, Escaped(value));
        return item;
    }

    // Items reach a task in MSBuild's escaped form.
    private static string Escaped(string text) => Microsoft.Build.Evaluation.ProjectCollection.Escape(text);
}

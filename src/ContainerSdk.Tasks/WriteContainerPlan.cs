using ContainerSdk.Diagnostics;
using ContainerSdk.Plan;
using ContainerSdk.Planning;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Inputs to plan: writes <c>inputs.json</c> and <c>plan.json</c>, or reports every mistake at once.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteContainerPlan : ContainerTask
{
    /// <summary>Public properties: the name, and metadata <c>Value</c>.</summary>
    [Required]
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>Public items, each with metadata <c>ContainerItemKind</c>.</summary>
    [Required]
    public ITaskItem[] Items { get; set; } = [];

    /// <summary>Where the plan goes; the inputs go beside it.</summary>
    [Required]
    public string PlanPath { get; set; } = "";

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken cancellation)
    {
        var inputs = TaskInputs.Read(Properties, Items, ProjectDirectory);
        foreach (var (name, value) in inputs.Properties) Log.LogMessage(MessageImportance.Low, "[input] {0}={1}", name, value);
        var path = Path.GetFullPath(PlanPath, ProjectDirectory);
        if (inputs.Properties.TryGetValue("ContainerContextRoot", out var root) && !Directory.Exists(root))
        {
            // Everything would be outside of it, which is not another mistake.
            Report(new Diagnostic(Descriptors.ContextRootMissing, [root]));
            inputs = inputs with { Properties = inputs.Properties.Remove("ContainerContextRoot") };
        }

        var result = BuildPlanner.Plan(inputs);
        foreach (var diagnostic in result.Diagnostics) Report(diagnostic);
        if (result.Plan is not { } plan || Log.HasLoggedErrors) return Task.CompletedTask;
        GeneratedFile.Write(Path.Combine(Path.GetDirectoryName(path)!, "inputs.json"), inputs.ToJson());
        GeneratedFile.Write(path, PlanJson.Write(plan));
        return Task.CompletedTask;
    }
}

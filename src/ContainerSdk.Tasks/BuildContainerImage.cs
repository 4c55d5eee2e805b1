using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ContainerSdk.Diagnostics;
using ContainerSdk.Engines;
using ContainerSdk.Engines.Docker;
using ContainerSdk.Images;
using ContainerSdk.Plan;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace ContainerSdk.Tasks;

/// <summary>Plan and Dockerfile to a tagged image: writes <c>image.json</c> and logs the one line that tells the user what was made.</summary>
[MSBuildMultiThreadableTask]
public sealed class BuildContainerImage : ContainerTask
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true, NewLine = "\n", PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The plan.</summary>
    [Required]
    public string PlanPath { get; set; } = "";

    /// <summary>The Dockerfile made from it.</summary>
    [Required]
    public string DockerfilePath { get; set; } = "";

    /// <summary>Where the facts of the finished image go.</summary>
    [Required]
    public string ImagePath { get; set; } = "";

    /// <summary>One item per name of the image, with metadata Id, ManifestDigest, Size, User and Configuration.</summary>
    [Output]
    public ITaskItem[] Images { get; set; } = [];

    /// <inheritdoc/>
    protected override async System.Threading.Tasks.Task RunAsync(CancellationToken cancellation)
    {
        var plan = PlanJson.Read(await GeneratedFile.ReadAsync(Path.GetFullPath(PlanPath, ProjectDirectory), cancellation));
        var imagePath = Path.GetFullPath(ImagePath, ProjectDirectory);
        var context = Path.GetFullPath(plan.Context.Root, ProjectDirectory);
        var (host, diagnostics) = (BuildHost.Current(ProjectDirectory, context), new DiagnosticBag());
        var secrets = host.Secrets(plan.Builder, diagnostics);
        foreach (var diagnostic in diagnostics.ToSorted()) Report(diagnostic);
        if (diagnostics.HasErrors) return;
        var request = new BuildRequest
        {
            Plan = plan,
            DockerfilePath = Path.GetFullPath(DockerfilePath, ProjectDirectory),
            ContextPath = context,
            MetadataPath = imagePath + ".metadata",
            Secrets = secrets,
            Proxies = host.Proxies,
        };
        var image = await new DockerEngine().BuildAsync(request, new TaskReporter(Log, Report, plan.Builder.Root.Value, plan.Builder.WorkingDirectory.Value, context), cancellation);
        if (image is null) return;
        GeneratedFile.Write(imagePath, JsonSerializer.Serialize(Facts(image), Json) + "\n");
        Images = [.. image.References.Select(reference => Item(reference.ToString(), image))];
        foreach (var reference in image.References)
            Log.LogMessage(MessageImportance.High, "{0} -> {1}", plan.Name, Summary(reference.ToString(), image));
        if (image.References[0].Registry != ImageReference.DefaultRegistry)
            Log.LogMessage(MessageImportance.High, "{0}: tagged, not pushed; push it with: docker push {1}", plan.Name, image.References[0]);
    }

    private static string Summary(string reference, BuiltImage image) => string.Create(CultureInfo.InvariantCulture,
        $"{reference}{(image.Digest is null ? "" : "@" + image.Digest)} ({image.Size / 1e6:0.0} MB, {image.Layers.Length} layer{(image.Layers.Length == 1 ? "" : "s")}, user {(image.User.Length == 0 ? "root" : image.User)})");

    private static object Facts(BuiltImage image) => new
    {
        References = image.References.Select(reference => reference.ToString()).ToImmutableArray(),
        image.Id,
        image.Digest,
        image.Size,
        image.Layers,
        image.User,
    };

    private static TaskItem Item(string reference, BuiltImage image) => new(reference, new Dictionary<string, string>
    {
        // A TaskItem's constructor takes escaped text.
        ["Id"] = image.Id,
        ["ManifestDigest"] = image.Digest ?? "",
        ["Size"] = image.Size.ToString(CultureInfo.InvariantCulture),
        ["User"] = image.User,
        ["Configuration"] = ProjectCollection.Escape(image.Configuration),
    });
}

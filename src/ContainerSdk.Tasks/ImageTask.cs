using ContainerSdk.Diagnostics;
using ContainerSdk.Engines;
using ContainerSdk.Engines.Docker;
using ContainerSdk.Engines.Embedded;
using ContainerSdk.Engines.Receipts;
using ContainerSdk.Images;
using ContainerSdk.Plan;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>What the steps of building and delivering an image share: the plan, the image's facts, and the engine.</summary>
public abstract class ImageTask : ContainerTask
{
    /// <summary>The plan; the Dockerfile and its ignore file lie beside it.</summary>
    [Required]
    public string PlanPath { get; set; } = "";

    /// <summary>Where the facts of the image are.</summary>
    [Required]
    public string ImagePath { get; set; } = "";

    private protected string FullImagePath => Path.GetFullPath(ImagePath, ProjectDirectory);

    /// <summary><c>embedded</c>, or else docker.</summary>
    public string? EngineName { get; set; }

    private protected IContainerEngine Engine => (IContainerEngine)Chosen;

    private protected IImageDelivery Outgoing => (IImageDelivery)Chosen;

    private object Chosen => field ??= ContainerEngines.IsEmbedded(EngineName) ? new EmbeddedEngine(EmbeddedHost.Current(Path.GetDirectoryName(FullImagePath)!, ProjectDirectory)) : new DockerEngine();

    private protected async Task<BuildPlan> ReadPlanAsync(CancellationToken cancellation) => PlanJson.Read(await ReadPlanTextAsync(cancellation));

    private protected Task<string> ReadPlanTextAsync(CancellationToken cancellation) => GeneratedFile.ReadAsync(Path.GetFullPath(PlanPath, ProjectDirectory), cancellation);

    private protected string ContextOf(BuildPlan plan) => Path.GetFullPath(plan.Context.Root, ProjectDirectory);

    private protected TaskReporter ReporterOf(BuildPlan plan) => ReporterOf(plan, Report);

    private protected TaskReporter ReporterOf(BuildPlan plan, Action<Diagnostic> report) => plan.Builders is [var builder, ..]
        ? new(Log, report, builder.Root.Value, builder.WorkingDirectory.Value, ContextOf(plan))
        : new(Log, report, "/", "/", ContextOf(plan));

    /// <summary>What the engine is asked for, with all that the host lends to a build; null after a mistake, which has been reported.</summary>
    private protected BuildRequest? RequestOf(BuildPlan plan, string dockerfilePath)
    {
        var (host, diagnostics) = (BuildHost.Current(ProjectDirectory, ContextOf(plan)), new DiagnosticBag());
        var secrets = host.Secrets(plan, diagnostics);
        foreach (var diagnostic in diagnostics.ToSorted()) Report(diagnostic);
        return diagnostics.HasErrors ? null : new BuildRequest
        {
            Plan = plan,
            DockerfilePath = Path.GetFullPath(dockerfilePath, ProjectDirectory),
            ContextPath = ContextOf(plan),
            MetadataPath = FullImagePath + ".metadata",
            Logins = PullLogin(plan) is { } login ? [login] : [],
            Secrets = secrets,
            Proxies = host.Proxies,
        };
    }

    private RegistryLogin? PullLogin(BuildPlan plan) => RegistryLogin.ToPull(
        plan.Runtime.Image, plan.Delivery is RegistryDelivery ? plan.Destinations[0].Registry : null, Environment.GetEnvironmentVariable, Report);

    private protected RegistryLogin? PushLogin(BuildPlan plan) => RegistryLogin.ToPush(plan.Destinations[0].Registry, Environment.GetEnvironmentVariable, Report);

    /// <summary>The repository as the user knows it: docker's hub keeps images of one-word names in a folder that nobody writes.</summary>
    private protected static string NameOf(ImageReference name) =>
        name.Registry == ImageReference.DefaultRegistry && name.Repository.StartsWith("library/", StringComparison.Ordinal) ? name.Repository["library/".Length..] : name.Repository;

    /// <summary>The receipt at <paramref name="path"/>; null if there is none that can be read.</summary>
    private protected static async Task<Receipt?> ReadReceiptAsync(string path, CancellationToken cancellation) =>
        File.Exists(path) ? Receipt.FromJson(await GeneratedFile.ReadAsync(path, cancellation)) : null;
}

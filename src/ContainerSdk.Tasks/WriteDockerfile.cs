using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Plan;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Plan to Dockerfile and its ignore file.</summary>
[MSBuildMultiThreadableTask]
public sealed class WriteDockerfile : ContainerTask
{
    /// <summary>The plan.</summary>
    [Required]
    public string PlanPath { get; set; } = "";

    /// <summary>Where the Dockerfile goes; <c>.dockerignore</c> is appended for its ignore file.</summary>
    [Required]
    public string DockerfilePath { get; set; } = "";

    /// <summary>The dialect; portable if empty.</summary>
    public string? Dialect { get; set; }

    /// <summary>A second place for both files, for a user who keeps them; none if empty.</summary>
    public string? CopyPath { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var plan = PlanJson.Read(await GeneratedFile.ReadAsync(Path.GetFullPath(PlanPath, ProjectDirectory), cancellation));
        var dialect = Enum.TryParse<DockerfileDialect>(Dialect, ignoreCase: true, out var chosen) ? chosen : DockerfileDialect.Portable;
        var diagnostics = new DiagnosticBag();
        var text = DockerfileRenderer.Render(DockerfileLowering.Lower(plan, dialect), diagnostics);
        foreach (var diagnostic in diagnostics.ToSorted()) Report(diagnostic);
        if (diagnostics.HasErrors) return;
        if (!string.IsNullOrEmpty(CopyPath) && IsHandWritten(Path.GetFullPath(CopyPath, ProjectDirectory)))
        {
            Report(new Diagnostic(Descriptors.NotGenerated, [CopyPath]));
            return;
        }

        foreach (var path in new[] { DockerfilePath, CopyPath }.Where(path => !string.IsNullOrEmpty(path)))
        {
            var full = Path.GetFullPath(path!, ProjectDirectory);
            GeneratedFile.Write(full, text);
            GeneratedFile.Write(full + ".dockerignore", DockerIgnoreRenderer.Render(plan));
        }
    }

    private static bool IsHandWritten(string path) => File.Exists(path) && File.ReadLines(path).FirstOrDefault() != DockerfileRenderer.Banner;
}

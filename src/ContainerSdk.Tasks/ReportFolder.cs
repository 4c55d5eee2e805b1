using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ContainerSdk.Images.Reports;

namespace ContainerSdk.Tasks;

/// <summary>The folder of the reports on one platform of an image. The report on the image before is kept, so that a second report on the same image says what the first did.</summary>
/// <param name="folder">Its path.</param>
/// <param name="platform">The platform, which the files' names hold then; null if the image has one only.</param>
internal sealed class ReportFolder(string folder, string? platform)
{
    private readonly string _suffix = platform is null ? "" : "-" + platform.Replace('/', '-');

    /// <summary>The last report on another image than <paramref name="id"/>; null if there is none that can be read.</summary>
    public async Task<ImageReport?> FindPreviousAsync(string id, CancellationToken cancellation) =>
        await TryReadAsync(PathOf("report.json"), cancellation) is { } last && last.Id != id ? last : await TryReadAsync(PathOf("report.previous.json"), cancellation);

    /// <summary>Writes everything; the paths of what is of use to others.</summary>
    public async Task<ImmutableArray<string>> WriteAsync(ImageReport report, byte[] billOfMaterials, CancellationToken cancellation)
    {
        var json = PathOf("report.json");
        if (await TryReadAsync(json, cancellation) is { } last && last.Id != report.Id) File.Move(json, PathOf("report.previous.json"), overwrite: true);
        (string Path, string Text)[] files =
        [
            (json, ReportJson.Write(report)),
            (PathOf("report.md"), MarkdownReport.Print(report)),
            (PathOf("report.html"), HtmlReport.Print(report)),
            (PathOf("sbom.cdx.json"), Encoding.UTF8.GetString(billOfMaterials)),
        ];
        foreach (var (path, text) in files) GeneratedFile.Write(path, text);
        return [.. files.Select(file => file.Path)];
    }

    private string PathOf(string name) => Path.Combine(folder, name.Insert(name.IndexOf('.', StringComparison.Ordinal), _suffix));

    // Another version may have written it; then there is nothing to compare with.
    private static async Task<ImageReport?> TryReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            return File.Exists(path) ? ReportJson.Read(await GeneratedFile.ReadAsync(path, cancellation)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

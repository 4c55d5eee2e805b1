using System.Text.Json.Nodes;
using ContainerSdk.Diagnostics;
using ContainerSdk.Engines;
using ContainerSdk.Engines.Archives;
using ContainerSdk.Engines.Receipts;
using ContainerSdk.Plan;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Takes the tagged image to its registry or archive, unless the receipt says that it is there; notes that in <c>receipt.json</c> and <c>image.json</c>.</summary>
[MSBuildMultiThreadableTask]
public sealed class DeliverContainerImage : ImageTask
{
    /// <summary>The Dockerfile made from the plan, for a builder that exports by itself.</summary>
    [Required]
    public string DockerfilePath { get; set; } = "";

    /// <summary>Where the receipt is.</summary>
    [Required]
    public string ReceiptPath { get; set; } = "";

    /// <summary>Whether anything was pushed or written.</summary>
    [Output]
    public bool Delivered { get; set; }

    private string FullReceiptPath => Path.GetFullPath(ReceiptPath, ProjectDirectory);

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        var plan = await ReadPlanAsync(cancellation);
        var image = await ImageFile.ReadAsync(FullImagePath, cancellation);
        var receipt = await ReadReceiptAsync(FullReceiptPath, cancellation);
        if (plan.Delivery is null || RequestOf(plan, DockerfilePath) is not { } request) return;
        var delivered = plan.Delivery is ArchiveDelivery archive
            ? await SaveAsync(request, archive, image, receipt, cancellation)
            : await PushAsync(request, image, receipt, cancellation);
        delivered?.Write(FullImagePath);
    }

    private async Task<ImageFile?> PushAsync(BuildRequest building, ImageFile image, Receipt? receipt, CancellationToken cancellation)
    {
        var plan = building.Plan;
        var request = building with { Logins = PushLogin(plan) is { } login ? building.Logins.Add(login) : building.Logins };
        var digest = "";
        foreach (var name in plan.Destinations)
        {
            if (receipt?.Pushes.FirstOrDefault(push => push.Name == name.ToString()) is { } earlier)
            {
                digest = earlier.Digest;
                Log.LogMessage(MessageImportance.Normal, "Image '{0}:{1}' is in registry '{2}' already.", NameOf(name), name.Tag, name.Registry);
                continue;
            }

            if (await Outgoing.PushAsync(request, name, ReporterOf(plan), cancellation) is not { } pushed) return null;
            (digest, Delivered) = (pushed, true);
            Log.LogMessage(MessageImportance.High, "Pushed image '{0}:{1}' to registry '{2}'.", NameOf(name), name.Tag, name.Registry);
            if (receipt is not null) GeneratedFile.Write(FullReceiptPath, (receipt = receipt with { Pushes = receipt.Pushes.Add(new Push(name.ToString(), pushed)) }).ToJson());
        }

        if (image.Digest == digest && image.Manifest is not null) return image;
        var manifest = await Outgoing.FetchManifestAsync(plan.Destinations[0], digest, request.Logins, cancellation);
        if (manifest is null) Log.LogMessage(MessageImportance.Normal, "The manifest {0} cannot be read back from registry '{1}'.", digest, plan.Destinations[0].Registry);
        return image with { Digest = digest, Manifest = manifest, MediaType = MediaTypeOf(manifest) ?? image.MediaType };
    }

    private async Task<ImageFile?> SaveAsync(BuildRequest request, ArchiveDelivery archive, ImageFile image, Receipt? receipt, CancellationToken cancellation)
    {
        var plan = request.Plan;
        var path = ImageArchive.PathOf(archive.Path, ProjectDirectory, NameOf(plan.Destinations[0]));
        if (receipt?.Archive is { } saved && saved.Path == path && File.Exists(path) && await BuildInputs.HashFileAsync(path, cancellation) == saved.Hash) return image;
        var temporary = path + ".new";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            // The engine's own file would be readable for this user alone; an archive is as readable as other files.
            await File.Create(temporary).DisposeAsync();
            var mode = OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(temporary);
            if (!await Outgoing.SaveAsync(request, temporary, ReporterOf(plan), cancellation)) return null;
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(temporary, mode);
            var manifest = ImageArchive.ReadManifest(temporary);
            await ImageArchive.FinishAsync(temporary, path, cancellation);
            image = image with { Archive = path, Digest = manifest?.Digest ?? image.Digest, MediaType = manifest?.MediaType ?? image.MediaType, Manifest = manifest?.Text };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Report(new Diagnostic(Descriptors.SaveFailed, [archive.Path, e.Message.TrimEnd('.')]));
            return null;
        }
        finally
        {
            if (File.Exists(temporary)) File.Delete(temporary);
        }

        Delivered = true;
        foreach (var name in plan.Destinations)
            Log.LogMessage(MessageImportance.High, "Pushed image '{0}:{1}' to local archive at '{2}'.", NameOf(name), name.Tag, path);
        if (receipt is not null)
            GeneratedFile.Write(FullReceiptPath, (receipt with { Archive = new SavedArchive(path, await BuildInputs.HashFileAsync(path, cancellation)) }).ToJson());
        return image;
    }

    private static string? MediaTypeOf(string? manifest) => manifest is null ? null : (string?)JsonNode.Parse(manifest)?["mediaType"] ?? "application/vnd.oci.image.manifest.v1+json";
}

using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Registries;

namespace ContainerSdk.Engines.Embedded;

/// <summary>The way of a finished image to registries and into archives.</summary>
public sealed partial class EmbeddedEngine
{
    /// <inheritdoc/>
    public async Task<string?> PushAsync(BuildRequest request, ImageReference name, IBuildReporter reporter, CancellationToken cancellation)
    {
        var source = SourceOf(request);
        using var closing = source as IDisposable;
        if (await ReadAsync(source, reporter, id: null, cancellation) is not var (image, _)) return null;
        using var registry = new RegistryAccess(_host, request.Logins).Open(name);
        try
        {
            var pushed = await DeliverAsync(request, reporter, async () =>
            {
                var basis = request.Plan.Runtime.ImagePath is null ? request.Plan.Runtime.Image : null;
                await registry.PushAsync(new NamedImage([.. image.Images.Select(one => one with { Base = basis })]), [name.Tag!], cancellation);
                return image.Digest.ToString();
            });
            return pushed.Result;
        }
        catch (RegistryException e)
        {
            reporter.Report(Problem(e, name));
            return null;
        }
    }

    /// <inheritdoc/>
    public async Task<string?> FetchManifestAsync(ImageReference name, string digest, ImmutableArray<RegistryLogin> logins, CancellationToken cancellation) =>
        await _state.ReadAsync(NoLayerAsync, cancellation) is var (image, _) && image.Digest.ToString() == digest ? System.Text.Encoding.UTF8.GetString(image.Json.Span) : null;

    /// <inheritdoc/>
    public async Task<bool> SaveAsync(BuildRequest request, string path, IBuildReporter reporter, CancellationToken cancellation)
    {
        var source = SourceOf(request);
        using var closing = source as IDisposable;
        if (await ReadAsync(source, reporter, id: null, cancellation) is not var (image, _)) return false;
        var saved = await DeliverAsync(request, reporter, async () =>
        {
            await WriteArchiveAsync(image, request.Plan.Destinations, path, cancellation);
            return true;
        });
        return saved.Succeeded;
    }

    private static Diagnostic Problem(RegistryException failure, ImageReference name)
    {
        var descriptor = failure.Failure switch
        {
            RegistryFailure.WantsLogin => Descriptors.RegistryWantsLogin,
            RegistryFailure.Forbids => Descriptors.RegistryForbids,
            RegistryFailure.RepositoryUnknown => Descriptors.RepositoryUnknown,
            RegistryFailure.Unreachable => Descriptors.RegistryUnreachable,
            RegistryFailure.NotTrusted => Descriptors.RegistryNotTrusted,
            _ => Descriptors.PushFailed,
        };
        ImmutableArray<string> who = failure.Failure == RegistryFailure.NotTrusted
            ? ["This machine", BaseImageProblem.TrustRemedy]
            : descriptor == Descriptors.PushFailed ? ["in its log"]
            : ["this machine"];
        return new Diagnostic(descriptor, [name.Registry, $"{name.Repository}:{name.Tag}", failure.Message, .. who]) { Details = ["The image is finished; publishing again only pushes it."] };
    }
}

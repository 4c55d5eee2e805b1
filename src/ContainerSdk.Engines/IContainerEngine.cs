using System.Collections.Immutable;
using ContainerSdk.Engines.Smoke;
using ContainerSdk.Images;
using ContainerSdk.Images.Inspection;

namespace ContainerSdk.Engines;

/// <summary>What makes an image out of a plan and keeps it. Failures are reported, not thrown.</summary>
public interface IContainerEngine
{
    /// <summary>Asks whether it can be used, and what it can do.</summary>
    Task<EngineStatus> ProbeAsync(CancellationToken cancellation);

    /// <summary>Builds the image, under no name; null after a failure, which the reporter has been told.</summary>
    Task<BuiltImage?> BuildAsync(BuildRequest request, IBuildReporter reporter, CancellationToken cancellation);

    /// <summary>Gives the image all its names; once the first is given, the others follow even if the user cancels. Null after a failure, else where it has them.</summary>
    Task<ImagePlace?> TagAsync(BuildRequest request, BuiltImage image, IBuildReporter reporter, CancellationToken cancellation);

    /// <summary>The image of that id, if it is kept under every one of the names; null if not, or if that cannot be found out.</summary>
    Task<BuiltImage?> FindAsync(string id, ImmutableArray<ImageReference> names, CancellationToken cancellation);
}

/// <summary>The way of a finished image to registries and into archives. Failures are reported, not thrown.</summary>
public interface IImageDelivery
{
    /// <summary>Pushes the image under one of its names; the manifest's digest, or null after a failure, which the reporter has been told.</summary>
    Task<string?> PushAsync(BuildRequest request, ImageReference name, IBuildReporter reporter, CancellationToken cancellation);

    /// <summary>The manifest that the registry keeps, as it was pushed; null if it cannot be had, which fails nothing.</summary>
    Task<string?> FetchManifestAsync(ImageReference name, string digest, ImmutableArray<RegistryLogin> logins, CancellationToken cancellation);

    /// <summary>Writes the image under its names into a tar file; false after a failure, which the reporter has been told.</summary>
    Task<bool> SaveAsync(BuildRequest request, string path, IBuildReporter reporter, CancellationToken cancellation);
}

/// <summary>A look into a finished image, of which nothing is run. Failures are reported, not thrown.</summary>
public interface IImageReader
{
    /// <summary>The images of all the plan's platforms that are kept here, and what their layers hold; null after a failure, which the reporter has been told.</summary>
    Task<ImmutableArray<InspectedImage>?> InspectAsync(BuildRequest request, BuiltImage image, IBuildReporter reporter, CancellationToken cancellation);

    /// <summary>The same images, each layer by itself, and how large they are; null after a failure, which the reporter has been told.</summary>
    Task<ImmutableArray<MeasuredImage>?> MeasureAsync(BuildRequest request, BuiltImage image, IBuildReporter reporter, CancellationToken cancellation);

    /// <summary>The content of a file of the image for this machine's platform, by its path without a leading slash and without links; null if it cannot be had.</summary>
    Task<ReadOnlyMemory<byte>?> ReadFileAsync(BuildRequest request, BuiltImage image, string path, CancellationToken cancellation);
}

/// <summary>A finished image where containers of it can be started, before it has a name.</summary>
public interface IImageRunner
{
    /// <summary>The engine that has the image under its id; what is in the way if there is none.</summary>
    Task<(SmokeEngine? Engine, string Obstacle)> ProvideAsync(BuildRequest request, BuiltImage image, CancellationToken cancellation);
}

/// <summary>Where an image has its names.</summary>
/// <param name="Words">In words, after "to".</param>
/// <param name="Archive">The full path of the archive that it is; null if it is in an engine.</param>
public sealed record ImagePlace(string Words, string? Archive)
{
    /// <summary>The platform that alone has them there; null if all of the image has.</summary>
    public string? Platform { get; init; }

    /// <summary>Whether the image is known there by its manifest's digest too, and not by its id alone.</summary>
    public bool KeepsDigest { get; init; } = true;
}

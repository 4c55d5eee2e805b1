using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>
/// CA roots and time zones: a package where the base has a package manager; where it has none, files of the builder. They land where OpenSSL, Go, musl
/// and .NET look without being told: no variable is set.
/// </summary>
internal static class SystemFilePlanner
{
    private static readonly ImageUser Root = new("0", "0");

    private static readonly ImmutableArray<SystemFiles> All =
    [
        new("ContainerCaCertificates", "ca-certificates", "/etc/ssl/certs/ca-certificates.crt", "dotnet/sdk", "golang"),
        new("ContainerTimeZoneData", "tzdata", "/usr/share/zoneinfo/", "dotnet/sdk"),
    ];

    /// <summary>The packages that bring what is asked for.</summary>
    public static IEnumerable<string> Packages(InputReader reader) => Asked(reader).Select(files => files.Package);

    /// <summary>The packages that the builder must have, because the runtime stage can install none and its image is not known to bring them.</summary>
    public static IEnumerable<string> BuilderPackages(InputReader reader, ImageReference builder) =>
        StageImage.Base(reader).Manager is not null ? [] : Asked(reader).Where(files => !files.AreIn(builder)).Select(files => files.Package);

    /// <summary>The files that a base without a package manager gets; <paramref name="builder"/> is null if nothing is compiled in a container.</summary>
    public static ImmutableArray<RuntimeStep> Copies(InputReader reader, StageImage image, BuilderStage? builder)
    {
        if (image.Manager is not null) return [];
        var asked = Asked(reader).ToImmutableArray();
        if (builder is not null)
            return [.. asked.Select(files => new RuntimeStep.Copy(new FileSource.Builder(files.In(builder.Image)), files.Path, Root, null))];
        foreach (var files in asked) reader.Diagnostics.Add(Descriptors.NoBuilder, files.Property, $"use a base image that has the package {files.Package}");
        return [];
    }

    private static IEnumerable<SystemFiles> Asked(InputReader reader) => All.Where(files => reader.Boolean(files.Property, false));

    private sealed record SystemFiles(string Property, string Package, string Path, params string[] Images)
    {
        // Of the images that toolchains infer.
        public bool AreIn(ImageReference image) => Images.Any(name => ("/" + image.Repository).EndsWith("/" + name, StringComparison.Ordinal));

        // Azure Linux keeps Fedora's layout.
        public ContainerPath In(ImageReference image) => ContainerPath.Create(
            Package == "ca-certificates" && BaseFamily.ManagerOf(image) == PackageManager.Tdnf ? "/etc/pki/tls/certs/ca-bundle.crt" : Path);
    }
}

using System.Collections.Immutable;
using System.Globalization;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Validation;

/// <summary>
/// Holds a whole image against the specification (https://github.com/opencontainers/image-spec/blob/main/spec.md): what is said of it, byte for byte, and its layers.
/// Layers are read as streams, and only as far as their limit.
/// </summary>
public static class ImageValidator
{
    /// <summary>Every violation, in words; none if the image is sound. The content of layers that are compressed with Zstandard is not looked at.</summary>
    public static Task<ImmutableArray<string>> ValidateAsync(Image image, CancellationToken cancellation) => ValidateAsync(image, UnpackedLimit.Default, cancellation);

    /// <summary>The same with another limit for what layers may hold.</summary>
    public static async Task<ImmutableArray<string>> ValidateAsync(Image image, UnpackedLimit limit, CancellationToken cancellation)
    {
        var manifest = ManifestCheck.Read(image);
        var configuration = ConfigurationCheck.Read(image.ConfigurationJson);
        var violations = ImmutableArray.CreateBuilder<string>();
        violations.AddRange(manifest.Violations);
        violations.AddRange(configuration.Violations);
        if (manifest.Config is { } config) CompareConfiguration(image, config, violations);
        var layers = manifest.Layers ?? [];
        if (manifest.Layers is not null) CompareLayers(layers.Length, configuration, violations);
        for (var index = 0; index < layers.Length; index++)
        {
            if (layers[index] is not { } layer) continue;
            var name = string.Create(CultureInfo.InvariantCulture, $"layer {index + 1} ({layer.Digest})");
            await new LayerCheck(name, layer, violations).ReadAsync(image, configuration.DiffIds?.ElementAtOrDefault(index), limit, cancellation);
        }

        return violations.ToImmutable();
    }

    private static void CompareConfiguration(Image image, Descriptor config, ImmutableArray<string>.Builder violations)
    {
        var actual = Descriptor.Of(config.MediaType, image.ConfigurationJson.Span);
        if (actual.Size != config.Size) violations.Add($"the configuration has {actual.Size} bytes, and the manifest says {config.Size}");
        if (actual.Digest != config.Digest) violations.Add($"the configuration has the digest {actual.Digest}, and the manifest says {config.Digest}");
    }

    private static void CompareLayers(int layers, ConfigurationCheck configuration, ImmutableArray<string>.Builder violations)
    {
        if (configuration.DiffIds is { } diffIds && diffIds.Length != layers) violations.Add($"the configuration has {diffIds.Length} diff_ids, and the manifest {layers} layers");
        if (configuration.HistoryLayers is { } told && told != layers) violations.Add($"the configuration's history tells of {told} layers, and the manifest has {layers}");
    }
}

using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>The names of the finished image: registry, repository, and one or more tags; and the place that it is delivered to.</summary>
internal static class DestinationPlanner
{
    private static readonly char[] TagSeparators = [';', ',', ' ', '\t', '\r', '\n'];

    // A file that is named so and is something else fools whoever opens it.
    private static readonly string[] ForeignCompressions = [".zst", ".bz2", ".xz", ".lz4", ".zip", ".7z"];

    public static ImmutableArray<ImageReference> Plan(InputReader reader)
    {
        var registry = Registry(reader);
        var repository = Repository(reader);
        var tags = Tags(reader);
        if (repository is null) return [];
        var names = tags.Distinct(StringComparer.Ordinal).Select(tag => ImageReference.TryCreate(registry, repository, tag)).ToImmutableArray();
        if (names.Contains(null)) reader.Diagnostics.Add(Descriptors.InvalidRepository, "ContainerRepository", repository);
        return [.. names.OfType<ImageReference>()];
    }

    /// <summary>An archive before a registry before the engine alone, as the .NET SDK has it.</summary>
    public static Delivery? Delivery(InputReader reader)
    {
        if (reader.Text("ContainerArchiveOutputPath")?.Trim() is { Length: > 0 } path)
        {
            if (ForeignCompressions.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
                reader.Diagnostics.Add(Descriptors.ForeignCompression, path);
            return new ArchiveDelivery(path);
        }

        return reader.Text("ContainerRegistry") is null ? null : new RegistryDelivery();
    }

    private static string? Registry(InputReader reader)
    {
        if (reader.Text("ContainerRegistry") is not { } text) return null;
        if (ImageReference.IsRegistry(text.Trim())) return text.Trim();
        reader.Diagnostics.Add(Descriptors.InvalidRegistry, text);
        return null;
    }

    private static string? Repository(InputReader reader)
    {
        if (reader.Text("ContainerImageName") is not null) reader.Diagnostics.Add(Descriptors.ObsoleteProperty, "ContainerImageName", "ContainerRepository");
        var text = reader.Required("ContainerRepository");
        if (text.Length == 0) return null;
        var name = RepositoryName.Normalize(text.Trim());
        if (name is null) reader.Diagnostics.Add(Descriptors.InvalidRepository, "ContainerRepository", text);
        return name;
    }

    private static ImmutableArray<string> Tags(InputReader reader)
    {
        var (one, many) = (reader.Text("ContainerImageTag"), reader.Text("ContainerImageTags"));
        if (one is not null && many is not null) reader.Diagnostics.Add(Descriptors.TagAndTags, one, many);
        var (name, text) = one is not null ? ("ContainerImageTag", one) : ("ContainerImageTags", many ?? "latest");
        var tags = text.Split(TagSeparators, StringSplitOptions.RemoveEmptyEntries);
        foreach (var tag in tags.Where(tag => !ImageReference.IsTag(tag)))
            reader.Diagnostics.Add(Descriptors.InvalidTag, name, tag);
        if (tags.Length == 0) reader.Diagnostics.Add(Descriptors.InvalidTag, name, text);
        return [.. tags.Where(ImageReference.IsTag)];
    }
}

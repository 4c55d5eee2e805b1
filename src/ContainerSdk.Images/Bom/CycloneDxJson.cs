using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ContainerSdk.Images.Bom;

// The parts of https://cyclonedx.org/docs/1.6/json/ that are written, in the specification's order.
internal sealed record CdxDocument(
    [property: JsonPropertyName("$schema")] string Schema,
    string BomFormat,
    string SpecVersion,
    string SerialNumber,
    int Version,
    CdxMetadata Metadata,
    ImmutableArray<CdxComponent> Components,
    ImmutableArray<CdxDependency> Dependencies);

internal sealed record CdxMetadata(string? Timestamp, ImmutableArray<CdxLifecycle> Lifecycles, CdxTools Tools, CdxComponent Component);

internal sealed record CdxLifecycle(string Phase);

internal sealed record CdxTools(ImmutableArray<CdxComponent> Components);

internal sealed record CdxComponent([property: JsonPropertyOrder(-3)] string Type, [property: JsonPropertyOrder(-1)] string Name)
{
    [JsonPropertyName("bom-ref")]
    [JsonPropertyOrder(-2)]
    public string? BomRef { get; init; }

    public string? Version { get; init; }

    public string? Description { get; init; }

    public ImmutableArray<CdxHash>? Hashes { get; init; }

    public ImmutableArray<CdxLicenseChoice>? Licenses { get; init; }

    public string? Purl { get; init; }

    public CdxEvidence? Evidence { get; init; }

    public ImmutableArray<CdxProperty>? Properties { get; init; }
}

internal sealed record CdxHash(string Alg, string Content);

internal sealed record CdxLicenseChoice(CdxLicense License);

internal sealed record CdxLicense(string Name);

internal sealed record CdxEvidence(ImmutableArray<CdxOccurrence> Occurrences);

internal sealed record CdxOccurrence(string Location);

internal sealed record CdxProperty(string Name, string Value);

internal sealed record CdxDependency(string Ref, ImmutableArray<string> DependsOn);

[JsonSerializable(typeof(CdxDocument))]
internal sealed partial class CycloneDxContext : JsonSerializerContext;

using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Bom;

/// <summary>A bill of materials as CycloneDX 1.6 writes it in JSON (https://cyclonedx.org/docs/1.6/json/). The same image gives the same bytes.</summary>
public static partial class CycloneDxDocument
{
    /// <summary>The document's media type (https://www.iana.org/assignments/media-types/application/vnd.cyclonedx+json).</summary>
    public const string MediaType = "application/vnd.cyclonedx+json";

    private const string LayerProperty = "containersdk:layer";

    private static readonly CycloneDxContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
    });

    /// <summary>The document, in UTF-8, with a line end at its end.</summary>
    public static byte[] Write(BomSubject subject, BillOfMaterials bill)
    {
        var image = Of(subject);
        var components = bill.Components.Select(Of).ToImmutableArray();
        var document = new CdxDocument(
            "http://cyclonedx.org/schema/bom-1.6.schema.json",
            "CycloneDX",
            "1.6",
            SerialNumber(subject.Id),
            1,
            new CdxMetadata(TimeOf(subject.Configuration.Created), [new CdxLifecycle("post-build")], new CdxTools([new CdxComponent("application", "ContainerSdk")]), image),
            components,
            [new CdxDependency(image.BomRef!, [.. components.Select(component => component.BomRef!)])]);
        return [.. JsonSerializer.SerializeToUtf8Bytes(document, Context.CdxDocument), (byte)'\n'];
    }

    private static CdxComponent Of(BomSubject subject)
    {
        var (name, platform) = (subject.Name, subject.Configuration.Platform);
        var purl = subject.Manifest is null ? null : PackageUrl.Of(
            "oci",
            name.Repository[(name.Repository.LastIndexOf('/') + 1)..],
            subject.Manifest.ToString(),
            ("arch", platform.Architecture),
            ("repository_url", $"{name.Registry}/{name.Repository}"),
            ("tag", name.Tag));
        var version = (subject.Manifest ?? subject.Id).ToString();
        return new CdxComponent("container", $"{name.Registry}/{name.Repository}") { BomRef = purl ?? $"{name.Registry}/{name.Repository}@{version}", Version = version, Purl = purl };
    }

    private static CdxComponent Of(BomComponent component) => new(TypeOf(component.Kind), component.Name)
    {
        BomRef = component.Reference,
        Version = component.Version,
        Description = component.Title,
        Hashes = component.Sha512 is { } hash ? [new CdxHash("SHA-512", hash)] : null,
        Licenses = component.License is { } license ? [new CdxLicenseChoice(new CdxLicense(license))] : null,
        Purl = component.Purl,
        Evidence = component.Files.IsEmpty ? null : new CdxEvidence([.. component.Files.Select(file => new CdxOccurrence('/' + file))]),
        Properties =
        [
            .. component.Remarks.Add(LayerProperty, component.Origin == BomOrigin.Base ? "base" : "own")
                .Select(remark => new CdxProperty(remark.Key, remark.Value)).OrderBy(property => property.Name, StringComparer.Ordinal),
        ],
    };

    private static string TypeOf(BomComponentKind kind) => kind switch
    {
        BomComponentKind.Library => "library",
        BomComponentKind.Application => "application",
        BomComponentKind.Framework => "framework",
        BomComponentKind.OperatingSystem => "operating-system",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    // A UUID of RFC 9562's eighth version: its 122 bits are ours to choose, and one image has one.
    private static string SerialNumber(Digest id)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"cyclonedx-1.6\n{id}"))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return $"urn:uuid:{new Guid(bytes, bigEndian: true)}";
    }

    // The image's own word, if it is one that readers of the document take for a time.
    private static string? TimeOf(string? created) =>
        created is not null && Time().IsMatch(created) && DateTimeOffset.TryParse(created, CultureInfo.InvariantCulture, out _) ? created : null;

    // https://www.rfc-editor.org/rfc/rfc3339#section-5.6
    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex Time();
}

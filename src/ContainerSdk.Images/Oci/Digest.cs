using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace ContainerSdk.Images.Oci;

/// <summary>
/// The identity of a content: its SHA-256, the algorithm that every registry knows (https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests).
/// </summary>
public sealed record Digest
{
    private const string Prefix = "sha256:";

    private Digest(string hex) => Hex = hex;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>Reads <c>sha256:…</c>; other algorithms are refused.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Digest? digest)
    {
        var hex = text?.StartsWith(Prefix, StringComparison.Ordinal) == true ? text[Prefix.Length..] : "";
        digest = hex.Length == 2 * SHA256.HashSizeInBytes && hex.All(char.IsAsciiHexDigitLower) ? new Digest(hex) : null;
        return digest is not null;
    }

    /// <summary>The digest of <paramref name="content"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> content) => FromHash(SHA256.HashData(content));

    /// <summary>The digest whose 32 bytes are known.</summary>
    public static Digest FromHash(ReadOnlySpan<byte> hash) => new(Convert.ToHexStringLower(hash));

    /// <inheritdoc/>
    public override string ToString() => Prefix + Hex;
}

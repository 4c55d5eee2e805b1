namespace ContainerSdk.Images.Layouts;

/// <summary>The bytes that compressed files begin with.</summary>
internal static class CompressionMagic
{
    /// <summary>RFC 1952.</summary>
    public static ReadOnlySpan<byte> Gzip => [0x1F, 0x8B];

    /// <summary>RFC 8878.</summary>
    public static ReadOnlySpan<byte> Zstandard => [0x28, 0xB5, 0x2F, 0xFD];
}

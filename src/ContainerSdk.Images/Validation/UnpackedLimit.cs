namespace ContainerSdk.Images.Validation;

/// <summary>How much a layer may hold uncompressed, so that one of a few bytes cannot keep its reader busy for hours.</summary>
/// <param name="Factor">How many bytes for each of its compressed ones.</param>
/// <param name="Allowance">How many bytes beyond that.</param>
public sealed record UnpackedLimit(long Factor, long Allowance)
{
    /// <summary>A hundred times its size and one GiB. Real layers are packed to a tenth at best; only zeros to a thousandth.</summary>
    public static UnpackedLimit Default { get; } = new(100, 1L << 30);

    /// <summary>The limit for a layer of <paramref name="packed"/> bytes.</summary>
    public long For(long packed) => (long)Int128.Min(((Int128)packed * Factor) + Allowance, long.MaxValue);
}

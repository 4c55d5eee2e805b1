using System.Collections.Immutable;

namespace ContainerSdk.Images.Reports;

/// <summary>
/// How large an image is and why, and who may do what in it. It is all that the printers need, and all that a later build compares itself with. Sizes are in bytes,
/// paths begin with a slash. <see cref="ReportJson"/> is its text.
/// </summary>
public sealed record ImageReport
{
    /// <summary>The version of this text.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>See <see cref="CurrentSchemaVersion"/>.</summary>
    public required int SchemaVersion { get; init; }

    /// <summary>The names of the image; the first is its title.</summary>
    public required ImmutableArray<string> Names { get; init; }

    /// <summary>What the engine knows the image by.</summary>
    public required string Id { get; init; }

    /// <summary>What a registry knows it by; null before it is in one.</summary>
    public string? Digest { get; init; }

    /// <summary>For example <c>linux/amd64</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>The image beside those that it is measured against.</summary>
    public required SizeTable Sizes { get; init; }

    /// <summary>Where the bytes of its files come from.</summary>
    public required SizeSplit Split { get; init; }

    /// <summary>The layers, the lowest first.</summary>
    public required ImmutableArray<ReportedLayer> Layers { get; init; }

    /// <summary>The largest files, at most twenty, the largest first.</summary>
    public required ImmutableArray<ReportedFile> LargestFiles { get; init; }

    /// <summary>Who may do what in it.</summary>
    public required SecurityTable Security { get; init; }

    /// <summary>What is different from the build before; null if there was none.</summary>
    public ReportDifference? SincePrevious { get; init; }

    /// <summary>What is different from the report that the project compares itself with; null if there is none.</summary>
    public ReportDifference? SinceBaseline { get; init; }

    /// <summary>What it is called in a heading: its first name, or its id.</summary>
    internal string Title => Names is [var first, ..] ? first : Id;
}

/// <summary>The image beside those that it is measured against.</summary>
public sealed record SizeTable
{
    /// <summary>The image that compiled the application; null if not known.</summary>
    public SizedImage? Builder { get; init; }

    /// <summary>An estimate of the image that a single stage would have given; null if not known.</summary>
    public long? SingleStage { get; init; }

    /// <summary>The image, uncompressed.</summary>
    public required long Uncompressed { get; init; }

    /// <summary>The image as a registry keeps it; null if not known.</summary>
    public long? Compressed { get; init; }

    /// <summary>By how many percent the image is smaller than a single stage would be, or than the builder image; below zero if it is larger, null if neither is known.</summary>
    public double? ReductionPercent { get; init; }
}

/// <summary>Where the bytes of the files come from that a container sees, and those that it does not see.</summary>
/// <param name="Base">Of the base image.</param>
/// <param name="Packages">Of layers that installed packages.</param>
/// <param name="Application">In the application's folders.</param>
/// <param name="Other">Of other layers that were put on the base image.</param>
/// <param name="Hidden">Of files that a later layer removes or replaces: they are carried along for nothing.</param>
public sealed record SizeSplit(long Base, long Packages, long Application, long Other, long Hidden);

/// <summary>A layer, or several that were read as one.</summary>
public sealed record ReportedLayer
{
    /// <summary>The number of the layer, from 1; of the first, where they are several.</summary>
    public required int First { get; init; }

    /// <summary>The digests, uncompressed.</summary>
    public required ImmutableArray<string> DiffIds { get; init; }

    /// <summary>Whether the base image brought it.</summary>
    public required bool IsBase { get; init; }

    /// <summary>Its bytes, uncompressed.</summary>
    public required long Size { get; init; }

    /// <summary>Its bytes as a registry keeps it; null if not known.</summary>
    public long? CompressedSize { get; init; }

    /// <summary>What made it, without an engine's wrapping; empty if not known.</summary>
    public required string Instruction { get; init; }

    /// <summary>The folders with the most bytes, at most three, the largest first.</summary>
    public required ImmutableArray<SizedPath> Folders { get; init; }

    /// <summary>Bytes of files in it that a later layer removes or replaces.</summary>
    public required long HiddenSize { get; init; }

    /// <summary>How many files a container sees of it.</summary>
    public required int FileCount { get; init; }

    /// <summary>
    /// The files that a container sees of it, in the order of their paths. A path with a slash at its end stands for the small files of that folder, where an image has
    /// more files than <see cref="LayerContents.MaxFiles"/>.
    /// </summary>
    public required ImmutableSortedDictionary<string, long> Files { get; init; }

    /// <summary>Whether it put packages on the base image.</summary>
    internal bool InstallsPackages => !IsBase && LayerInstructions.InstallsPackages(Instruction);

    /// <summary>The number as it is shown: <c>3</c>, or <c>1-5</c>.</summary>
    internal string Number => DiffIds.Length > 1 ? FormattableString.Invariant($"{First}-{First + DiffIds.Length - 1}") : FormattableString.Invariant($"{First}");
}

/// <summary>A file or folder and its bytes.</summary>
/// <param name="Path">Its path in the image.</param>
/// <param name="Size">Its bytes; of a folder those of all files below it.</param>
public sealed record SizedPath(string Path, long Size);

/// <summary>A file of the image.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Size">Its bytes.</param>
/// <param name="Layer">The number of its layer, from 1.</param>
/// <param name="IsBase">Whether the base image brought it.</param>
public sealed record ReportedFile(string Path, long Size, int Layer, bool IsBase);

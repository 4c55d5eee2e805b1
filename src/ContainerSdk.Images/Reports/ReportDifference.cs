using System.Collections.Immutable;

namespace ContainerSdk.Images.Reports;

/// <summary>What is different from an earlier report.</summary>
public sealed record ReportDifference
{
    /// <summary>The id of the image that was reported then.</summary>
    public required string Id { get; init; }

    /// <summary>The whole image, uncompressed.</summary>
    public required SizeChange Total { get; init; }

    /// <summary>The layers of the base image.</summary>
    public required SizeChange Base { get; init; }

    /// <summary>The layers on top of it.</summary>
    public required SizeChange Own { get; init; }

    /// <summary>The layers that are not the same, the lowest first; those that are gone at the end.</summary>
    public required ImmutableArray<LayerChange> Layers { get; init; }

    /// <summary>Files that were not there.</summary>
    public required FileChanges Added { get; init; }

    /// <summary>Files that are gone.</summary>
    public required FileChanges Removed { get; init; }

    /// <summary>Files that are larger.</summary>
    public required FileChanges Grown { get; init; }

    /// <summary>Files that are smaller.</summary>
    public required FileChanges Shrunk { get; init; }
}

/// <summary>Bytes then and now.</summary>
/// <param name="Before">Then.</param>
/// <param name="Now">Now.</param>
public sealed record SizeChange(long Before, long Now)
{
    /// <summary>How many bytes more.</summary>
    internal long Growth => Now - Before;
}

/// <summary>A layer that is not the same.</summary>
/// <param name="Instruction">What made it.</param>
/// <param name="IsBase">Whether the base image brings it.</param>
/// <param name="Before">Its bytes then; zero of one that was not there.</param>
/// <param name="Now">Its bytes now; zero of one that is gone.</param>
public sealed record LayerChange(string Instruction, bool IsBase, long Before, long Now);

/// <summary>Files that changed in the same way.</summary>
/// <param name="Count">How many they are.</param>
/// <param name="Size">By how many bytes in all the image is larger for them; below zero if it is smaller.</param>
/// <param name="Largest">Those that changed most, at most ten.</param>
public sealed record FileChanges(int Count, long Size, ImmutableArray<FileChange> Largest);

/// <summary>A file that changed its size.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Before">Its bytes then; zero of one that was not there.</param>
/// <param name="Now">Its bytes now; zero of one that is gone.</param>
public sealed record FileChange(string Path, long Before, long Now);

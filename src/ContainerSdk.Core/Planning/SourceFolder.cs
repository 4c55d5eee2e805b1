using System.Collections.Immutable;

namespace ContainerSdk.Planning;

/// <summary>A folder with sources in it, as it lies on the disk. All but the path are names, each in one list, sorted.</summary>
public sealed record SourceFolder
{
    /// <summary>The full path, with a trailing slash.</summary>
    public required string Path { get; init; }

    /// <summary>Files that are sources.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>Files that are none, and folders that hold none.</summary>
    public ImmutableArray<string> Strangers { get; init; } = [];

    /// <summary>Folders that a build fills, whether or not they exist yet.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    /// <summary>Folders with sources in them.</summary>
    public ImmutableArray<SourceFolder> Folders { get; init; } = [];
}

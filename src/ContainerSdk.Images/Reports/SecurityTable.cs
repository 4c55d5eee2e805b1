using System.Collections.Immutable;

namespace ContainerSdk.Images.Reports;

/// <summary>Who may do what in a container of the image, and what an intruder would find there.</summary>
public sealed record SecurityTable
{
    /// <summary>Who the process runs as.</summary>
    public required ReportedUser User { get; init; }

    /// <summary>The shells.</summary>
    public required ImmutableArray<string> Shells { get; init; }

    /// <summary>The programs that install packages of the operating system.</summary>
    public required ImmutableArray<string> PackageManagers { get; init; }

    /// <summary>How many packages are installed; null if nobody has looked.</summary>
    public PackageCount? Packages { get; init; }

    /// <summary>Files that run as their owner or group, whoever starts them.</summary>
    public required FoundPaths SetIdFiles { get; init; }

    /// <summary>Files and folders that everybody may write to; links and devices are none.</summary>
    public required FoundPaths WorldWritable { get; init; }

    /// <summary>Folders that everybody may write to, but where each may remove only what is their own, as in /tmp.</summary>
    public required FoundPaths StickyFolders { get; init; }

    /// <summary>Files that the user may write to, outside of volumes and of the folders for temporary files; null of root, who may write anywhere.</summary>
    public FoundPaths? WritableByUser { get; init; }

    /// <summary>The ports that the image declares.</summary>
    public required ImmutableArray<ReportedPort> Ports { get; init; }

    /// <summary>The capabilities that the process needs, without their prefix CAP_.</summary>
    public required ImmutableArray<string> Capabilities { get; init; }
}

/// <summary>Who the process runs as.</summary>
public sealed record ReportedUser
{
    /// <summary>As the image's configuration says it; empty stands for root.</summary>
    public required string Configured { get; init; }

    /// <summary>The number; null for a name that the image's /etc/passwd does not know, which no engine starts.</summary>
    public long? UserId { get; init; }

    /// <summary>The number of the group; null for a name that the image does not know.</summary>
    public long? GroupId { get; init; }

    /// <summary>The account's name; null if the image's /etc/passwd has none of that number.</summary>
    public string? Name { get; init; }

    /// <summary>Whether it is root, who may do anything in the container.</summary>
    public required bool IsRoot { get; init; }
}

/// <summary>How many packages an image has.</summary>
/// <param name="Base">Those of the base image.</param>
/// <param name="Own">Those that were put on top.</param>
public sealed record PackageCount(int Base, int Own);

/// <summary>Paths that have something in common.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Paths">The first fifty, in order.</param>
public sealed record FoundPaths(int Count, ImmutableArray<string> Paths);

/// <summary>A declared port.</summary>
/// <param name="Port">For example <c>8080/tcp</c>.</param>
/// <param name="IsPrivileged">Whether it is below 1024, where only the capability NET_BIND_SERVICE lets a process listen on many hosts.</param>
public sealed record ReportedPort(string Port, bool IsPrivileged);

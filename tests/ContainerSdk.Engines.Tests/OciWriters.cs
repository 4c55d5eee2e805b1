namespace ContainerSdk.Engines.Tests;

/// <summary>Beginnings of scripts: what builder and store say of themselves.</summary>
internal static class OciWriters
{
    private const string Classic = """[ "$1" = info ] && { echo '[["Backing Filesystem","extfs"],["Supports d_type","true"]]'; exit 0; }""";

    /// <summary>The docker driver and a classic store: no OCI.</summary>
    public const string None = """[ "$2" = inspect ] && [ "$1" = buildx ] && { printf 'Name:   default\nDriver: docker\n'; exit 0; }""" + "\n" + Classic;

    /// <summary>A builder of its own beside a classic store.</summary>
    public const string Builder = """[ "$2" = inspect ] && [ "$1" = buildx ] && { printf 'Name:   far\nDriver: docker-container\n'; exit 0; }""" + "\n" + Classic;

    /// <summary>The docker driver and a containerd store.</summary>
    public const string Store = """
        [ "$2" = inspect ] && [ "$1" = buildx ] && { printf 'Name:   default\nDriver: docker\n'; exit 0; }
        [ "$1" = info ] && { echo '[["driver-type","io.containerd.snapshotter.v1"]]'; exit 0; }
        """;
}

namespace ContainerSdk.Images.Layers;

/// <summary>One name of a layer, its attributes exact, whatever the machine that writes it.</summary>
public sealed record LayerEntry
{
    /// <summary>The oldest time that a zip archive can hold, for applications that zip their own files.</summary>
    public static readonly DateTimeOffset FixedTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The path below the image's root, without a leading or trailing slash.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required LayerEntryKind Kind { get; init; }

    /// <summary>The bits of <c>chmod</c>.</summary>
    public required UnixFileMode Mode { get; init; }

    /// <summary>The owner's number.</summary>
    public long UserId { get; init; }

    /// <summary>The number of the owner's group.</summary>
    public long GroupId { get; init; }

    /// <summary>The time of its last change, to the second.</summary>
    public DateTimeOffset Time { get; init; } = FixedTime;

    /// <summary>The length of a file in bytes.</summary>
    public long Size { get; init; }

    /// <summary>What a link leads to: of a hard link the path below the image's root, of a symbolic one any text.</summary>
    public string Target { get; init; } = "";

    /// <summary>A folder of root.</summary>
    public static LayerEntry Folder(string name) => new()
    {
        Name = name,
        Kind = LayerEntryKind.Folder,
        Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute,
    };
}

/// <summary>What a layer's entry is; what else tar knows has no place in an application.</summary>
public enum LayerEntryKind
{
    File,
    Folder,
    SymbolicLink,
    HardLink,
}

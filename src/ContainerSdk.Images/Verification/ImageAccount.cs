using System.Collections.Immutable;
using System.Globalization;
using ContainerSdk.Images.Layers;

namespace ContainerSdk.Images.Verification;

/// <summary>Who a container's process is to the kernel.</summary>
/// <param name="Name">As messages call it.</param>
/// <param name="UserId">The user's number.</param>
/// <param name="GroupIds">The numbers of its groups.</param>
internal sealed record ImageAccount(string Name, long UserId, ImmutableArray<long> GroupIds)
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public bool IsRoot => UserId == 0;

    /// <summary>Whether it may do that (the bit of others) to a file or folder.</summary>
    public bool Can(UnixFileMode bit, TreeEntry entry)
    {
        // Of files nobody runs what has no bit for it at all.
        if (IsRoot) return bit != UnixFileMode.OtherExecute || entry.Kind == LayerEntryKind.Folder || (entry.Mode & AnyExecute) != 0;
        var shift = entry.UserId == UserId ? 6 : GroupIds.Contains(entry.GroupId) ? 3 : 0;
        return ((int)entry.Mode & ((int)bit << shift)) != 0;
    }

    /// <summary>What of a path it may not use, in words after "cannot"; null if it may do <paramref name="bits"/> there.</summary>
    public string? Obstacle(ImageFacts image, string path, params ReadOnlySpan<UnixFileMode> bits)
    {
        if (image.At(path) is not var (place, entry)) return $"find '{path}', which is not in the image";
        var segments = place.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 1; i < segments.Length; i++)
        {
            var above = "/" + string.Join('/', segments[..i]);
            if (image.Files.Find(above[1..]) is { Kind: LayerEntryKind.Folder } folder && !Can(UnixFileMode.OtherExecute, folder)) return $"enter '{above}' ({Describe(folder)})";
        }

        foreach (var bit in bits)
            if (!Can(bit, entry)) return $"{Word(bit, entry)} '{path}' ({Describe(entry)})";
        return null;
    }

    public static string Describe(TreeEntry entry) => string.Create(CultureInfo.InvariantCulture, $"mode {Octal(entry.Mode)}, owner {entry.UserId}:{entry.GroupId}");

    public static string Octal(UnixFileMode mode) => Convert.ToString((int)mode, 8).PadLeft(4, '0');

    private static string Word(UnixFileMode bit, TreeEntry entry) => bit switch
    {
        UnixFileMode.OtherRead => "read",
        UnixFileMode.OtherWrite => "write to",
        _ when entry.Kind == LayerEntryKind.Folder => "enter",
        _ => "execute",
    };
}

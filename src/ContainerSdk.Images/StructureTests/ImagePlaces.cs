using ContainerSdk.Images.Layers;

namespace ContainerSdk.Images.StructureTests;

/// <summary>Finds what a path of a test leads to.</summary>
/// <param name="files">What a container sees.</param>
internal sealed class ImagePlaces(FileTree files)
{
    // A folder that no layer names is made by the engine.
    private static readonly TreeEntry MadeFolder = new(
        LayerEntryKind.Folder,
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute,
        0, 0, "");

    /// <summary>What lies there; links on the way are followed, and one at the end is not. Null if there is nothing.</summary>
    /// <exception cref="Oci.InvalidImageException">Links lead in a circle.</exception>
    public TreeEntry? Find(string path)
    {
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Length == 0 || segments[^1] is "." or "..") return At(files.Resolve(path));
        var folder = files.Resolve(string.Join('/', segments[..^1]));
        return At(folder.Length == 0 ? segments[^1] : $"{folder}/{segments[^1]}");
    }

    /// <summary>Where a path leads to, links at its end followed; null if there is nothing.</summary>
    /// <exception cref="Oci.InvalidImageException">Links lead in a circle.</exception>
    public (string Path, TreeEntry Entry)? Follow(string path)
    {
        var place = files.Resolve(path);
        return At(place) is { } entry ? (place, entry) : null;
    }

    private TreeEntry? At(string place) => files.Find(place) ?? (place.Length == 0 || files.All.Any(file => file.Path.StartsWith(place + "/", StringComparison.Ordinal)) ? MadeFolder : null);
}

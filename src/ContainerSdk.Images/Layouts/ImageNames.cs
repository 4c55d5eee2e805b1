using System.Collections.Immutable;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Layouts;

/// <summary>How the images of a layout or archive are told apart: by the names written beside them, which may be tags or whole names.</summary>
internal static class ImageNames
{
    private const int MaxShown = 10;

    /// <summary>Whether <paramref name="text"/> asks for a digest, be it one that is known here or not.</summary>
    public static bool IsDigest(string text) => text.StartsWith("sha256:", StringComparison.Ordinal) || text.StartsWith("sha512:", StringComparison.Ordinal);

    /// <summary>The image that <paramref name="wanted"/> names: literally, or as the same whole name, or by its tag; or else the only one. Null if there are no images.</summary>
    /// <exception cref="InvalidImageException">Several have the name, or none of several.</exception>
    public static T? Choose<T>(ImmutableArray<(T Image, ImmutableArray<string> Names)> images, string wanted)
        where T : class
    {
        foreach (var isNamed in new Func<string, bool>[] { name => name == wanted, name => IsSame(name, wanted), name => HasTag(name, wanted) })
        {
            var named = images.Where(image => image.Names.Any(isNamed)).Select(image => image.Image).Distinct().ToArray();
            if (named.Length == 1) return named[0];
            if (named.Length > 1) throw new InvalidImageException($"it holds {named.Length} images that are called {Quotation.Of(wanted)}: {Show(images)}");
        }

        var all = images.Select(image => image.Image).Distinct().ToArray();
        if (all.Length > 1) throw new InvalidImageException($"it holds {all.Length} images, none of which is called {Quotation.Of(wanted)}: {Show(images)}");
        return all.FirstOrDefault();
    }

    private static bool IsSame(string name, string wanted) =>
        ImageReference.TryParse(name, out var one, out _) && ImageReference.TryParse(wanted, out var other, out _)
        && (one.Registry, one.Repository, one.Tag ?? "latest", one.Digest) == (other.Registry, other.Repository, other.Tag ?? "latest", other.Digest);

    private static bool HasTag(string name, string wanted) => ImageReference.TryParse(name, out var reference, out _) && reference.Tag == wanted;

    private static string Show<T>(ImmutableArray<(T Image, ImmutableArray<string> Names)> images)
    {
        var names = images.SelectMany(image => image.Names).Distinct(StringComparer.Ordinal).ToArray();
        return names.Length == 0 ? "they have no names" : string.Join(", ", names.Take(MaxShown).Select(Quotation.Of)) + (names.Length > MaxShown ? ", …" : "");
    }
}

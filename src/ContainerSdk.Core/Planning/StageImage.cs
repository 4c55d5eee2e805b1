using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>What a stage is built on, and what the image's name says about its inside.</summary>
/// <param name="Property">The property that names it.</param>
/// <param name="Image">The image; null for scratch, and where the name cannot be read.</param>
/// <param name="Manager">The package manager; null where there is neither one nor a shell.</param>
internal sealed record StageImage(string Property, ImageReference? Image, PackageManager? Manager)
{
    private const string Scratch = "scratch";

    /// <summary>Whether there is no image at all, and so no account file either.</summary>
    public bool IsScratch => Image is null && Manager is null;

    /// <summary>As a message names it.</summary>
    public string Name => Image?.ToString() ?? Scratch;

    /// <summary>The runtime stage's base.</summary>
    public static StageImage Base(InputReader reader)
    {
        const string Property = "ContainerBaseImage";
        var text = reader.Required(Property);
        if (text.Trim() == Scratch) return new StageImage(Property, null, null);

        // A name that cannot be read is one mistake; nothing more is concluded from it.
        return text.Length > 0 && reader.TryImage(Property, text, out var image) ? Of(Property, image) : new StageImage(Property, null, PackageManager.Apt);
    }

    public static StageImage Of(string property, ImageReference image) => new(property, image, BaseFamily.ManagerOf(image));

    /// <summary>Says that <paramref name="items"/> need what an image without a shell lacks.</summary>
    public void RefuseShell(InputReader reader, string kind, IEnumerable<string> items, string need) =>
        reader.Diagnostics.Add(Descriptors.NoShell, kind, string.Join("', '", items), need, Property, Name, BaseFamily.WithShell(Image));
}

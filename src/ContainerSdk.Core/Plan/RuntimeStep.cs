using System.Collections.Immutable;
using System.Text.Json.Serialization;
using ContainerSdk.Images;

namespace ContainerSdk.Plan;

/// <summary>One thing that is done to the image beside the application's layers, as root; the hierarchy is closed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "step")]
[JsonDerivedType(typeof(Install), "install")]
[JsonDerivedType(typeof(Shell), "shell")]
[JsonDerivedType(typeof(Copy), "copy")]
[JsonDerivedType(typeof(Folder), "folder")]
public abstract record RuntimeStep
{
    private RuntimeStep()
    {
    }

    /// <summary>OS packages are installed.</summary>
    public sealed record Install(PackageManager Manager, ImmutableArray<OsPackage> Packages) : RuntimeStep;

    /// <summary>The image's shell reads a text.</summary>
    public sealed record Shell(string Text) : RuntimeStep;

    /// <summary>
    /// A file, or a folder's content, is copied. A target with a trailing slash is a folder that gets the file under its own name. Folders above the
    /// target that are not there belong to root.
    /// </summary>
    public sealed record Copy(FileSource From, string Target, ImageUser Owner, AccessMode? Mode) : RuntimeStep;

    /// <summary>A folder is made, or is given to another owner; its content, and the folders above it, are left alone.</summary>
    public sealed record Folder(ContainerPath Path, ImageUser Owner) : RuntimeStep;
}

/// <summary>Where a copied file lies; the hierarchy is closed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "in")]
[JsonDerivedType(typeof(Context), "context")]
[JsonDerivedType(typeof(Builder), "builder")]
[JsonDerivedType(typeof(Image), "image")]
public abstract record FileSource
{
    private FileSource()
    {
    }

    /// <summary>In the build context, relative to its root; a folder has a trailing slash.</summary>
    public sealed record Context(string Path) : FileSource;

    /// <summary>In the builder stage, after the build.</summary>
    public sealed record Builder(ContainerPath Path) : FileSource;

    /// <summary>In another image.</summary>
    public sealed record Image(ImageReference Reference, ContainerPath Path) : FileSource;
}

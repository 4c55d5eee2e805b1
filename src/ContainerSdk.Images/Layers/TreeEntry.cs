using System.Text.Json.Serialization;
using ContainerSdk.Images.Elf;

namespace ContainerSdk.Images.Layers;

/// <summary>A name in a layer, below the image's root and without a leading slash, whiteouts as they are written.</summary>
/// <param name="Path">The path.</param>
/// <param name="Entry">What it stands for.</param>
public readonly record struct LayerName(string Path, TreeEntry Entry);

/// <summary>A name in an image.</summary>
/// <param name="Kind">What it is; devices and pipes count as files.</param>
/// <param name="Mode">The bits of <c>chmod</c>.</param>
/// <param name="UserId">The owner's number.</param>
/// <param name="GroupId">The number of the owner's group.</param>
/// <param name="Target">What a link leads to.</param>
public sealed record TreeEntry(LayerEntryKind Kind, UnixFileMode Mode, int UserId, int GroupId, string Target)
{
    /// <summary>The length of a file in bytes.</summary>
    public long Size { get; init; }

    /// <summary>What is known of its content; null of most.</summary>
    public FileFacts? Facts { get; init; }

    /// <summary>The content, of a file that was asked for; null of all others.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte>? Content => Facts?.Content;
}

/// <summary>What is known of a file's content.</summary>
public sealed record FileFacts
{
    /// <summary>All of it.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>What the kernel and the loader read of a binary.</summary>
    public ElfFile? Program { get; init; }

    /// <summary>What a script names in its first line as the program that reads it.</summary>
    public string? Interpreter { get; init; }

    /// <summary>The kind of secret that is in it, in words for a message.</summary>
    public string? Secret { get; init; }

    /// <summary>What the Go toolchain wrote into a binary about the modules that it is made of (https://pkg.go.dev/runtime/debug#BuildInfo).</summary>
    public string? GoModules { get; init; }
}

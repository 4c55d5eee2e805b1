using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Layouts;

/// <summary>Files that are known by their path below one root, wherever they are.</summary>
internal abstract class FileSet
{
    /// <summary>The file at <paramref name="path"/>, whose parts '/' divides, from its first byte on and with its length; null if there is none.</summary>
    /// <exception cref="IOException">The place cannot be read.</exception>
    /// <exception cref="InvalidImageException">The path leads out of the root.</exception>
    public abstract Stream? Open(string path);

    /// <summary>All of a file of JSON; null if there is none.</summary>
    /// <exception cref="IOException">The place cannot be read.</exception>
    /// <exception cref="InvalidImageException">The path leads out of the root, or the file is longer than any that is read.</exception>
    public async Task<byte[]?> ReadJsonAsync(string path, CancellationToken cancellation)
    {
        await using var file = Open(path);
        if (file is null) return null;
        if (file.Length > OciJson.MaxBytes) throw new InvalidImageException($"{Quotation.Of(path)} has {file.Length} bytes, and no more than {OciJson.MaxBytes} are read");
        var json = new byte[file.Length];
        await file.ReadExactlyAsync(json, cancellation);
        return json;
    }
}

using System.Formats.Tar;
using ContainerSdk.Images.Layouts;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Tests.Layouts;
using ContainerSdk.Images.Tests.Registries;

namespace ContainerSdk.Faults.Tests;

/// <summary>Images to build on, in a registry or in a file.</summary>
internal static class BaseImages
{
    /// <summary>One of a layer with accounts and <paramref name="size"/> bytes that no compression makes smaller.</summary>
    public static TestImage Plain(int size = 1000) => new TestImage().Add(
        TestArchive.Folder("etc/"), TestArchive.File("etc/passwd", "root:x:0:0:root:/:/bin/sh\n"), TestArchive.Folder("srv/"), TestArchive.File("usr/lib/noise", TestProject.Noise(size)));

    /// <summary>One of one layer that holds <paramref name="entries"/>.</summary>
    public static TestImage With(params TarEntry[] entries) => new TestImage().Add(entries);

    /// <summary>Puts it into a registry as <c>base:1</c>.</summary>
    public static void Keep(this MemoryRegistry registry, TestImage made, Image image)
    {
        foreach (var (digest, blob) in made.Blobs) registry.Blobs[$"base@{digest}"] = blob;
        registry.Blobs[$"base@{image.Manifest.Config.Digest}"] = image.ConfigurationJson.ToArray();
        var found = new FoundManifest(image.MediaType, image.ManifestJson);
        registry.Manifests["base:1"] = found;
        registry.Manifests[$"base@{found.Digest}"] = found;
        registry.Names[found.Digest.ToString()] = "MANIFEST";
        registry.Names[image.Manifest.Config.Digest.ToString()] = "CONFIG";
        foreach (var layer in image.Manifest.Layers) registry.Names[layer.Digest.ToString()] = "LAYER";
    }

    /// <summary>Writes it into a file.</summary>
    public static async Task SaveAsync(Image image, string path)
    {
        await using var file = File.Create(path);
        await ArchiveWriter.WriteAsync(new NamedImage([image]), [], file, CancellationToken.None);
    }

    /// <summary>Compresses a file in its place.</summary>
    public static async Task CompressAsync(string path) => await File.WriteAllBytesAsync(path, TestArchive.Gzip(await File.ReadAllBytesAsync(path)));
}

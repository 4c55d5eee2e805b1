using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Images.Assembly;

namespace ContainerSdk.Engines.Receipts;

/// <summary>
/// One hash over all that an image is made of: the plan, the Dockerfile, its ignore file, and every file that the engine gets. What a base image's
/// name stands for is not in it.
/// </summary>
public static class BuildInputs
{
    /// <summary>The hash of the texts and of the context's files: names, modes, links and contents.</summary>
    public static async Task<string> HashAsync(string plan, string dockerfile, string ignoreFile, string context, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // Another version of these assemblies may build another image of the same plan.
        foreach (var type in new[] { typeof(BuildInputs), typeof(ImageAssembler) }) Add(hash, type.Assembly.ManifestModule.ModuleVersionId.ToString());
        foreach (var text in new[] { plan, dockerfile, ignoreFile }) Add(hash, text);
        foreach (var (path, entry) in ContextFiles.Find(context, DockerIgnoreFile.Parse(ignoreFile)))
        {
            Add(hash, path);
            Add(hash, Mode(entry));
            Add(hash, await ContentAsync(entry, cancellation));
        }

        return Format(hash.GetHashAndReset());
    }

    /// <summary>The hash of a file's content.</summary>
    public static async Task<string> HashFileAsync(string path, CancellationToken cancellation)
    {
        await using var stream = new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan });
        return Format(await SHA256.HashDataAsync(stream, cancellation));
    }

    // What is empty is not opened: a pipe would wait for its writer.
    private static async Task<string> ContentAsync(FileSystemInfo entry, CancellationToken cancellation) => entry switch
    {
        { LinkTarget: { } target } => "link " + target,
        DirectoryInfo => "folder",
        FileInfo { Length: 0 } => "empty",
        _ => await HashFileAsync(entry.FullName, cancellation),
    };

    private static string Mode(FileSystemInfo entry) =>
        OperatingSystem.IsWindows() || entry.LinkTarget is not null ? "" : Convert.ToString((int)entry.UnixFileMode, 8);

    private static string Format(byte[] digest) => "sha256:" + Convert.ToHexStringLower(digest);

    // Each part with its length before it, so that no two lists of parts are one text.
    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(Encoding.UTF8.GetBytes(bytes.Length.ToString(CultureInfo.InvariantCulture) + ":"));
        hash.AppendData(bytes);
    }
}

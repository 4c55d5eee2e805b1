namespace ContainerSdk.Images.Layouts;

/// <summary>The files of a folder. Its user named it, and links in it are followed wherever they lead.</summary>
internal sealed class FolderFiles(string folder) : FileSet
{
    private const int BufferSize = 128 * 1024;

    public override Stream? Open(string path)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"the folder '{folder}' does not exist");
        var full = Path.Combine(folder, path);
        return File.Exists(full)
            ? new FileStream(full, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferSize, FileOptions.Asynchronous | FileOptions.SequentialScan)
            : null;
    }
}

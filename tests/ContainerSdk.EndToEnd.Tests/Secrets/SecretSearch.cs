using System.IO.Compression;
using System.Text;
using ContainerSdk.Testing;

namespace ContainerSdk.EndToEnd.Tests.Secrets;

/// <summary>Looks for texts in whatever a publish leaves behind: as UTF-8, as UTF-16 and as base64; also inside gzip, and in the zip that a binary log holds.</summary>
internal sealed class SecretSearch
{
    private const int Block = 1 << 20;

    private static readonly byte[] Zip = "PK\u0003\u0004"u8.ToArray();

    private readonly byte[][] _forms;
    private readonly int _longest;

    public SecretSearch(params IEnumerable<string> secrets)
    {
        _forms = [.. secrets.SelectMany(Forms)];
        _longest = _forms.Max(form => form.Length);
    }

    public bool IsIn(string text) => IsIn(Encoding.UTF8.GetBytes(text));

    /// <summary>The files below a folder that hold it, relative to the folder.</summary>
    public string[] FilesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsInFile).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal)];

    /// <summary>Whether a file holds it, or what the file unpacks to.</summary>
    public bool IsInFile(string path)
    {
        using var file = File.OpenRead(path);
        if (IsIn(file)) return true;
        file.Position = 0;
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return IsInUnpacked(isGzip ? UnpackGzip(path) : File.ReadAllBytes(path));
    }

    /// <summary>Where an image has it: <c>layers</c> (every byte of them, and the configuration) or <c>history</c>.</summary>
    public string[] PlacesInImage(string image)
    {
        using var save = CommandLine.Start(Path.GetTempPath(), new Dictionary<string, string>(), "docker", "save", image);
        var inLayers = IsIn(save.StandardOutput.BaseStream);
        save.StandardOutput.BaseStream.CopyTo(Stream.Null);
        save.WaitForExit();
        if (save.ExitCode != 0) throw new InvalidOperationException(save.StandardError.ReadToEnd());
        var inHistory = IsIn(Docker.Run("history", "--no-trunc", "--format", "{{json .}}", image));
        return [.. new[] { (inLayers, "layers"), (inHistory, "history") }.Where(place => place.Item1).Select(place => place.Item2)];
    }

    /// <summary>The names of the files that MSBuild put into a binary log.</summary>
    public static string[] FilesInBinaryLog(string path)
    {
        using var archive = ArchiveIn(UnpackGzip(path));
        return [.. archive?.Entries.Select(entry => entry.FullName) ?? []];
    }

    private static IEnumerable<byte[]> Forms(string secret) =>
        [Encoding.UTF8.GetBytes(secret), Encoding.Unicode.GetBytes(secret), Encoding.UTF8.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)).TrimEnd('='))];

    private bool IsIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var form in _forms)
            if (bytes.IndexOf(form) >= 0) return true;
        return false;
    }

    // A block begins with the end of the one before it, so that nothing hides between two.
    private bool IsIn(Stream stream)
    {
        var (buffer, kept) = (new byte[Block + _longest], 0);
        while (stream.ReadAtLeast(buffer.AsSpan(kept), Block, throwOnEndOfStream: false) is > 0 and var read)
        {
            var bytes = buffer.AsSpan(0, kept + read);
            if (IsIn(bytes)) return true;
            kept = Math.Min(_longest - 1, bytes.Length);
            bytes[^kept..].CopyTo(buffer);
        }

        return false;
    }

    private bool IsInUnpacked(byte[] bytes)
    {
        if (IsIn(bytes)) return true;
        using var archive = ArchiveIn(bytes);
        foreach (var entry in archive?.Entries ?? Enumerable.Empty<ZipArchiveEntry>())
        {
            using var stream = entry.Open();
            if (IsIn(All(stream))) return true;
        }

        return false;
    }

    private static ZipArchive? ArchiveIn(byte[] bytes)
    {
        var start = bytes.AsSpan().IndexOf(Zip);
        return start < 0 ? null : new ZipArchive(new MemoryStream(bytes, start, bytes.Length - start));
    }

    private static byte[] UnpackGzip(string path)
    {
        using var packed = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        return All(packed);
    }

    private static byte[] All(Stream stream)
    {
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}

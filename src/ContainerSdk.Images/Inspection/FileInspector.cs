using System.Collections.Frozen;
using System.Text;
using ContainerSdk.Images.Elf;
using ContainerSdk.Images.Layers;

namespace ContainerSdk.Images.Inspection;

/// <summary>Looks into the files of a layer while it is read, once: binaries, scripts, the texts that say what is installed, and secrets.</summary>
public static class FileInspector
{
    private const int HeadBytes = 512;
    private const int MaxText = 16 * 1024 * 1024;
    private const int MaxSearched = 1024 * 1024;
    private const int MaxInMemory = 16 * 1024 * 1024;

    // Accounts, the system's name, where loaders look, and what package managers wrote down.
    private static readonly FrozenSet<string> Kept = new[]
    {
        "etc/passwd", "etc/group", "etc/os-release", "usr/lib/os-release", "etc/ld.so.conf", "etc/dotnet/install_location",
        "var/lib/dpkg/status", "lib/apk/db/installed", "usr/lib/apk/db/installed", "var/lib/rpmmanifest/container-manifest-2",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is kept of <paramref name="file"/>; null if nothing is.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async ValueTask<FileFacts?> InspectAsync(LayerFile file, CancellationToken cancellation)
    {
        if (file.Length == 0) return null;
        if (IsKept(file.Path) && file.Length <= MaxText) return new FileFacts { Content = await file.ReadAsync(cancellation) };
        var head = new byte[Math.Min(file.Length, HeadBytes)];
        await file.Content.ReadExactlyAsync(head, cancellation);
        if (head.AsSpan().StartsWith("\u007fELF"u8)) return await InspectBinaryAsync(file, head, cancellation);
        var interpreter = InterpreterOf(head);
        var secret = SecretPatterns.FindInName(file.Path);
        if (secret is null && file.Length <= MaxSearched && !head.Contains((byte)0))
        {
            var text = new byte[file.Length];
            head.CopyTo(text, 0);
            await file.Content.ReadExactlyAsync(text.AsMemory(head.Length), cancellation);
            secret = SecretPatterns.Find(Encoding.UTF8.GetString(text));
        }

        return interpreter is null && secret is null ? null : new FileFacts { Interpreter = interpreter, Secret = secret };
    }

    private static async Task<FileFacts?> InspectBinaryAsync(LayerFile file, byte[] head, CancellationToken cancellation)
    {
        await using Stream content = file.Length <= MaxInMemory
            ? new MemoryStream((int)file.Length)
            : new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 128 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await content.WriteAsync(head, cancellation);
        await file.Content.CopyToAsync(content, cancellation);
        return ElfFile.Read(content) is { } program ? new FileFacts { Program = program, GoModules = GoBuildInfo.Read(content) } : null;
    }

    private static bool IsKept(string path) => Kept.Contains(path)
        || path.EndsWith(".runtimeconfig.json", StringComparison.Ordinal) || path.EndsWith(".deps.json", StringComparison.Ordinal)
        || path.StartsWith("var/lib/dpkg/status.d/", StringComparison.Ordinal)
        || path.StartsWith("etc/ld.so.conf.d/", StringComparison.Ordinal) || path.StartsWith("etc/ld-musl-", StringComparison.Ordinal);

    // execve(2): up to the first blank, behind blanks.
    private static string? InterpreterOf(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("#!"u8)) return null;
        var end = head.IndexOfAny((byte)'\n', (byte)0);
        var words = Encoding.UTF8.GetString(end < 0 ? head[2..] : head[2..end]).Trim(' ', '\t').Split([' ', '\t'], 3);
        // Told as it is, so that a line of Windows is seen for what it is.
        return words is [var env, var name, ..] && env.EndsWith("/env", StringComparison.Ordinal) && !name.StartsWith('-') ? $"{env} {name}" : words[0];
    }
}

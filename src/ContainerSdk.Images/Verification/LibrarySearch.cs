using System.Collections.Immutable;
using ContainerSdk.Images.Elf;

namespace ContainerSdk.Images.Verification;

/// <summary>Where a loader of the image finds libraries: the binary's own folders, the environment's, the configured and the usual ones (ld.so(8)).</summary>
internal sealed class LibrarySearch
{
    private static readonly string[] Usual = ["/lib64", "/usr/lib64", "/lib", "/usr/lib", "/usr/local/lib"];
    private static readonly string[] Triplets = ["x86_64-linux-gnu", "aarch64-linux-gnu", "arm-linux-gnueabihf", "i386-linux-gnu", "powerpc64le-linux-gnu", "s390x-linux-gnu", "riscv64-linux-gnu"];

    // What musl's loader is itself, whatever name it is asked for by.
    private static readonly string[] Musl = ["libc.", "libm.", "libpthread.", "librt.", "libdl.", "libutil.", "libxnet."];

    private readonly ImageFacts _image;
    private readonly ImmutableArray<string> _folders;

    public LibrarySearch(ImageFacts image)
    {
        _image = image;
        var configured = image.Files.All.Where(name => name.Path is "etc/ld.so.conf" || name.Path.StartsWith("etc/ld.so.conf.d/", StringComparison.Ordinal) || name.Path.StartsWith("etc/ld-musl-", StringComparison.Ordinal))
            .SelectMany(name => image.Lines("/" + name.Path)).SelectMany(line => line.Split(':')).Select(line => line.Trim()).Where(line => line.StartsWith('/'));
        _folders =
        [
            .. image.Environment.GetValueOrDefault("LD_LIBRARY_PATH", "").Split(':', StringSplitOptions.RemoveEmptyEntries),
            .. configured,
            .. Triplets.SelectMany(triplet => new[] { $"/lib/{triplet}", $"/usr/lib/{triplet}" }),
            .. Usual,
        ];
    }

    /// <summary>The libraries that the binary at <paramref name="path"/>, and those that it needs, do not find; each with the binary that names it.</summary>
    public IEnumerable<(string Binary, string Library)> Missing(string path, ElfFile program)
    {
        var (waiting, seen) = (new Queue<(string Path, ElfFile File)>([(path, program)]), new HashSet<string>(StringComparer.Ordinal));
        while (waiting.TryDequeue(out var binary))
        {
            foreach (var name in binary.File.Needed.Where(name => seen.Add(name) && !IsOfLoader(name)))
            {
                if (Find(name, binary, (path, program)) is { } found) waiting.Enqueue(found);
                else yield return (binary.Path, name);
            }
        }
    }

    private bool IsOfLoader(string name) => _image.CLibrary == "musl" && Array.Exists(Musl, start => name.StartsWith(start, StringComparison.Ordinal));

    private (string Path, ElfFile File)? Find(string name, (string Path, ElfFile File) binary, (string Path, ElfFile File) program)
    {
        var candidates = name.Contains('/', StringComparison.Ordinal)
            ? [name]
            : Own(binary).Concat(Own(program)).Concat(_folders).Select(folder => $"{folder.TrimEnd('/')}/{name}");
        foreach (var candidate in candidates)
            if (_image.At(candidate) is var (place, entry) && entry.Facts?.Program is { } file && file.Machine == binary.File.Machine && file.Bits == binary.File.Bits) return (place, file);
        return null;
    }

    private static IEnumerable<string> Own((string Path, ElfFile File) binary)
    {
        var origin = binary.Path[..Math.Max(binary.Path.LastIndexOf('/'), 1)];
        return binary.File.SearchPaths.Select(folder => folder.Replace("${ORIGIN}", origin, StringComparison.Ordinal).Replace("$ORIGIN", origin, StringComparison.Ordinal));
    }
}

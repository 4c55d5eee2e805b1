using System.Text;

namespace ContainerSdk.Images.Elf;

/// <summary>
/// What Go's linker wrote into a program about the toolchain and the modules that it is made of, in the form of Go 1.18 and later
/// (https://pkg.go.dev/debug/buildinfo, https://go.dev/src/debug/buildinfo/buildinfo.go).
/// </summary>
public static class GoBuildInfo
{
    private const int HeaderBytes = 32;
    private const int Alignment = 16;
    private const int FlagsAt = 15;
    private const int HasTexts = 2;
    private const int MarkBytes = 16;
    private const int ChunkBytes = 1024 * 1024;
    private const int MaxVersion = 256;
    private const int MaxModules = 4 * 1024 * 1024;

    // It stands at the beginning of a program's data, behind what relocations want.
    private const long MaxSearched = 64 * 1024 * 1024;

    private static readonly byte[] Magic = [0xff, .. " Go buildinf:"u8];

    /// <summary>The version of Go, for example <c>go1.25.1</c>, and, each below the other, the lines about its modules; null for what no such Go made.</summary>
    /// <param name="seekable">An ELF file, from its first byte on.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string? Read(Stream seekable)
    {
        try
        {
            var file = new ElfSegments(seekable);
            // Linkers of other systems may put it where nothing is written.
            var segments = file.All.Where(segment => segment.Type == ElfSegment.Load && (segment.Flags & 1) == 0).OrderByDescending(segment => segment.IsData);
            var left = MaxSearched;
            foreach (var segment in segments)
            {
                var length = Math.Min(Math.Min(left, segment.Size), Math.Max(0, seekable.Length - segment.Offset));
                if (Find(file, segment, segment.Offset + length) is { } found) return found;
                left -= length;
            }

            return null;
        }
        catch (Exception e) when (ElfSegments.IsBroken(e))
        {
            return null;
        }
    }

    private static string? Find(ElfSegments file, ElfSegment segment, long end)
    {
        for (var at = segment.Offset; at < end; at += ChunkBytes)
        {
            var chunk = file.Bytes(at, Math.Min(ChunkBytes + HeaderBytes, end - at));
            for (var offset = 0; chunk.AsSpan(offset).IndexOf(Magic) is var next and >= 0; offset += next + 1)
            {
                // A program that reads such programs has the mark among its own data as well.
                var found = at + offset + next;
                if ((segment.Address + (ulong)(found - segment.Offset)) % Alignment == 0 && TextAt(file, found, end) is { } text) return text;
            }
        }

        return null;
    }

    private static string? TextAt(ElfSegments file, long at, long end)
    {
        if (end - at < HeaderBytes || (file.Bytes(at, HeaderBytes)[FlagsAt] & HasTexts) == 0) return null;
        if (VariableAt(file, at + HeaderBytes, end, MaxVersion) is not var (version, next) || !IsVersion(version)) return null;
        if (VariableAt(file, next, end, MaxModules) is not var (modules, _)) return null;
        // The lines stand between two marks of no meaning.
        var hasLines = modules.Length > 2 * MarkBytes && modules[^(MarkBytes + 1)] == '\n';
        return $"{Encoding.UTF8.GetString(version)}\n{(hasLines ? Encoding.UTF8.GetString(modules.AsSpan()[MarkBytes..^MarkBytes]) : "")}";
    }

    private static bool IsVersion(ReadOnlySpan<byte> text) => text.StartsWith("go"u8) || text.StartsWith("devel"u8);

    // A length of seven bits a byte, the lowest first, and that many bytes.
    private static (byte[] Bytes, long Next)? VariableAt(ElfSegments file, long at, long end, int atMost)
    {
        long length = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (at >= end) return null;
            var part = file.Bytes(at++, 1)[0];
            length |= (long)(part & 0x7f) << shift;
            if (part < 0x80) return length > atMost || length > end - at ? null : (file.Bytes(at, length), at + length);
        }

        return null;
    }
}

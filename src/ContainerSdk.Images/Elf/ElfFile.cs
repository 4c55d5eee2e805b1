using System.Collections.Immutable;
using System.Text;

namespace ContainerSdk.Images.Elf;

/// <summary>
/// What the kernel and the dynamic loader read of a binary (System V ABI, https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html): which machine it is for, which
/// loader starts it, and which libraries it names.
/// </summary>
public sealed record ElfFile
{
    private const int MaxTable = 16 * 1024 * 1024;

    /// <summary>The number of the machine, for example 62 for x86-64.</summary>
    public required int Machine { get; init; }

    /// <summary>32 or 64.</summary>
    public required int Bits { get; init; }

    /// <summary>The path of the dynamic loader; null of a library, and of a static program.</summary>
    public string? Interpreter { get; init; }

    /// <summary>The names of the libraries that have to be there.</summary>
    public ImmutableArray<string> Needed { get; init; } = [];

    /// <summary>The folders that it wants its libraries looked for in, before the system's; <c>$ORIGIN</c> in them is its own folder.</summary>
    public ImmutableArray<string> SearchPaths { get; init; } = [];

    /// <summary>Reads a seekable stream; null for what is no ELF file, or a broken one.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ElfFile? Read(Stream stream)
    {
        try
        {
            return new Reader(stream).Read();
        }
        catch (Exception e) when (ElfSegments.IsBroken(e))
        {
            return null;
        }
    }

    private sealed class Reader(Stream stream)
    {
        private readonly ElfSegments _file = new(stream);

        public ElfFile Read()
        {
            var file = new ElfFile { Machine = _file.Machine, Bits = _file.Bits };
            if (_file.All.FirstOrDefault(segment => segment.Type == ElfSegment.Interpreter) is { } interpreter)
                file = file with { Interpreter = Text(_file.Bytes(interpreter.Offset, Math.Min(interpreter.Size, 4096)), 0) };
            return _file.All.FirstOrDefault(segment => segment.Type == ElfSegment.Dynamic) is { } dynamic ? WithDynamic(file, dynamic) : file;
        }

        private ElfFile WithDynamic(ElfFile file, ElfSegment dynamic)
        {
            var table = _file.Bytes(dynamic.Offset, Math.Min(dynamic.Size, MaxTable));
            var width = _file.Bits / 8;
            var entries = new List<(ulong Tag, ulong Value)>();
            for (var offset = 0; offset + (2 * width) <= table.Length; offset += 2 * width)
            {
                var tag = _file.Word(table, offset);
                if (tag == 0) break;
                entries.Add((tag, _file.Word(table, offset + width)));
            }

            // DT_STRTAB is an address, and the segments say where in the file it lies.
            var address = entries.FirstOrDefault(entry => entry.Tag == 5).Value;
            var size = entries.FirstOrDefault(entry => entry.Tag == 10).Value;
            if (_file.All.FirstOrDefault(segment => segment.Type == ElfSegment.Load && address >= segment.Address && address < segment.Address + (ulong)segment.Size) is not { } load) return file;
            var strings = _file.Bytes(load.Offset + (long)(address - load.Address), (long)Math.Min(size, MaxTable));
            return file with
            {
                Needed = [.. Texts(1)],
                SearchPaths = [.. Texts(29).Concat(Texts(15)).SelectMany(paths => paths.Split(':', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)],
            };

            IEnumerable<string> Texts(ulong tag) => entries.Where(entry => entry.Tag == tag).Select(entry => Text(strings, checked((int)entry.Value)));
        }

        private static string Text(byte[] bytes, int offset)
        {
            var rest = bytes.AsSpan(offset);
            var end = rest.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
        }
    }
}

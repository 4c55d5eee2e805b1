using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace ContainerSdk.Images.Elf;

/// <summary>
/// What the kernel and the dynamic loader read of a binary (System V ABI, https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html): which machine it is for, which
/// loader starts it, and which libraries it names.
/// </summary>
public sealed record ElfFile
{
    private const int LoadSegment = 1;
    private const int DynamicSegment = 2;
    private const int InterpreterSegment = 3;
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
        catch (Exception e) when (e is EndOfStreamException or OverflowException or ArgumentException or InvalidDataException)
        {
            return null;
        }
    }

    private sealed class Reader(Stream stream)
    {
        private bool _is64;
        private bool _isBig;

        public ElfFile? Read()
        {
            var start = Bytes(0, Math.Min(stream.Length, 64));
            if (start.Length < 52 || !start.AsSpan(0, 4).SequenceEqual("\u007fELF"u8) || start[4] is not (1 or 2) || start[5] is not (1 or 2)) return null;
            (_is64, _isBig) = (start[4] == 2, start[5] == 2);
            if (_is64 && start.Length < 64) return null;
            var segments = Segments(start).ToImmutableArray();
            var file = new ElfFile { Machine = UInt16(start, 18), Bits = _is64 ? 64 : 32 };
            if (segments.FirstOrDefault(segment => segment.Type == InterpreterSegment) is { } interpreter)
                file = file with { Interpreter = Text(Bytes(interpreter.Offset, Math.Min(interpreter.Size, 4096)), 0) };
            return segments.FirstOrDefault(segment => segment.Type == DynamicSegment) is { } dynamic ? WithDynamic(file, segments, dynamic) : file;
        }

        private ElfFile WithDynamic(ElfFile file, ImmutableArray<Segment> segments, Segment dynamic)
        {
            var table = Bytes(dynamic.Offset, Math.Min(dynamic.Size, MaxTable));
            var width = _is64 ? 8 : 4;
            var entries = new List<(ulong Tag, ulong Value)>();
            for (var offset = 0; offset + (2 * width) <= table.Length; offset += 2 * width)
            {
                var tag = Word(table, offset);
                if (tag == 0) break;
                entries.Add((tag, Word(table, offset + width)));
            }

            // DT_STRTAB is an address, and the segments say where in the file it lies.
            var address = entries.FirstOrDefault(entry => entry.Tag == 5).Value;
            var size = entries.FirstOrDefault(entry => entry.Tag == 10).Value;
            if (segments.FirstOrDefault(segment => segment.Type == LoadSegment && address >= segment.Address && address < segment.Address + (ulong)segment.Size) is not { } load) return file;
            var strings = Bytes(load.Offset + (long)(address - load.Address), (long)Math.Min(size, MaxTable));
            return file with
            {
                Needed = [.. Texts(1)],
                SearchPaths = [.. Texts(29).Concat(Texts(15)).SelectMany(paths => paths.Split(':', StringSplitOptions.RemoveEmptyEntries)).Distinct(StringComparer.Ordinal)],
            };

            IEnumerable<string> Texts(ulong tag) => entries.Where(entry => entry.Tag == tag).Select(entry => Text(strings, checked((int)entry.Value)));
        }

        private IEnumerable<Segment> Segments(byte[] start)
        {
            var (offset, size, count) = _is64 ? (Word(start, 32), UInt16(start, 54), UInt16(start, 56)) : (Word(start, 28), UInt16(start, 42), UInt16(start, 44));
            var table = Bytes(checked((long)offset), size * count);
            for (var at = 0; at < table.Length; at += size)
            {
                yield return _is64
                    ? new Segment(UInt32(table, at), Long(table, at + 8), Word(table, at + 16), Long(table, at + 32))
                    : new Segment(UInt32(table, at), Long(table, at + 4), Word(table, at + 8), Long(table, at + 16));
            }
        }

        private byte[] Bytes(long offset, long length)
        {
            if (offset < 0 || length < 0 || offset + length > stream.Length) throw new InvalidDataException();
            var bytes = new byte[length];
            stream.Position = offset;
            stream.ReadExactly(bytes);
            return bytes;
        }

        private long Long(byte[] bytes, int offset) => checked((long)Word(bytes, offset));

        private ulong Word(byte[] bytes, int offset) => !_is64 ? UInt32(bytes, offset)
            : _isBig ? BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(offset));

        private uint UInt32(byte[] bytes, int offset) => _isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));

        private ushort UInt16(byte[] bytes, int offset) => _isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset));

        private static string Text(byte[] bytes, int offset)
        {
            var rest = bytes.AsSpan(offset);
            var end = rest.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
        }
    }

    private sealed record Segment(uint Type, long Offset, ulong Address, long Size);
}

using System.Buffers.Binary;
using System.Collections.Immutable;

namespace ContainerSdk.Images.Elf;

/// <summary>The segments of an ELF file, and its bytes, in its own order and width. What is broken throws one of the exceptions of <see cref="IsBroken"/>.</summary>
internal sealed class ElfSegments
{
    private readonly Stream _stream;
    private readonly bool _is64;
    private readonly bool _isBig;

    /// <param name="stream">Seekable; the caller disposes of it.</param>
    public ElfSegments(Stream stream)
    {
        _stream = stream;
        var start = Bytes(0, Math.Min(stream.Length, 64));
        if (start.Length < 52 || !start.AsSpan(0, 4).SequenceEqual("\u007fELF"u8) || start[4] is not (1 or 2) || start[5] is not (1 or 2)) throw new InvalidDataException();
        (_is64, _isBig) = (start[4] == 2, start[5] == 2);
        if (_is64 && start.Length < 64) throw new InvalidDataException();
        Machine = UInt16(start, 18);
        All = [.. Read(start)];
    }

    /// <summary>The number of the machine.</summary>
    public int Machine { get; }

    /// <summary>32 or 64.</summary>
    public int Bits => _is64 ? 64 : 32;

    /// <summary>The segments, in the order of their table.</summary>
    public ImmutableArray<ElfSegment> All { get; }

    /// <summary>Whether the exception says that the file is none, or broken.</summary>
    public static bool IsBroken(Exception e) => e is EndOfStreamException or OverflowException or ArgumentException or InvalidDataException;

    /// <summary>A part of the file; the caller sees to it that <paramref name="length"/> is not out of all proportion.</summary>
    public byte[] Bytes(long offset, long length)
    {
        if (offset < 0 || length < 0 || offset > _stream.Length - length) throw new InvalidDataException();
        var bytes = new byte[length];
        _stream.Position = offset;
        _stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A number as wide as an address.</summary>
    public ulong Word(byte[] bytes, int offset) => !_is64 ? UInt32(bytes, offset)
        : _isBig ? BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(offset));

    private IEnumerable<ElfSegment> Read(byte[] start)
    {
        var (offset, size, count) = _is64 ? (Word(start, 32), UInt16(start, 54), UInt16(start, 56)) : (Word(start, 28), UInt16(start, 42), UInt16(start, 44));
        var table = Bytes(checked((long)offset), (long)size * count);
        for (var at = 0; at < table.Length; at += size)
        {
            yield return _is64
                ? new ElfSegment(UInt32(table, at), UInt32(table, at + 4), Long(table, at + 8), Word(table, at + 16), Long(table, at + 32))
                : new ElfSegment(UInt32(table, at), UInt32(table, at + 24), Long(table, at + 4), Word(table, at + 8), Long(table, at + 16));
        }
    }

    private long Long(byte[] bytes, int offset) => checked((long)Word(bytes, offset));

    private uint UInt32(byte[] bytes, int offset) => _isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(offset));

    private ushort UInt16(byte[] bytes, int offset) => _isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(offset)) : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset));
}

/// <summary>A part of the file, and where it is in memory.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Flags">1 can be run, 2 written, 4 read.</param>
/// <param name="Offset">Where it begins in the file.</param>
/// <param name="Address">Where it begins in memory.</param>
/// <param name="Size">Its length in the file.</param>
internal sealed record ElfSegment(uint Type, uint Flags, long Offset, ulong Address, long Size)
{
    /// <summary>PT_LOAD.</summary>
    public const uint Load = 1;

    /// <summary>PT_DYNAMIC.</summary>
    public const uint Dynamic = 2;

    /// <summary>PT_INTERP.</summary>
    public const uint Interpreter = 3;

    /// <summary>Whether it is loaded, and can be written but not run.</summary>
    public bool IsData => Type == Load && (Flags & 3) == 2;
}

using System.Buffers.Binary;
using System.Text;

namespace ContainerSdk.Images.Tests.Verification;

/// <summary>The smallest binaries that say which machine, loader and libraries they want.</summary>
internal static class TestElf
{
    public const int Amd64 = 62;
    public const int Arm64 = 183;

    private const int Header = 64;
    private const int Segment = 56;

    public static byte[] Program(string? loader, params string[] needed) => Write(Amd64, loader, null, needed);

    public static byte[] Library(params string[] needed) => Write(Amd64, null, null, needed);

    public static byte[] Write(int machine, string? loader, string? searched, params string[] needed)
    {
        var strings = new StringBuilder("\0");
        var entries = needed.Select(name => (Tag: 1L, Value: Put(name))).ToList();
        if (searched is not null) entries.Add((29, Put(searched)));
        var interpreter = loader is null ? [] : Encoding.ASCII.GetBytes(loader + "\0");
        const int Start = Header + (3 * Segment);
        var table = Encoding.ASCII.GetBytes(strings.ToString());
        var (tableAt, dynamicAt) = (Start + interpreter.Length, Start + interpreter.Length + table.Length);
        entries.AddRange([(5, tableAt), (10, table.Length), (0, 0)]);
        var dynamic = entries.SelectMany(entry => Word(entry.Tag).Concat(Word(entry.Value))).ToArray();
        var length = dynamicAt + dynamic.Length;
        var file = new List<byte>([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        file.AddRange([.. Half(3), .. Half(machine), .. Half(1), .. Half(0), .. Word(0), .. Word(Header), .. Word(0), .. Half(0), .. Half(0), .. Half(Header), .. Half(Segment), .. Half(3), .. Half(0), .. Half(0), .. Half(0)]);
        file.AddRange(SegmentOf(1, 0, length));
        file.AddRange(loader is null ? SegmentOf(0, 0, 0) : SegmentOf(3, Start, interpreter.Length));
        file.AddRange(SegmentOf(2, dynamicAt, dynamic.Length));
        return [.. file, .. interpreter, .. table, .. dynamic];

        long Put(string text)
        {
            var at = strings.Length;
            strings.Append(text).Append('\0');
            return at;
        }
    }

    private static byte[] SegmentOf(int type, long offset, long size) => [.. Half(type), .. Half(0), .. Half(4), .. Half(0), .. Word(offset), .. Word(offset), .. Word(offset), .. Word(size), .. Word(size), .. Word(1)];

    private static byte[] Half(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return bytes;
    }

    private static byte[] Word(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}

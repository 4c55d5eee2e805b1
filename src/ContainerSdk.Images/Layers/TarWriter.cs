using System.Globalization;
using System.Text;

namespace ContainerSdk.Images.Layers;

/// <summary>
/// Writes a layer's entries as an archive whose bytes depend on nothing but them: ustar headers, and PAX ones (POSIX.1-2017, pax) only before what these cannot say.
/// (The framework's own writer puts its process's number into PAX headers, so that no two builds are alike.)
/// </summary>
internal sealed class TarWriter(Stream target)
{
    private const int Block = 512;
    private const int NameLength = 100;
    private const int PrefixLength = 155;
    private const long MaxOctal7 = 0x1FFFFF;
    private const long MaxOctal11 = 0x1FFFFFFFF;
    private const char PaxType = 'x';

    private readonly byte[] _header = new byte[Block];

    /// <summary>Writes an entry; <paramref name="content"/> is what a file holds, from where it stands, and has the entry's length.</summary>
    /// <exception cref="IOException">The content has another length, as a file that changes meanwhile, or cannot be read or written.</exception>
    public async Task WriteAsync(LayerEntry entry, Stream? content, CancellationToken cancellation)
    {
        var name = entry.Kind == LayerEntryKind.Folder ? entry.Name + "/" : entry.Name;
        if (PaxRecords(entry, name) is { Length: > 0 } records)
        {
            Fill("PaxHeader", "", PaxType, 0b110_100_100, 0, 0, records.Length, LayerEntry.FixedTime, "");
            await target.WriteAsync(_header, cancellation);
            await target.WriteAsync(records, cancellation);
            await PadAsync(records.Length, cancellation);
        }

        var (prefix, rest) = Split(name) ?? ("", Cut(name));
        Fill(rest, prefix, TypeOf(entry.Kind), (int)entry.Mode, entry.UserId, entry.GroupId, entry.Size, entry.Time, Cut(entry.Target));
        await target.WriteAsync(_header, cancellation);
        if (content is null) return;
        await CopyAsync(entry, content, cancellation);
        await PadAsync(entry.Size, cancellation);
    }

    /// <summary>Writes what an archive ends with.</summary>
    public async Task FinishAsync(CancellationToken cancellation) => await target.WriteAsync(new byte[2 * Block], cancellation);

    private async Task CopyAsync(LayerEntry entry, Stream content, CancellationToken cancellation)
    {
        var buffer = new byte[128 * 1024];
        var left = entry.Size;
        while (left > 0)
        {
            var read = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellation);
            if (read == 0) throw new IOException($"'{entry.Name}' became shorter while it was read");
            await target.WriteAsync(buffer.AsMemory(0, read), cancellation);
            left -= read;
        }

        if (await content.ReadAsync(buffer.AsMemory(0, 1), cancellation) > 0) throw new IOException($"'{entry.Name}' became longer while it was read");
    }

    private async Task PadAsync(long length, CancellationToken cancellation) =>
        await target.WriteAsync(new byte[(int)((Block - (length % Block)) % Block)], cancellation);

    private void Fill(string name, string prefix, char type, int mode, long userId, long groupId, long size, DateTimeOffset time, string link)
    {
        Array.Clear(_header);
        Text(name, 0);
        Octal(mode, 100, 7);
        Octal(Math.Min(userId, MaxOctal7), 108, 7);
        Octal(Math.Min(groupId, MaxOctal7), 116, 7);
        Octal(Math.Min(size, MaxOctal11), 124, 11);
        Octal(Math.Clamp(time.ToUnixTimeSeconds(), 0, MaxOctal11), 136, 11);
        _header[156] = (byte)type;
        Text(link, 157);
        Text("ustar\0" + "00", 257);
        Text(prefix, 345);
        _header.AsSpan(148, 8).Fill((byte)' ');
        Octal(_header.Sum(b => b), 148, 6);
        _header[154] = 0;
    }

    private void Text(string text, int offset) => Encoding.UTF8.GetBytes(text, _header.AsSpan(offset));

    private void Octal(long value, int offset, int digits) => Text(Convert.ToString(value, 8).PadLeft(digits, '0'), offset);

    private static byte[] PaxRecords(LayerEntry entry, string name)
    {
        var records = new StringBuilder();
        if (entry.GroupId > MaxOctal7) Record("gid", entry.GroupId.ToString(CultureInfo.InvariantCulture));
        if (!Fits(entry.Target)) Record("linkpath", entry.Target);
        if (Split(name) is null) Record("path", name);
        if (entry.Size > MaxOctal11) Record("size", entry.Size.ToString(CultureInfo.InvariantCulture));
        if (entry.UserId > MaxOctal7) Record("uid", entry.UserId.ToString(CultureInfo.InvariantCulture));
        return Encoding.UTF8.GetBytes(records.ToString());

        // A record begins with its own length, that of the length's digits included.
        void Record(string key, string value)
        {
            var text = $" {key}={value}\n";
            var bytes = Encoding.UTF8.GetByteCount(text);
            var length = bytes + Digits(bytes);
            if (Digits(length) > Digits(bytes)) length++;
            records.Append(CultureInfo.InvariantCulture, $"{length}").Append(text);
        }
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    // A long name is cut at a slash into a prefix and the rest.
    private static (string Prefix, string Name)? Split(string name)
    {
        if (Fits(name)) return ("", name);
        if (!Ascii.IsValid(name)) return null;
        var slash = name.LastIndexOf('/', Math.Min(PrefixLength, name.Length - 2));
        return slash > 0 && name.Length - slash - 1 <= NameLength ? (name[..slash], name[(slash + 1)..]) : null;
    }

    private static bool Fits(string text) => text.Length <= NameLength && Ascii.IsValid(text);

    // For readers that know no PAX; the others take the record.
    private static string Cut(string text)
    {
        var ascii = string.Concat(text.Select(c => c < 128 ? c : '_'));
        return ascii.Length <= NameLength ? ascii : ascii[..NameLength];
    }

    private static char TypeOf(LayerEntryKind kind) => kind switch
    {
        LayerEntryKind.Folder => '5',
        LayerEntryKind.SymbolicLink => '2',
        LayerEntryKind.HardLink => '1',
        _ => '0',
    };
}

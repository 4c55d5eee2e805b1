using System.Buffers.Binary;
using System.Text;
using ContainerSdk.Images.Elf;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.Layers;
using Xunit;

namespace ContainerSdk.Images.Tests.Elf;

public sealed class GoBuildInfoTests
{
    private const string Modules = "path\texample.com/app\nmod\texample.com/app\t(devel)\t\ndep\tgolang.org/x/net\tv0.44.0\th1:abc=\nbuild\tCGO_ENABLED=0\n";

    [Theory]
    [InlineData(0)]
    [InlineData(48)]
    [InlineData(3 * 1024 * 1024)]
    public void TheTextsAreFoundWhereverTheyBeginInTheData(int before) =>
        Assert.Equal("go1.25.1\n" + Modules, GoBuildInfo.Read(Program([.. new byte[before], .. Info("go1.25.1", Modules)])));

    [Fact]
    public void TheyAreFoundAcrossTheEndOfWhatIsReadAtOnce() =>
        Assert.Equal("go1.25.1\n" + Modules, GoBuildInfo.Read(Program([.. new byte[(1024 * 1024) - 8], .. Info("go1.25.1", Modules)], address: 0x400008)));

    [Fact]
    public void AProgramWithoutModulesHasAVersionAlone() => Assert.Equal("go1.25.1\n", GoBuildInfo.Read(Program(Info("go1.25.1", null))));

    [Fact]
    public void TheMarkAloneIsNotTheText()
    {
        var mark = Info("go1.25.1", Modules)[..32];
        byte[] data = [.. mark, 200, 200, 200, 200, 200, 200, .. new byte[10], .. Info("cc1", Modules), .. new byte[Rest(Info("cc1", Modules).Length)], .. Info("go1.26", Modules)];

        Assert.Equal("go1.26\n" + Modules, GoBuildInfo.Read(Program(data)));
    }

    [Fact]
    public void WhatIsNotAlignedIsSomethingElse() => Assert.Null(GoBuildInfo.Read(Program([0, .. Info("go1.25.1", Modules)])));

    [Fact]
    public void TheFormOfOldGoIsNotRead()
    {
        var info = Info("go1.17", Modules);
        info[15] = 0;

        Assert.Null(GoBuildInfo.Read(Program(info)));
    }

    [Fact]
    public void WhatIsCutOrBrokenAnywhereHasNone()
    {
        var bytes = Program(Info("go1.25.1", Modules)).ToArray();
        for (var length = 0; length < bytes.Length; length++) Assert.Null(GoBuildInfo.Read(new MemoryStream(bytes[..length])));
        var state = 7U;
        for (var i = 0; i < 20000; i++)
        {
            var broken = bytes.ToArray();
            for (var j = 0; j < 4; j++) broken[Next(160)] = (byte)Next(256);
            _ = GoBuildInfo.Read(new MemoryStream(broken));
        }

        // The same numbers each time.
        int Next(int end)
        {
            state = unchecked((state * 1664525) + 1013904223);
            return (int)((state >> 8) % (uint)end);
        }
    }

    [Fact]
    public async Task TheInspectionOfALayerKeepsThem()
    {
        using var program = Program(Info("go1.25.1", Modules));

        var facts = await FileInspector.InspectAsync(new LayerFile("app/app", program.Length, program), TestContext.Current.CancellationToken);

        Assert.Equal("go1.25.1\n" + Modules, facts!.GoModules);
        Assert.Equal(62, facts.Program!.Machine);
    }

    /// <summary>What Go's linker writes.</summary>
    internal static byte[] Info(string version, string? modules)
    {
        byte[] mark = [.. Enumerable.Range(0x30, 16).Select(value => (byte)value)];
        byte[] lines = modules is null ? [] : [.. mark, .. Encoding.UTF8.GetBytes(modules), .. mark];
        var name = Encoding.UTF8.GetBytes(version);
        return [0xff, .. " Go buildinf:"u8, 8, 2, .. new byte[16], .. Length(name.Length), .. name, .. Length(lines.Length), .. lines];
    }

    /// <summary>A program of x86-64 with one segment that can be run, and one with <paramref name="data"/>.</summary>
    internal static MemoryStream Program(byte[] data, ulong address = 0x400000)
    {
        const int Start = 64 + (2 * 56);
        var bytes = new byte[Start + data.Length];
        new byte[] { 0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(bytes, 0);
        Put(16, 2, 2);
        Put(18, 2, 62);
        Put(32, 8, 64);
        Put(54, 2, 56);
        Put(56, 2, 2);
        Segment(64, flags: 5, offset: 0, size: Start, at: 0x10000);
        Segment(64 + 56, flags: 6, offset: Start, size: data.Length, at: address);
        data.CopyTo(bytes, Start);
        return new MemoryStream(bytes);

        void Segment(int table, int flags, int offset, int size, ulong at)
        {
            Put(table, 4, 1);
            Put(table + 4, 4, (ulong)flags);
            Put(table + 8, 8, (ulong)offset);
            Put(table + 16, 8, at);
            Put(table + 32, 8, (ulong)size);
            Put(table + 40, 8, (ulong)size);
        }

        void Put(int offset, int width, ulong value)
        {
            Span<byte> all = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(all, value);
            all[..width].CopyTo(bytes.AsSpan(offset));
        }
    }

    private static int Rest(int length) => (16 - (length % 16)) % 16;

    private static IEnumerable<byte> Length(int value)
    {
        for (; value >= 0x80; value >>= 7) yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}

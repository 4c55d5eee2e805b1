using System.Runtime.InteropServices;
using ContainerSdk.Images.Elf;
using Xunit;

namespace ContainerSdk.Images.Tests.Elf;

public sealed class ElfFileTests
{
    // The .NET host is a program that is there wherever these tests run.
    private static string Host => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"), "/");

    [Fact]
    public void AProgramNamesItsLoaderAndItsLibraries()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux programs are ELF files");
        using var stream = File.OpenRead(Host);

        var file = ElfFile.Read(stream)!;

        Assert.Equal(64, file.Bits);
        Assert.Matches("^/lib.*/ld-.*[.]so[.][0-9]$", file.Interpreter);
        Assert.Contains(file.Needed, name => name.StartsWith("libc.", StringComparison.Ordinal));
    }

    [Fact]
    public void ALibraryHasNoLoader()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux libraries are ELF files");
        using var stream = File.OpenRead(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "libSystem.Native.so"));

        Assert.Null(ElfFile.Read(stream)!.Interpreter);
    }

    [Fact]
    public void WhatIsBrokenAnywhereIsNoElfFile()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux programs are ELF files");
        var bytes = File.ReadAllBytes(Host);
        var state = 7U;
        for (var i = 0; i < 3000; i++)
        {
            var broken = bytes[..Next(5000)];
            for (var j = 0; j < 8 && broken.Length > 0; j++) broken[Next(Math.Min(broken.Length, 1000))] = (byte)Next(256);
            _ = ElfFile.Read(new MemoryStream(broken));
        }

        // The same numbers each time.
        int Next(int end)
        {
            state = unchecked((state * 1664525) + 1013904223);
            return (int)((state >> 8) % (uint)end);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("#!/bin/sh\n")]
    [InlineData("\u007fELF")]
    public void WhatIsNoElfFileIsNone(string text) => Assert.Null(ElfFile.Read(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(text))));

    [Fact]
    public void TheClosureHoldsTheLoaderTheCLibraryAndWhatTheseNeed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux programs are ELF files");
        string[] folders = [.. new[] { "/lib", "/usr/lib" }.SelectMany(folder => Directory.EnumerateDirectories(folder, "*-linux-gnu*")), "/lib64", "/usr/lib64", "/lib", "/usr/lib"];
        var closure = new LibraryClosure([.. folders]);

        closure.Add([Host]);

        Assert.Empty(closure.Missing);
        using var stream = File.OpenRead(Host);
        var file = ElfFile.Read(stream)!;
        Assert.Contains(file.Interpreter!, closure.Files.Keys);
        Assert.All(file.Needed, name => Assert.Contains(closure.Files.Keys, path => Path.GetFileName(path) == name));
    }

    [Fact]
    public void WhatTheApplicationBringsAlongIsNotLookedFor()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux programs are ELF files");
        var closure = new LibraryClosure([]);

        closure.Add([Host]);

        Assert.NotEmpty(closure.Missing);
        Assert.DoesNotContain(closure.Files.Keys, path => path.Contains("libc.", StringComparison.Ordinal));
    }
}

using System.Runtime.InteropServices;
using System.Text;
using Xunit;

namespace ContainerSdk.Tasks.Tests;

public sealed class CollectRuntimeClosureTests
{
    // The .NET host is a program that is there wherever these tests run.
    private static string Host => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"), "/");

    [Fact]
    public void TheLibrariesAndTheLoaderLieAsInAnImage()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux programs are ELF files");
        using var folder = new ProjectFolder();
        Publish(folder, bytes => bytes);

        Assert.True(folder.Execute(new CollectRuntimeClosure { Published = "published", Output = "closure" }));

        Assert.Empty(folder.Log.Problems);
        Assert.Contains(folder.Files, file => file.StartsWith("closure/lib", StringComparison.Ordinal) && Path.GetFileName(file).StartsWith("ld-", StringComparison.Ordinal));
        Assert.Contains(folder.Files, file => file.StartsWith("closure/", StringComparison.Ordinal) && Path.GetFileName(file).StartsWith("libc.", StringComparison.Ordinal));
    }

    [Fact]
    public void CSDK9005_ALibraryThatIsNotThereIsNamedAndNothingIsCopied()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux programs are ELF files");
        using var folder = new ProjectFolder();
        Publish(folder, bytes => Replace(bytes, "libc.so.6\0", "libq.so.9\0"));

        Assert.False(folder.Execute(new CollectRuntimeClosure { Published = "published", Output = "closure" }));

        Assert.Equal(
            [folder.Error("CSDK9005", "ContainerRuntimeClosure ships the libraries of this machine, and it has no 'libq.so.9' for the application's platform; install it, or use a ContainerBaseImage that has it and remove ContainerRuntimeClosure")],
            folder.Log.Problems);
        Assert.DoesNotContain(folder.Files, file => file.StartsWith("closure/", StringComparison.Ordinal));
    }

    private static void Publish(ProjectFolder folder, Func<byte[], byte[]> change)
    {
        Directory.CreateDirectory(folder["published"]);
        File.WriteAllBytes(folder["published/app"], change(File.ReadAllBytes(Host)));
    }

    private static byte[] Replace(byte[] bytes, string before, string after)
    {
        var index = bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(before));
        Encoding.ASCII.GetBytes(after).CopyTo(bytes, index);
        return bytes;
    }
}

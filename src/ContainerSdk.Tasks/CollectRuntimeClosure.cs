using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images.Elf;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>Lays the libraries of this machine that the published binaries need, and their loader, into a folder, as they lie in the image's root.</summary>
[MSBuildMultiThreadableTask]
public sealed class CollectRuntimeClosure : ContainerTask
{
    // Loaded where LTTng is, and nowhere else.
    private const string Tracing = "libcoreclrtraceptprovider.so";

    private const UnixFileMode Library = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = Library | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // Where a loader looks without a configuration, on Debian's descendants, on Fedora's, and everywhere.
    private static readonly ImmutableArray<string> Folders =
    [
        .. new[] { "/lib", "/usr/lib" }.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateDirectories(folder, "*-linux-gnu*")).Order(StringComparer.Ordinal),
        "/lib64", "/usr/lib64", "/lib", "/usr/lib",
    ];

    /// <summary>The folder that holds the published files.</summary>
    [Required]
    public string Published { get; set; } = "";

    /// <summary>The folder that gets the libraries.</summary>
    [Required]
    public string Output { get; set; } = "";

    /// <summary>Whether the application knows no cultures.</summary>
    public bool IsInvariant { get; set; }

    /// <summary>Whether .NET's own libraries are part of the program, and do not show among the files.</summary>
    public bool IsOnePiece { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken cancellation)
    {
        var (published, output) = (Path.GetFullPath(Published, ProjectDirectory), Path.GetFullPath(Output, ProjectDirectory));
        var own = Directory.GetFiles(published, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != Tracing).ToArray();
        var closure = new LibraryClosure(Folders);
        closure.Add(own);
        var missing = closure.Missing.ToList();
        foreach (var name in new DotnetLibraries(Folders).Names(own, IsOnePiece ? PublishShape.OnePiece : PublishShape.Files, IsInvariant ? Globalization.Invariant : Globalization.Icu))
            if (!closure.TryAdd(name)) missing.Add(name);
        foreach (var name in missing) Report(new Diagnostic(Descriptors.LibraryMissing, [name]));
        if (missing.Count > 0) return Task.CompletedTask;

        foreach (var (target, path) in closure.Files)
        {
            var copy = Path.Combine(output, target.TrimStart('/'));
            MakeFolders(output, Path.GetDirectoryName(copy)!);
            File.Copy(path, copy, overwrite: true);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(copy, File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute) ? Executable : Library);
            Log.LogMessage(MessageImportance.Low, "{0} goes to {1}", path, target);
        }

        return Task.CompletedTask;
    }

    // Whatever umask this machine has, the image's user has to get in.
    private static void MakeFolders(string root, string folder)
    {
        for (Directory.CreateDirectory(folder); folder.Length >= root.Length; folder = Path.GetDirectoryName(folder)!)
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(folder, Executable);
    }
}

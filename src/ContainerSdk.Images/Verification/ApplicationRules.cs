using ContainerSdk.Diagnostics;
using ContainerSdk.Images.Elf;

namespace ContainerSdk.Images.Verification;

/// <summary>What an application loads after it has started: its framework, and native libraries beside it.</summary>
internal static class ApplicationRules
{
    // Tracing of .NET for a tool that hardly any machine has; without it .NET goes on in silence.
    private const string OptionalLibrary = "libcoreclrtraceptprovider.so";

    public static void Check(ImageFacts image, Findings findings)
    {
        foreach (var (configuration, framework, version, found) in new DotnetFrameworks(image).Missing())
            findings.AddAt(configuration, Descriptors.FrameworkNotThere, configuration, framework, version, found);
        CheckLibraries(image, findings);
    }

    private static void CheckLibraries(ImageFacts image, Findings findings)
    {
        var machine = Machines.Of(image.Image.Configuration.Platform.Architecture);
        var search = new LibrarySearch(image);
        foreach (var (path, entry, isThere) in image.OwnNames)
        {
            if (!isThere || entry.Facts?.Program is not { Interpreter: null } library || library.Machine != machine) continue;
            if (path.EndsWith('/' + OptionalLibrary, StringComparison.Ordinal) || IsForAnother(path, image)) continue;
            if (!IsOfApplication(image, path)) continue;
            // What the library brings along is looked for beside it as well: .NET and Java load by full path, and in turn.
            foreach (var (binary, name) in search.Missing(path, library).Where(missing => missing.Binary == path && image.At($"{path[..path.LastIndexOf('/')]}/{missing.Library}") is null))
                findings.AddAt(binary, Descriptors.NativeLibraryMissing, binary, name);
        }
    }

    private static bool IsOfApplication(ImageFacts image, string path) => image.Plan.Runtime.Layers.Any(layer => path.StartsWith(layer.To.Value.TrimEnd('/') + "/", StringComparison.Ordinal));

    // Portable applications carry what each platform needs in a folder of its own: runtimes/linux-musl-x64/native.
    private static bool IsForAnother(string path, ImageFacts image)
    {
        const string Folder = "/runtimes/";
        var start = path.IndexOf(Folder, StringComparison.Ordinal);
        if (path.Contains("musl", StringComparison.Ordinal) && image.CLibrary != "musl") return true;
        if (start < 0) return false;
        var name = path[(start + Folder.Length)..].Split('/')[0];
        return name.Contains("musl", StringComparison.Ordinal) != (image.CLibrary == "musl") || !name.StartsWith("linux", StringComparison.Ordinal) || name.Contains("bionic", StringComparison.Ordinal);
    }
}

using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images.Elf;
using ContainerSdk.Images.Layers;

namespace ContainerSdk.Images.Verification;

/// <summary>What a container starts with: it is there, the user may run it, and the machine can.</summary>
internal static class ProgramRules
{
    private const string Entrypoint = "ContainerEntrypoint";
    private const string HealthCheck = "ContainerHealthCommand";
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static void Check(ImageFacts image, ImageAccount user, Findings findings)
    {
        Check(image, user, Entrypoint, image.Start, findings);
        Check(image, user, HealthCheck, image.HealthCheck, findings);
    }

    private static void Check(ImageFacts image, ImageAccount user, string property, ImmutableArray<string> words, Findings findings)
    {
        if (words is not [{ Length: > 0 } name, ..]) return;
        if (image.Locate(name) is not { } path)
        {
            findings.AddAt(image.Absolute(name), Descriptors.ProgramMissing, property, name, name.Contains('/', StringComparison.Ordinal) ? $"the image has nothing at '{image.Absolute(name)}'" : $"the image has no such program in {string.Join(':', image.SearchPath)}");
            return;
        }

        if (user.Obstacle(image, path, UnixFileMode.OtherExecute) is { } obstacle) findings.AddAt(path, Descriptors.ProgramNotUsable, property, path, user.Name, obstacle, Remedy(image, path));
        if (image.At(path)?.Entry.Facts is { Interpreter: { } interpreter }) CheckScript(image, user, path, interpreter, findings);
        if (image.ProgramAt(path) is { } program) CheckBinary(image, path, program, findings);
        if (Document(path, words) is not { } document) return;
        var place = image.Absolute(document);
        if (image.At(place) is null) findings.AddAt(place, Descriptors.ProgramMissing, property, document, $"the image has nothing at '{place}'");
        else if (user.Obstacle(image, place, UnixFileMode.OtherRead) is { } unreadable) findings.AddAt(place, Descriptors.ProgramNotUsable, property, place, user.Name, unreadable, Remedy(image, place));
    }

    // What the program is to read first: of the two of whom that is known, the words tell.
    private static string? Document(string path, ImmutableArray<string> words) => path[(path.LastIndexOf('/') + 1)..] switch
    {
        "dotnet" => words.Length > 1 && words[1].EndsWith(".dll", StringComparison.Ordinal) ? words[1] : null,
        "java" => words.IndexOf("-jar") is var jar and > 0 && jar + 1 < words.Length ? words[jar + 1] : null,
        _ => null,
    };

    private static string Remedy(ImageFacts image, string path) => image.At(path) is { Entry: { } entry } && (entry.Mode & AnyExecute) == 0
        ? "give it a mode that lets it run, such as 0755, with Mode of ContainerFile or 'chmod +x' in the step that makes it"
        : "give it, and the folders above it, to everybody with a mode such as 0755, or to that user with Owner of ContainerFile";

    private static void CheckScript(ImageFacts image, ImageAccount user, string path, string interpreter, Findings findings)
    {
        var words = interpreter.Split(' ');
        var shown = interpreter.Replace("\r", "\\r", StringComparison.Ordinal);
        if (interpreter.EndsWith('\r'))
        {
            findings.AddAt(path, Descriptors.InterpreterMissing, path, shown, "no program has a name that ends so", "save the script with the line ends of Linux (LF), for example with 'eol=lf' in .gitattributes");
            return;
        }

        const string Remedy = "use a ContainerBaseImage that has it, or add its package with ContainerPackage";
        if (image.At(words[0]) is null) findings.AddAt(path, Descriptors.InterpreterMissing, path, shown, $"{image.Base} has no '{words[0]}'", Remedy);
        else if (words.Length > 1 && image.Locate(words[1]) is null) findings.AddAt(path, Descriptors.InterpreterMissing, path, shown, $"{image.Base} has no '{words[1]}' in {string.Join(':', image.SearchPath)}", Remedy);
        else if (user.Obstacle(image, words[0], UnixFileMode.OtherExecute) is { } obstacle) findings.AddAt(path, Descriptors.InterpreterMissing, path, shown, $"user {user.Name} cannot {obstacle}", Remedy);
    }

    private static void CheckBinary(ImageFacts image, string path, ElfFile program, Findings findings)
    {
        if (Machines.Of(image.Image.Configuration.Platform.Architecture) is { } machine && machine != program.Machine)
        {
            findings.AddAt(path, Descriptors.WrongMachine, path, Machines.Name(program), $"{image.Image.Configuration.Platform.Os}/{image.Image.Configuration.Platform.Architecture}");
            return;
        }

        if (program.Interpreter is { } loader && image.ProgramAt(loader) is null)
        {
            var (there, remedy) = Loaders.Explain(image, loader);
            findings.AddAt(path, Descriptors.LoaderMissing, path, loader, there, remedy);
            return;
        }

        // What a link leads to is where the loader starts to look.
        foreach (var (binary, library) in new LibrarySearch(image).Missing(image.At(path)!.Value.Path, program))
            findings.AddAt(binary, Descriptors.ProgramLibraryMissing, binary, library);
    }
}

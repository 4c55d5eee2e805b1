using System.Collections.Immutable;

namespace ContainerSdk.Planning;

/// <summary>
/// The shortest way to say which files below a folder are sources: the whole folder without its strangers, or file by file. What a build fills is
/// named with the folder but not counted, so that the words for a project stay the same when nothing but its outputs come and go.
/// </summary>
/// <param name="Include">Full paths of files, and of folders with a trailing slash.</param>
/// <param name="Exclude">Full paths of files and folders in included folders, none with a trailing slash.</param>
public sealed record SourceSelection(ImmutableArray<string> Include, ImmutableArray<string> Exclude)
{
    /// <summary>The selection for <paramref name="folder"/>.</summary>
    public static SourceSelection Of(SourceFolder folder)
    {
        var (include, exclude) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        Choose(folder, include, exclude);
        return new SourceSelection(include.ToImmutable(), exclude.ToImmutable());
    }

    // The number of lines it takes; a folder is preferred to as many files.
    private static int Choose(SourceFolder folder, ImmutableArray<string>.Builder include, ImmutableArray<string>.Builder exclude)
    {
        var (included, excluded) = (include.Count, exclude.Count);
        var lines = folder.Files.Length;
        include.AddRange(folder.Files.Select(name => folder.Path + name));
        foreach (var inner in folder.Folders) lines += Choose(inner, include, exclude);
        var whole = 1 + Strangers(folder);
        if (whole > lines) return lines;
        include.Count = included;
        exclude.Count = excluded;
        include.Add(folder.Path);
        Deny(folder, exclude);
        return whole;
    }

    private static int Strangers(SourceFolder folder) => folder.Strangers.Length + folder.Folders.Sum(Strangers);

    private static void Deny(SourceFolder folder, ImmutableArray<string>.Builder exclude)
    {
        exclude.AddRange(folder.Strangers.Concat(folder.Outputs).Order(StringComparer.Ordinal).Select(name => folder.Path + name));
        foreach (var inner in folder.Folders) Deny(inner, exclude);
    }
}

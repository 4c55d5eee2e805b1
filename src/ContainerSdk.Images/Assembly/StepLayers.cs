using System.Globalization;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Assembly;

/// <summary>What a plan's steps put into the image, without running anything: folders, files of the host, and the account files.</summary>
/// <param name="context">The files that the plan may see, by their path relative to the context's root.</param>
/// <param name="accounts">Who owns files by name.</param>
internal sealed class StepLayers(IReadOnlyDictionary<string, FileSystemInfo> context, AccountFiles accounts)
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode All = (UnixFileMode)0b111_111_111;

    /// <summary>Adds what the steps make.</summary>
    /// <exception cref="InvalidImageException">The base image does not know an owner.</exception>
    /// <exception cref="IOException">A file of the host is not there.</exception>
    public void Add(LayerContent content, IEnumerable<RuntimeStep> steps)
    {
        foreach (var step in steps)
        {
            switch (step)
            {
                case RuntimeStep.Folder folder:
                    var (user, group) = accounts.Numbers(folder.Owner);
                    content.Add(LayerEntry.Folder(Below(folder.Path.Value)) with { UserId = user, GroupId = group }, null);
                    break;
                case RuntimeStep.Copy { From: FileSource.Context source } copy:
                    Copy(content, copy, source.Path);
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException(step.ToString());
            }
        }
    }

    /// <summary>Adds the account files themselves.</summary>
    public void AddAccounts(LayerContent content)
    {
        AddText(content, "etc/group", accounts.Group);
        AddText(content, "etc/passwd", accounts.Passwd);
    }

    private static void AddText(LayerContent content, string name, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        content.Add(new LayerEntry { Name = name, Kind = LayerEntryKind.File, Mode = Plain, Size = bytes.Length }, () => new MemoryStream(bytes));
    }

    // As BuildKit copies: a folder that is there keeps its owner and mode; one that the target names and is not there belongs to the owner of what is copied.
    private void Copy(LayerContent content, RuntimeStep.Copy copy, string source)
    {
        var target = Below(copy.Target);
        if (copy.Target.EndsWith('/')) content.AddMissing(Owned(LayerEntry.Folder(target), copy));
        if (!source.EndsWith('/'))
        {
            var file = context.GetValueOrDefault(source) ?? throw new FileNotFoundException($"'{source}' is not there", source);
            Add(content, copy, Followed(file, source), content.HasFolder(target) ? Join(target, source[(source.LastIndexOf('/') + 1)..]) : content.Resolve(target));
            return;
        }

        var root = source == "./" ? "" : source;
        foreach (var (path, file) in context.Where(entry => entry.Key.StartsWith(root, StringComparison.Ordinal))) Add(content, copy, file, Join(target, path[root.Length..]));
    }

    // A single file is copied as what its link leads to, as long as that is in the context.
    private static FileSystemInfo Followed(FileSystemInfo file, string source)
    {
        if (file.ResolveLinkTarget(returnFinalTarget: true) is not { } target) return file;
        var root = file.FullName[..^source.Length];
        return target.FullName.StartsWith(root, StringComparison.Ordinal) ? target : throw new FileNotFoundException($"'{source}' is a link that leads out of the build context", source);
    }

    private void Add(LayerContent content, RuntimeStep.Copy copy, FileSystemInfo file, string name)
    {
        var mode = copy.Mode is { } asked ? (UnixFileMode)Convert.ToInt32(asked.Digits, 8) : ModeOf(file);
        var entry = Owned(new LayerEntry { Name = name, Kind = LayerEntryKind.File, Mode = mode }, copy);
        if (file.LinkTarget is { } link) content.Add(entry with { Kind = LayerEntryKind.SymbolicLink, Mode = All, Target = link }, null);
        else if (file is DirectoryInfo) content.Add(entry with { Kind = LayerEntryKind.Folder }, null);
        else content.Add(entry with { Size = ((FileInfo)file).Length }, () => file is FileInfo { Length: 0 } ? Stream.Null : new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read));
    }

    private LayerEntry Owned(LayerEntry entry, RuntimeStep.Copy copy)
    {
        var (user, group) = accounts.Numbers(copy.Owner);
        return entry with { UserId = user, GroupId = group };
    }

    // Windows has no modes.
    private static UnixFileMode ModeOf(FileSystemInfo file) => OperatingSystem.IsWindows() ? LayerEntry.Folder("").Mode : file.UnixFileMode;

    private static string Below(string path) => path.Trim('/');

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}

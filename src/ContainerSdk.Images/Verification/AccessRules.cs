using System.Globalization;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images.Layers;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Verification;

/// <summary>What the process's user may do to folders, files and ports.</summary>
internal static class AccessRules
{
    private const int FirstFreePort = 1024;
    private const UnixFileMode SetIds = UnixFileMode.SetUser | UnixFileMode.SetGroup;

    public static void Check(ImageFacts image, ImageAccount user, Findings findings)
    {
        // A folder that is not there is made by the engine, for root and with mode 0755.
        if (image.At(image.WorkingDirectory) is not null && user.Obstacle(image, image.WorkingDirectory, UnixFileMode.OtherExecute) is { } obstacle)
            findings.AddAt(image.WorkingDirectory, Descriptors.WorkingDirectoryNotUsable, image.WorkingDirectory, user.Name, obstacle);
        var stage = image.Plan.Runtime;
        var foreign = stage.Preparation.Concat(stage.Completion).OfType<RuntimeStep.Folder>().Where(folder => folder.Owner.User != stage.User.User).Select(folder => folder.Path).ToHashSet();
        foreach (var volume in stage.Volumes.Where(path => !foreign.Contains(path)))
        {
            if (user.Obstacle(image, volume.Value, UnixFileMode.OtherExecute, UnixFileMode.OtherWrite) is { } reason)
                findings.AddAt(volume.Value, Descriptors.VolumeNotUsable, volume.Value, user.Name, reason);
        }

        CheckApplication(image, user, findings);
        CheckSetIds(image, findings);
        if (user.IsRoot) return;
        foreach (var port in stage.Ports.Where(port => port.Number < FirstFreePort))
            findings.Add(Descriptors.PrivilegedPort, port.ToString(), user.Name);
    }

    private static void CheckApplication(ImageFacts image, ImageAccount user, Findings findings)
    {
        if (user.IsRoot) return;
        var stage = image.Plan.Runtime;
        var folders = stage.Layers.Select(layer => layer.To.Value).Distinct().ToArray();
        // What was given to somebody on purpose.
        var given = stage.Preparation.Concat(stage.Completion).Select(step => step switch
        {
            RuntimeStep.Copy { Owner.User: not ("0" or "root") } copy => copy.Target.TrimEnd('/'),
            RuntimeStep.Folder folder => folder.Path.Value,
            _ => null,
        }).OfType<string>().Concat(stage.Volumes.Select(volume => volume.Value)).ToArray();
        var writable = image.OwnNames.Where(name => name.IsThere && (name.Entry.Mode & UnixFileMode.StickyBit) == 0).OrderBy(name => name.Path, StringComparer.Ordinal)
            .Where(name => folders.Any(folder => IsWithin(name.Path, folder)) && !given.Any(folder => IsWithin(name.Path, folder)))
            .Where(name => name.Entry.Kind is LayerEntryKind.File or LayerEntryKind.Folder && (user.Can(UnixFileMode.OtherWrite, name.Entry) || name.Entry.UserId == user.UserId))
            .Where(name => !findings.IsExempt(name.Path, Descriptors.WritableApplication)).ToArray();
        if (writable is [var first, .. var others]) findings.Add(Descriptors.WritableApplication, user.Name, first.Path, Others(others.Length));
    }

    private static void CheckSetIds(ImageFacts image, Findings findings)
    {
        var found = image.Files.All.Where(name => name.Entry.Kind == LayerEntryKind.File && (name.Entry.Mode & SetIds) != 0)
            .Where(name => image.Image.BaseFiles.Find(name.Path) is not { } below || below.Mode != name.Entry.Mode || below.UserId != name.Entry.UserId || below.GroupId != name.Entry.GroupId)
            .Where(name => !findings.IsExempt("/" + name.Path, Descriptors.SetUserId)).ToArray();
        if (found is not [var first, .. var others]) return;
        findings.Add(Descriptors.SetUserId, "/" + first.Path, Others(others.Length), ImageAccount.Octal(first.Entry.Mode), string.Create(CultureInfo.InvariantCulture, $"{first.Entry.UserId}:{first.Entry.GroupId}"));
    }

    /// <summary>The rest of a list of which only the first is named.</summary>
    public static string Others(int count) => count switch
    {
        0 => "",
        1 => " and one other",
        _ => string.Create(CultureInfo.InvariantCulture, $" and {count} others"),
    };

    private static bool IsWithin(string path, string folder) => path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}

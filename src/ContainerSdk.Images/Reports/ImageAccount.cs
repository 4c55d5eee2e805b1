using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using ContainerSdk.Images.Layers;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Reports;

/// <summary>The account that an image's process runs as, looked up as engines do: in the image's own passwd(5) and group(5).</summary>
/// <param name="User">Who it is.</param>
/// <param name="Groups">The numbers of its groups.</param>
internal sealed record ImageAccount(ReportedUser User, FrozenSet<long> Groups)
{
    private const int MaxName = 100;

    /// <summary>Looks up <paramref name="configured"/>, which is a user, or a user and a group; each is a name or a number, and nothing is root.</summary>
    public static ImageAccount Read(string configured, FileTree files)
    {
        var parts = configured.Split(':', 2);
        var (wanted, group) = (parts[0].Length == 0 ? "0" : parts[0], parts.Length == 2 && parts[1].Length > 0 ? parts[1] : null);
        var (users, groups) = (Lines(files, "etc/passwd"), Lines(files, "etc/group"));
        var line = users.FirstOrDefault(fields => fields[0] == wanted) ?? users.FirstOrDefault(fields => Number(wanted) is { } number && Number(fields[2]) == number);
        var userId = line is null ? Number(wanted) : Number(line[2]);
        var groupId = group is not null ? Number(groups.FirstOrDefault(fields => fields[0] == group)?[2] ?? group) : line is { Length: > 3 } ? Number(line[3]) : 0;
        var all = new HashSet<long>();
        if (groupId is { } own) all.Add(own);
        // A group that is named is the only one.
        if (line is not null && group is null)
            all.UnionWith(groups.Where(fields => fields.Length > 3 && fields[3].Split(',').Contains(line[0], StringComparer.Ordinal)).Select(fields => Number(fields[2])).OfType<long>());
        return new ImageAccount(new ReportedUser { Configured = ReportText.Clip(configured, MaxName), UserId = userId, GroupId = groupId, Name = line is null ? null : ReportText.Clip(line[0], MaxName), IsRoot = userId == 0 }, all.ToFrozenSet());
    }

    /// <summary>Whether it may write to the file, by the first of the file's three classes that it is in.</summary>
    public bool MayWrite(TreeEntry file) => (file.Mode & (file.UserId == User.UserId ? UnixFileMode.UserWrite
        : Groups.Contains(file.GroupId) ? UnixFileMode.GroupWrite
        : UnixFileMode.OtherWrite)) != 0;

    /// <summary>Where a path leads to; null if links lead in a circle.</summary>
    public static string? TryResolve(FileTree files, string path)
    {
        try
        {
            return files.Resolve(path);
        }
        catch (InvalidImageException)
        {
            return null;
        }
    }

    private static string[][] Lines(FileTree files, string path) =>
        TryResolve(files, path) is { } target && files.Find(target)?.Content is { } content
            ? [.. Encoding.UTF8.GetString(content.Span).Split('\n').Select(line => line.TrimEnd('\r').Split(':')).Where(fields => fields.Length > 2 && fields[0].Length > 0)]
            : [];

    private static long? Number(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

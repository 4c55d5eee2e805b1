using System.Globalization;
using System.Text;
using ContainerSdk.Images.Oci;
using ContainerSdk.Plan;

namespace ContainerSdk.Images.Assembly;

/// <summary>The texts of <c>/etc/passwd</c> and <c>/etc/group</c>, as a base image has them, with one account more (passwd(5), group(5)).</summary>
/// <param name="Passwd">The users.</param>
/// <param name="Group">The groups.</param>
public sealed record AccountFiles(string Passwd, string Group)
{
    /// <summary>Those of an image that has none.</summary>
    public static AccountFiles Minimal { get; } = new("root:x:0:0:root:/:/sbin/nologin\n", "root:x:0:\n");

    /// <summary>The files with the account; what is there already stays as it is.</summary>
    /// <exception cref="InvalidImageException">The base image gives a number that was asked for to somebody else, or the name another number.</exception>
    public AccountFiles With(Account account)
    {
        var (group, groupId) = Add(Group, "group", account.Group, account.GroupId, id => $"{account.Group}:x:{id}:");
        var (passwd, _) = Add(Passwd, "passwd", account.User, account.UserId, id => $"{account.User}:x:{id}:{groupId}:{account.User}:/:/sbin/nologin");
        return new AccountFiles(passwd, group);
    }

    /// <summary>The numbers behind <paramref name="owner"/>, whose names the files know. A number alone is that of the group as well, as in a Dockerfile's COPY.</summary>
    /// <exception cref="InvalidImageException">They do not know one of them.</exception>
    public (long User, long Group) Numbers(ImageUser owner)
    {
        var user = Lines(Passwd).FirstOrDefault(line => line[0] == owner.User);
        var userId = user is null ? Number(owner.User, "passwd") : Id(user);
        var groupId = owner.Group is { } name ? Lines(Group).FirstOrDefault(line => line[0] == name) is { } group ? Id(group) : Number(name, "group")
            : ImageUser.IsNumber(owner.User) ? userId
            : user is { Length: > 3 } && long.TryParse(user[3], NumberStyles.None, CultureInfo.InvariantCulture, out var own) ? own
            : 0;
        return (userId, groupId);
    }

    private static (string Text, long Id) Add(string text, string file, string name, uint? asked, Func<long, string> line)
    {
        if (Lines(text).FirstOrDefault(fields => fields[0] == name) is { } there)
        {
            return asked is null || asked == Id(there)
                ? (text, Id(there))
                : throw new InvalidImageException($"it has '{name}' with the number {Id(there)} in /etc/{file}, not {asked}: use that number");
        }

        var taken = Lines(text).ToLookup(Id, fields => fields[0]);
        if (asked is { } number && taken[number].FirstOrDefault() is { } other)
            throw new InvalidImageException($"it gives the number {number} of '{name}' to '{other}' in /etc/{file}: choose another");
        var id = asked ?? uint.Parse(ImageUser.Default.User, CultureInfo.InvariantCulture);
        while (taken[id].Any()) id++;
        var start = text.Length == 0 || text.EndsWith('\n') ? text : text + "\n";
        return (new StringBuilder(start).Append(line(id)).Append('\n').ToString(), id);
    }

    private static IEnumerable<string[]> Lines(string text) => text.Split('\n').Select(line => line.Split(':')).Where(fields => fields.Length > 2 && fields[0].Length > 0);

    private static long Id(string[] fields) => long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;

    private static long Number(string text, string file) =>
        ImageUser.IsNumber(text) ? long.Parse(text, CultureInfo.InvariantCulture) : throw new InvalidImageException($"its /etc/{file} does not know '{text}'");
}

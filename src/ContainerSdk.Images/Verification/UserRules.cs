using System.Collections.Immutable;
using System.Globalization;
using ContainerSdk.Diagnostics;

namespace ContainerSdk.Images.Verification;

/// <summary>Who the process runs as.</summary>
internal static class UserRules
{
    private const string Passwd = "/etc/passwd";
    private const string Group = "/etc/group";

    /// <summary>The account; null if no container would start.</summary>
    public static ImageAccount? Check(ImageFacts image, Findings findings)
    {
        var parts = image.User.Split(':', 2);
        var user = parts[0].Length == 0 ? "0" : parts[0];
        var account = Columns(image, Passwd).FirstOrDefault(line => line.Length > 3 && (line[0] == user || line[2] == user));
        if (Number(user) is not { } userId && (account is null || Number(account[2]) is null))
        {
            findings.Add(Descriptors.AccountMissing, image.User, Passwd, user);
            return null;
        }

        userId = account is not null ? Number(account[2]) ?? Number(user)!.Value : Number(user)!.Value;
        if (parts.Length == 2 && Number(parts[1]) is null && !Columns(image, Group).Any(line => line.Length > 2 && line[0] == parts[1] && Number(line[2]) is not null))
        {
            findings.Add(Descriptors.AccountMissing, image.User, Group, parts[1]);
            return null;
        }

        if (userId == 0 && image.Plan.Runtime.User.User is not ("0" or "root")) findings.Add(Descriptors.RunsAsRoot, image.User.Length == 0 ? "0" : image.User, image.Plan.Runtime.User.ToString());
        return new ImageAccount(image.User.Length == 0 ? "0" : image.User, userId, parts.Length == 2 ? [GroupId(image, parts[1])] : Groups(image, account));
    }

    // Without a group the account's own, and those that name it as a member (https://github.com/opencontainers/image-spec/blob/main/config.md, User).
    private static ImmutableArray<long> Groups(ImageFacts image, string[]? account) => account is null ? [0] :
    [
        Number(account[3]) ?? 0,
        .. Columns(image, Group).Where(line => line.Length > 3 && line[3].Split(',').Contains(account[0])).Select(line => Number(line[2])).OfType<long>(),
    ];

    private static long GroupId(ImageFacts image, string group) =>
        Number(group) ?? Number(Columns(image, Group).First(line => line.Length > 2 && line[0] == group && Number(line[2]) is not null)[2])!.Value;

    private static IEnumerable<string[]> Columns(ImageFacts image, string path) => image.Lines(path).Select(line => line.Trim('\r').Split(':'));

    private static long? Number(string text) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

using System.Globalization;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>Who the process runs as, and the account that has to be made for that.</summary>
/// <param name="User">As USER names it: by numbers where they are known.</param>
/// <param name="Account">The account; null where the base image is known to have it, and for numbers, which need none.</param>
internal sealed record AccountPlanner(ImageUser User, Account? Account)
{
    private const string Property = "ContainerUser";
    private const string UserIdProperty = "ContainerUserId";
    private const string GroupIdProperty = "ContainerGroupId";

    /// <param name="reader">The inputs.</param>
    /// <param name="image">The base image.</param>
    /// <param name="hasBuilder">Whether there is a stage with a shell beside the base image.</param>
    public static AccountPlanner Plan(InputReader reader, StageImage image, bool hasBuilder)
    {
        var (userId, groupId) = (Id(reader, UserIdProperty), Id(reader, GroupIdProperty));
        if (reader.Text(Property) is not { } text)
            return new AccountPlanner(userId is null && groupId is null ? ImageUser.Default : Numbers(userId ?? uint.Parse(ImageUser.Default.User, CultureInfo.InvariantCulture), groupId), null);
        if (!ImageUser.TryParse(text.Trim(), out var user))
        {
            reader.Diagnostics.Add(Descriptors.InvalidUser, Property, text);
            return new AccountPlanner(ImageUser.Default, null);
        }

        if (ImageUser.IsNumber(user.User)) return Numbered(reader, image, user, text, userId, groupId);
        if (user.Group is { } number && ImageUser.IsNumber(number))
        {
            Refuse(reader, groupId, GroupIdProperty, text);
            groupId = uint.Parse(number, CultureInfo.InvariantCulture);
        }

        var group = user.Group is { } name && !ImageUser.IsNumber(name) ? name : user.User;
        var isKnown = BaseFamily.HasAccount(image.Image, user.User) && (user.Group is null || BaseFamily.HasAccount(image.Image, group));
        if (isKnown && userId is null && groupId is null) return new AccountPlanner(user, null);
        if (image.Manager is null && !hasBuilder) reader.Diagnostics.Add(Descriptors.UserWithoutAccount, text, image.Name, "it has no shell, and ContainerBuildMode=Host has no builder stage");
        return new AccountPlanner(userId is { } id ? Numbers(id, groupId) : user, new Account(user.User, group, userId, groupId ?? userId));
    }

    /// <summary>Whether the image knows the name of that owner.</summary>
    public bool Knows(ImageUser owner) => Account is { } account && Knows(owner.User, account.User) && (owner.Group is null || Knows(owner.Group, account.Group));

    private static bool Knows(string name, string made) => ImageUser.IsNumber(name) || name == made || name == "root";

    private static AccountPlanner Numbered(InputReader reader, StageImage image, ImageUser user, string text, uint? userId, uint? groupId)
    {
        Refuse(reader, userId, UserIdProperty, text);
        if (user.Group is not null) Refuse(reader, groupId, GroupIdProperty, text);
        if (user.IsNamed && image.IsScratch) reader.Diagnostics.Add(Descriptors.UserWithoutAccount, text, image.Name, "a group without a user makes no account");
        return new AccountPlanner(user.Group is null && groupId is { } id ? user with { Group = Text(id) } : user, null);
    }

    private static void Refuse(InputReader reader, uint? id, string name, string user)
    {
        if (id is { } number) reader.Diagnostics.Add(Descriptors.CommandConflict, $"{name} '{Text(number)}'", $"{Property} '{user}'", "give a name, or one of the two numbers");
    }

    private static uint? Id(InputReader reader, string name)
    {
        if (reader.Text(name) is not { } text) return null;
        if (ImageUser.IsNumber(text.Trim())) return uint.Parse(text.Trim(), CultureInfo.InvariantCulture);
        reader.Diagnostics.Add(Descriptors.InvalidId, name, text);
        return null;
    }

    private static ImageUser Numbers(uint user, uint? group) => new(Text(user), Text(group ?? user));

    private static string Text(uint number) => number.ToString(CultureInfo.InvariantCulture);
}

using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Inputs;

namespace ContainerSdk.Planning;

/// <summary>Reads who owns a file or folder of the image.</summary>
internal static class Owners
{
    /// <summary>The item's metadata <c>Owner</c>; null where it has none, or none that can be read.</summary>
    public static ImageUser? Read(InputReader reader, string name, InputItem item, StageImage image, AccountPlanner account)
    {
        if (item["Owner"] is not { } text) return null;
        if (!ImageUser.TryParse(text.Trim(), out var owner)) reader.Diagnostics.Add(Descriptors.InvalidUser, $"Owner of {name}", text);
        else if (owner.IsNamed && image.IsScratch && !account.Knows(owner)) reader.Diagnostics.Add(Descriptors.OwnerWithoutAccount, name, text);
        return owner;
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ContainerSdk.Images;

/// <summary>Who the process runs as: user and optional group, each a number or an account name.</summary>
public sealed partial record ImageUser(string User, string? Group)
{
    /// <summary>The <c>app</c> account of every Microsoft .NET image since 8.0.</summary>
    public static ImageUser Default { get; } = new("1654", "1654");

    /// <summary>Whether the user is looked up in the image's <c>/etc/passwd</c>.</summary>
    public bool IsNamed => !char.IsAsciiDigit(User[0]) || (Group is not null && !char.IsAsciiDigit(Group[0]));

    /// <summary>Reads <c>user[:group]</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ImageUser? user)
    {
        var parts = text.Split(':');
        user = parts.Length <= 2 && parts.All(IsAccount) ? new ImageUser(parts[0], parts.Length == 2 ? parts[1] : null) : null;
        return user is not null;
    }

    /// <summary>As USER takes it.</summary>
    public override string ToString() => Group is null ? User : $"{User}:{Group}";

    /// <summary>Whether that is the number of a user or group: 0 to 4294967294.</summary>
    public static bool IsNumber(string text) =>
        text.All(char.IsAsciiDigit) && uint.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id) && id != uint.MaxValue;

    private static bool IsAccount(string text) => IsNumber(text) || NamePattern().IsMatch(text);

    [GeneratedRegex(@"\A[a-z_][a-z0-9_-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}

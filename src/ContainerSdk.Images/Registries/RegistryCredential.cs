using System.Text;

namespace ContainerSdk.Images.Registries;

/// <summary>A login at a registry. No record: its text must never show the password.</summary>
/// <param name="user">The user; <see cref="TokenUser"/> says that the password is an identity token.</param>
/// <param name="password">The password or identity token.</param>
public sealed class RegistryCredential(string user, string password)
{
    /// <summary>What docker and its credential helpers write for the user of an identity token.</summary>
    public const string TokenUser = "<token>";

    /// <summary>The user.</summary>
    public string User { get; } = user;

    /// <summary>The password or identity token.</summary>
    public string Password { get; } = password;

    /// <summary>Whether the password is an identity token, which only a token service takes.</summary>
    public bool IsIdentityToken => User == TokenUser;

    internal string Basic => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));

    /// <inheritdoc/>
    public override string ToString() => User;
}

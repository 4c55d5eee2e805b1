using ContainerSdk.Diagnostics;
using ContainerSdk.Images;

namespace ContainerSdk.Engines;

/// <summary>A user and a password for a registry. No record: its text must never show the password.</summary>
public sealed class RegistryLogin
{
    private static readonly string[] ForPush = ["DOTNET_CONTAINER_PUSH_REGISTRY", "DOTNET_CONTAINER_REGISTRY", "SDK_CONTAINER_REGISTRY"];
    private static readonly string[] ForPull = ["DOTNET_CONTAINER_PULL_REGISTRY"];
    private static readonly string[] ForPullFromOutput = ["DOTNET_CONTAINER_PULL_REGISTRY", "DOTNET_CONTAINER_REGISTRY", "SDK_CONTAINER_REGISTRY"];

    private RegistryLogin(string registry, string user, string password) => (Registry, User, Password) = (registry, user, password);

    /// <summary>Host and optional port.</summary>
    public string Registry { get; }

    /// <summary>The user; <c>&lt;token&gt;</c> says that the password is an identity token.</summary>
    public string User { get; }

    /// <summary>The password or token.</summary>
    public string Password { get; }

    /// <summary>What the environment says about pushing to <paramref name="registry"/>; null if it says nothing.</summary>
    public static RegistryLogin? ToPush(string registry, Func<string, string?> environment, Action<Diagnostic> report) => Find(ForPush, registry, environment, report);

    /// <summary>
    /// What the environment says about pulling the base image, in the .NET SDK's order: the general variables count only where it is pushed to the same registry.
    /// </summary>
    public static RegistryLogin? ToPull(ImageReference? image, string? output, Func<string, string?> environment, Action<Diagnostic> report) =>
        image is null ? null : Find(image.Registry == output ? ForPullFromOutput : ForPull, image.Registry, environment, report);

    private static RegistryLogin? Find(string[] variables, string registry, Func<string, string?> environment, Action<Diagnostic> report)
    {
        foreach (var variable in variables)
        {
            var (userName, passwordName) = (variable + "_UNAME", variable + "_PWORD");
            var (user, password) = (environment(userName), environment(passwordName));
            if (!string.IsNullOrEmpty(user) && !string.IsNullOrEmpty(password)) return new RegistryLogin(registry, user, password);
            if (!string.IsNullOrEmpty(user)) report(new Diagnostic(Descriptors.HalfLogin, [userName, passwordName]));
            if (!string.IsNullOrEmpty(password)) report(new Diagnostic(Descriptors.HalfLogin, [passwordName, userName]));
        }

        return null;
    }
}

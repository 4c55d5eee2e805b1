using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ContainerSdk.Diagnostics;
using ContainerSdk.Engines.Processes;
using ContainerSdk.Images;

namespace ContainerSdk.Engines.Docker;

/// <summary>Tells from what docker and BuildKit print why a registry did not take or give an image.</summary>
internal static partial class RegistryProblem
{
    // The words of https://distribution.github.io/distribution/spec/api/#errors-2, of Go's network and TLS packages, and of docker itself; the first row that fits counts.
    private static readonly ImmutableArray<(DiagnosticDescriptor Descriptor, ImmutableArray<string> Words)> Table =
    [
        (Descriptors.RegistryNotTrusted, ["x509:", "tls:", "server gave HTTP response to HTTPS client", "certificate"]),
        (Descriptors.RegistryUnreachable,
            ["dial tcp", "no such host", "connection refused", "connection reset", "no route to host", "network is unreachable", "i/o timeout", "TLS handshake timeout", "deadline exceeded", "Client.Timeout", "EOF", "proxyconnect"]),
        (Descriptors.RegistryWantsLogin, ["no basic auth credentials", "unauthorized", "authentication required", "401", "incorrect username or password", "authorization failed"]),
        (Descriptors.RegistryForbids, ["denied", "forbidden", "403", "insufficient_scope"]),
        (Descriptors.RepositoryUnknown, ["name unknown", "NAME_UNKNOWN", "404", "not found", "does not exist"]),
    ];

    /// <summary>Why <paramref name="name"/> could not be pushed.</summary>
    public static Diagnostic Push(ProcessResult result, ImageReference name)
    {
        var reason = Reason(result);
        var descriptor = Table.FirstOrDefault(row => row.Words.Any(words => Says(reason, words))).Descriptor ?? Descriptors.PushFailed;
        ImmutableArray<string> who = descriptor == Descriptors.RegistryNotTrusted
            ? ["The docker engine", $"give docker the registry's certificate in /etc/docker/certs.d/{name.Registry}/ca.crt, or name the registry in the engine's insecure-registries"]
            : descriptor == Descriptors.PushFailed ? [$"with 'docker push {name.Registry}/{Repository(name)}'"]
            : ["the docker engine, which does the pushing"];
        return new Diagnostic(descriptor, [name.Registry, Repository(name), reason, .. who])
        {
            Details = [$"The image is in the engine as {name}; publishing again only pushes it."],
        };
    }

    /// <summary>What is said about a base image that its registry does not give without a login; null if that is not the reason.</summary>
    public static Diagnostic? Pull(string step, string reason) =>
        Metadata().Match(step) is { Success: true } match && ImageReference.TryParse(match.Groups["image"].Value, out var image, out _)
        && (Says(reason, "401") || Says(reason, "unauthorized") || Says(reason, "no basic auth credentials"))
            ? new Diagnostic(Descriptors.BaseImageWantsLogin, [image.ToString(), reason, image.Registry])
            : null;

    /// <summary>Repository and tag, as the .NET SDK's own publishing names an image.</summary>
    public static string Repository(ImageReference name) => $"{name.Repository}:{name.Tag}";

    private static string Reason(ProcessResult result) => result.Tail.Any(line => line.StartsWith("ERROR:", StringComparison.Ordinal))
        ? BuildProgress.Reason(result.Tail)
        : result.Tail.LastOrDefault(line => line.Trim().Length > 0 && !Progress().IsMatch(line))?.Trim() ?? "no output";

    // A status is a word of its own, and no part of a digest or a port.
    private static bool Says(string reason, string words) =>
        char.IsAsciiDigit(words[0]) ? Regex.IsMatch(reason, $@"(?<![\w:.]){words}(?!\w)") : reason.Contains(words, StringComparison.OrdinalIgnoreCase);

    // The two streams come in any order.
    [GeneratedRegex(@"^(?:[0-9a-f]{12}: |The push refers to |Using default tag)", RegexOptions.CultureInvariant)]
    private static partial Regex Progress();

    [GeneratedRegex(@"^\[internal\] load metadata for (?<image>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Metadata();
}

using System.Collections;
using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Plan;

namespace ContainerSdk.Engines;

/// <summary>
/// The machine that publishes, as far as a build may know it: which of the plan's secrets are there, and which proxies it uses. It finds and names them;
/// the engine's client reads their values.
/// </summary>
/// <param name="environment">The publish's environment.</param>
/// <param name="home">The user's home folder.</param>
/// <param name="project">The project's folder, which relative files start from.</param>
/// <param name="context">The context's root.</param>
public sealed class BuildHost(IReadOnlyDictionary<string, string> environment, string home, string project, string context)
{
    // BuildKit passes no larger secret on.
    private const int MaxSecretBytes = 500 * 1024;

    // The ones that BuildKit knows by itself, so that they are in no layer and no history (https://docs.docker.com/reference/dockerfile/#predefined-args).
    private static readonly ImmutableArray<string> ProxyVariables =
        ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "FTP_PROXY", "ftp_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"];

    // Debian, Ubuntu, Alpine, Arch; Fedora and Azure Linux; SUSE; macOS and FreeBSD.
    private static readonly ImmutableArray<string> Bundles =
        ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];

    /// <summary>The names of the proxy variables that are set.</summary>
    public ImmutableArray<string> Proxies => [.. ProxyVariables.Where(IsSet)];

    /// <summary>This machine.</summary>
    public static BuildHost Current(string project, string context) => new(
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal),
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile),
        project,
        context);

    /// <summary>The secrets and certificates of <paramref name="plan"/>'s builders that are here; what they cannot do without is reported.</summary>
    public ImmutableArray<HostSecret> Secrets(BuildPlan plan, DiagnosticBag diagnostics) =>
        plan.Builders is [var builder, ..] ? Secrets(builder, diagnostics) : [];

    // The builders of all platforms read the same.
    private ImmutableArray<HostSecret> Secrets(BuilderStage builder, DiagnosticBag diagnostics)
    {
        var found = ImmutableArray.CreateBuilder<HostSecret>();
        if (builder.Certificates is { } certificates)
            Add(certificates, Problem, problem => diagnostics.Add(Descriptors.CertificatesMissing, certificates.Source.Name, problem));
        foreach (var secret in builder.Secrets)
            Add(secret, FileProblem, problem => diagnostics.Add(Descriptors.SecretMissing, secret.Id, problem));
        return found.ToImmutable();

        void Add(BuildSecret secret, Func<string, string?> problemOf, Action<string> report)
        {
            var isVariable = secret.Source.Kind == SecretSourceKind.EnvironmentVariable;
            var place = isVariable ? secret.Source.Name : PathOf(secret.Source);
            var problem = isVariable ? (IsSet(place) ? null : $"the environment variable '{place}' is not set, or empty") : problemOf(place);
            if (problem is null) found.Add(isVariable ? new HostSecret(secret.Id, HostSecretKind.Variable, place) : new HostSecret(secret.Id, HostSecretKind.File, place));
            else if (!secret.Optional) report(problem);
        }
    }

    private bool IsSet(string variable) => environment.GetValueOrDefault(variable) is { Length: > 0 };

    private string PathOf(SecretSource source) => source.Kind switch
    {
        SecretSourceKind.ContextFile => Path.GetFullPath(source.Name, context),
        SecretSourceKind.HostCertificates => environment.GetValueOrDefault("SSL_CERT_FILE") is { Length: > 0 } named ? named : Bundles.FirstOrDefault(File.Exists, Bundles[0]),
        _ when source.Name.StartsWith("~/", StringComparison.Ordinal) => Path.GetFullPath(source.Name[2..], home),
        _ => Path.GetFullPath(source.Name, project),
    };

    private static string? FileProblem(string path)
    {
        if (Directory.Exists(path)) return $"'{path}' is a folder";
        if (!File.Exists(path)) return $"the file '{path}' does not exist";
        try
        {
            using var file = File.OpenRead(path);
            return file.Length > MaxSecretBytes ? $"the file '{path}' is larger than 500 KiB, which is the most that engines take" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the file '{path}' cannot be read ({e.Message.TrimEnd('.')})";
        }
    }

    // Certificates are public, so a look into the file is allowed; one in the binary form would be ignored in silence.
    private static string? Problem(string path) =>
        FileProblem(path) ?? (File.ReadAllText(path).Contains("-----BEGIN ", StringComparison.Ordinal) ? null : $"the file '{path}' holds no certificate in PEM form");
}

/// <summary>A secret that the engine's client reads on this machine.</summary>
/// <param name="Id">What the mounts know it by.</param>
/// <param name="Kind">What it is here.</param>
/// <param name="Name">The variable's name, or the file's full path.</param>
public sealed record HostSecret(string Id, HostSecretKind Kind, string Name);

/// <summary>What a secret is on the host.</summary>
public enum HostSecretKind
{
    /// <summary>A variable of the environment.</summary>
    Variable,

    /// <summary>A file.</summary>
    File,
}

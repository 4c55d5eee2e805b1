using System.Collections.Immutable;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Dockerfiles;

/// <summary>
/// The steps of the builder that may read secrets: each mounts them, and none leaves them behind. A shell reads a mounted file into a variable, and then
/// gives way to the command; where the dialect can, the engine sets the variable itself.
/// </summary>
internal static class SecretLowering
{
    // .NET, Go and OpenSSL; git; Node.js; Python and pip; curl; apk.
    private static readonly ImmutableArray<string> CertificateVariables =
        ["SSL_CERT_FILE", "GIT_SSL_CAINFO", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "PIP_CERT", "CURL_CA_BUNDLE", "SSL_CA_CERT_FILE"];

    /// <summary>Restore or build.</summary>
    public static Instruction.Run Run(BuilderStage stage, ImmutableArray<string> words, DockerfileDialect dialect)
    {
        var exports = string.Concat(Trust(stage), string.Concat(stage.Secrets.Where(secret => !IsSetByTheEngine(secret, dialect)).Select(Export)));
        return new Instruction.Run(exports.Length == 0 ? words : ["/bin/sh", "-c", exports + "exec \"$@\"", "sh", .. words], stage.Caches)
        {
            Secrets = Certificates(stage).AddRange(stage.Secrets.Select(secret => Mount(secret, dialect))),
        };
    }

    /// <summary>The installation of packages, which needs to trust its mirror and may read nothing else.</summary>
    public static Instruction.RunShell Install(BuilderStage stage, PackageInstallation packages) =>
        new(Trust(stage) + PackageCommand.Text(packages, stage.Certificates?.Target)) { Secrets = Certificates(stage) };

    // They are public, and apt reads them as a user of its own.
    private static ImmutableArray<SecretMount> Certificates(BuilderStage stage) =>
        stage.Certificates is { } certificates ? [new SecretMount(certificates.Id, certificates.Target, null, true) { Mode = "0444" }] : [];

    // The path is the product's own.
    private static string Trust(BuilderStage stage) => stage.Certificates is { Target: { } target }
        ? $"for name in {string.Join(' ', CertificateVariables)}; do export \"$name={target}\"; done; "
        : "";

    // One that the host does not have the engine would set too, to nothing.
    private static bool IsSetByTheEngine(BuildSecret secret, DockerfileDialect dialect) => dialect == DockerfileDialect.BuildKit && !secret.Optional;

    private static SecretMount Mount(BuildSecret secret, DockerfileDialect dialect) => IsSetByTheEngine(secret, dialect)
        ? new SecretMount(secret.Id, secret.Target, secret.As, true)
        : new SecretMount(secret.Id, FileOf(secret), null, !secret.Optional);

    private static string Export(BuildSecret secret)
    {
        if (secret.As is null) return "";
        var file = DockerfileSyntax.ShellWord(FileOf(secret).Value);
        var export = $"export {secret.As}=\"$(cat {file})\"; ";
        return secret.Optional ? $"if [ -f {file} ]; then {export}fi; " : export;
    }

    private static ContainerPath FileOf(BuildSecret secret) => secret.Target ?? ContainerPath.Create($"/run/secrets/{secret.Id}");
}

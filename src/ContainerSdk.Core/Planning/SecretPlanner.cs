using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>What the builder may be told and nobody may keep. Only names are read here, and what might be a value is never repeated in a message.</summary>
internal static class SecretPlanner
{
    /// <summary>The id of the certificates that the builder trusts.</summary>
    private const string CertificatesId = "containersdk-ca";

    private const string Kind = "ContainerSecret";
    private const string HostCertificates = "host";

    public static ImmutableArray<BuildSecret> Plan(InputReader reader, ContextPlanner context, ContainerPath root)
    {
        // A toolchain may name the same file as the project does.
        ImmutableArray<BuildSecret> secrets = [.. reader.Items(Kind).Select(item => Secret(reader, context, root, item)).OfType<BuildSecret>()
            .DistinctBy(secret => (secret.Source, secret.Target, secret.As))];
        Unique(reader, secrets, "Include", secret => secret.Id);
        Unique(reader, secrets, "TargetPath", secret => secret.Target?.Value);
        Unique(reader, secrets, "As", secret => secret.As);
        return secrets;
    }

    /// <summary>The bundle that <c>ContainerBuilderCaCertificates</c> names, or null.</summary>
    public static BuildSecret? Certificates(InputReader reader, ContextPlanner context)
    {
        if (reader.Text("ContainerBuilderCaCertificates")?.Trim() is not { Length: > 0 } text) return null;
        reader.Checked("ContainerBuilderCaCertificates", text);
        var source = text.Equals(HostCertificates, StringComparison.OrdinalIgnoreCase)
            ? new SecretSource(SecretSourceKind.HostCertificates, HostCertificates)
            : context.FileOf(text);
        return new BuildSecret(CertificatesId, source) { Target = ContainerPath.Create($"/run/secrets/{CertificatesId}.pem") };
    }

    private static BuildSecret? Secret(InputReader reader, ContextPlanner context, ContainerPath root, InputItem item)
    {
        if (!Names.IsCache(item.Identity) || item.Identity == CertificatesId) reader.Diagnostics.Add(Descriptors.InvalidName, Kind, item.Identity, Names.CacheRule + $", and not {CertificatesId}");
        if (item.Metadata.ContainsKey("Value")) reader.Diagnostics.Add(Descriptors.SecretWithValue, item.Identity);
        var (variable, path, target, name) = (item["EnvironmentVariable"], item["Path"], item["TargetPath"], item["As"]);
        var (inContext, optional) = (Flag(reader, item, "InContext"), Flag(reader, item, "Optional"));
        if (name is not null && !Names.IsEnvironmentVariable(name)) reader.Diagnostics.Add(Descriptors.InvalidName, $"{Kind} '{item.Identity}' As", name, Names.EnvironmentVariableRule);
        if (Mistake(variable, path, inContext, target ?? name) is (var problem, var remedy))
        {
            reader.Diagnostics.Add(Descriptors.InvalidSecret, item.Identity, problem, remedy);
            return null;
        }

        var source = path is null ? new SecretSource(SecretSourceKind.EnvironmentVariable, variable!) : context.FileOf(reader.Checked(Kind, path));
        var place = inContext ? root.Combine(context.Relative(Kind, context.Absolute(path!)!)) : target ?? (path is not null && name is null ? $"/run/secrets/{item.Identity}" : null);
        return new BuildSecret(item.Identity, source)
        {
            Target = place is null ? null : reader.MountPath(Kind, place.Trim()),
            As = name ?? (target is null ? variable : null),
            Optional = optional,
        };
    }

    private static (string Problem, string Remedy)? Mistake(string? variable, string? path, bool inContext, string? place) => (variable, path) switch
    {
        (null, null) => ("says neither EnvironmentVariable nor Path", "name the host's variable or file that holds it"),
        (not null, not null) => ("says both EnvironmentVariable and Path", "keep one of them"),
        (not null, _) when !Names.IsEnvironmentVariable(variable) => ("has an EnvironmentVariable that is no variable's name", "write the name itself, not $(…), which would be its value"),
        (not null, _) when inContext => ("says InContext, but is no file", "use Path, or remove InContext"),
        (_, not null) when inContext && path.StartsWith("~/", StringComparison.Ordinal) => ("says InContext, but its Path starts at the home folder", "give the file's place in the builder as TargetPath"),
        _ when inContext && place is not null => ("says InContext, and TargetPath or As too", "a file in the context is mounted at its own place; keep one of them"),
        _ => null,
    };

    private static bool Flag(InputReader reader, InputItem item, string name)
    {
        if (item[name] is { } text && !bool.TryParse(text.Trim(), out _)) reader.Diagnostics.Add(Descriptors.InvalidBoolean, $"{Kind} '{item.Identity}' {name}", text);
        return item.Is(name);
    }

    private static void Unique(InputReader reader, ImmutableArray<BuildSecret> secrets, string name, Func<BuildSecret, string?> key)
    {
        foreach (var group in secrets.Where(secret => key(secret) is not null).GroupBy(secret => key(secret)!, StringComparer.Ordinal).Where(group => group.Count() > 1))
            reader.Diagnostics.Add(Descriptors.InvalidSecret, group.Last().Id, $"has the same {name} as another one, '{group.Key}'", "each needs its own");
    }
}

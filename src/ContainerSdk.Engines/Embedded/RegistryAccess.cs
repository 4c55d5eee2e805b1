using System.Collections.Immutable;
using ContainerSdk.Engines.Processes;
using ContainerSdk.Images;
using ContainerSdk.Images.Registries;

namespace ContainerSdk.Engines.Embedded;

/// <summary>Opens registries as this machine and its user may: with the environment's logins before docker's, and without TLS where that was allowed.</summary>
/// <param name="host">The machine.</param>
/// <param name="logins">What the environment says.</param>
internal sealed class RegistryAccess(EmbeddedHost host, ImmutableArray<RegistryLogin> logins)
{
    private const string Insecure = "DOTNET_CONTAINER_INSECURE_REGISTRIES";
    private const string ChunkSize = "DOTNET_CONTAINER_REGISTRY_CHUNKED_UPLOAD_SIZE_BYTES";
    private const string ParallelUpload = "DOTNET_CONTAINER_REGISTRY_PARALLEL_UPLOAD";

    /// <summary>The repository of an image.</summary>
    public RegistryClient Open(ImageReference image) => new(
        new RegistryOptions
        {
            Registry = image.Registry,
            Handler = host.Network,
            Clock = host.Clock,
            Security = RegistryOptions.SecurityOf(image.Registry, (host.Environment(Insecure) ?? "").Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
            Order = string.Equals(host.Environment(ParallelUpload), "false", StringComparison.OrdinalIgnoreCase) ? UploadOrder.Serial : UploadOrder.Parallel,
            ChunkSize = int.TryParse(host.Environment(ChunkSize), out var size) && size > 0 ? size : null,
            FindCredentialAsync = token => FindAsync(image.Registry, token),
        },
        image.Repository);

    private async Task<RegistryCredential?> FindAsync(string registry, CancellationToken cancellation)
    {
        if (logins.LastOrDefault(login => login.Registry == registry) is { } login) return new RegistryCredential(login.User, login.Password);
        var path = host.DockerFolder is { } folder ? Path.Combine(folder, "config.json") : "";
        return File.Exists(path) ? await new DockerCredentials(await File.ReadAllTextAsync(path, cancellation), AskAsync).FindAsync(registry, cancellation) : null;
    }

    // A credential helper: docker-credential-NAME get, the server on its input (https://github.com/docker/docker-credential-helpers).
    private static async Task<string?> AskAsync(string program, string input, CancellationToken cancellation)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(input);
        var result = await ProcessRunner.RunAsync(new ProcessCommand(program, ["get"]) { WriteInput = async (stream, token) => await stream.WriteAsync(bytes, token) }, null, cancellation);
        return result.Succeeded ? result.Output : null;
    }
}

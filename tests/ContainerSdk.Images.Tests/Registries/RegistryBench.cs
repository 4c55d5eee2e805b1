using System.Text;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Registries;
using Xunit;

namespace ContainerSdk.Images.Tests.Registries;

/// <summary>A client of the repository <c>app</c> of a registry in memory. Layers go one after another, so that the order of requests is known.</summary>
internal sealed class RegistryBench : IDisposable
{
    public RegistryBench(MemoryRegistry registry, RegistryCredential? credential = null, Func<RegistryOptions, RegistryOptions>? change = null)
    {
        Registry = registry;
        var options = new RegistryOptions
        {
            Registry = MemoryRegistry.Name,
            Handler = registry,
            Clock = Clock,
            Order = UploadOrder.Serial,
            FindCredentialAsync = _ =>
            {
                CredentialsFound++;
                return Task.FromResult(credential);
            },
        };
        Client = new RegistryClient(change?.Invoke(options) ?? options, "app");
    }

    public MemoryRegistry Registry { get; }

    public InstantClock Clock { get; } = new();

    public RegistryClient Client { get; }

    public int CredentialsFound { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Client.Dispose();
        Registry.Dispose();
    }

    /// <summary>Puts a manifest into the registry.</summary>
    public FoundManifest KeepManifest(string tag, string json, string mediaType = MediaTypes.OciManifest)
    {
        var found = new FoundManifest(mediaType, Encoding.UTF8.GetBytes(json));
        Registry.Manifests[$"app:{tag}"] = found;
        Registry.Manifests[$"app@{found.Digest}"] = found;
        Registry.Names[found.Digest.ToString()] = "manifest";
        return found;
    }

    /// <summary>Puts a blob into the registry.</summary>
    public Descriptor Keep(string text, string repository = "app")
    {
        var blob = SampleImage.Layer(text);
        Registry.Blobs[$"{repository}@{blob.Digest}"] = Encoding.UTF8.GetBytes(text);
        Registry.Names[blob.Digest.ToString()] = text;
        return blob;
    }

    public async Task<string> ReadAsync(Descriptor blob)
    {
        await using var stream = await Client.OpenAsync(blob, Cancellation);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Cancellation);
    }

    public async Task PushAsync(SampleImage image, params string[] tags)
    {
        image.NameIn(Registry);
        await Client.PushAsync(new NamedImage([image.Image]), [.. tags], Cancellation);
    }

    /// <summary>What goes wrong, as kind and words.</summary>
    public static async Task<string> FailureAsync(Func<Task> action)
    {
        var failure = await Assert.ThrowsAsync<RegistryException>(action);
        return $"{failure.Failure}: {failure.Message}";
    }
}

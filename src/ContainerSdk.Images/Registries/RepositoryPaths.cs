using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Registries;

/// <summary>Where the parts of a repository are (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#endpoints).</summary>
internal sealed record RepositoryPaths(string Name)
{
    /// <summary>What a token for reading allows.</summary>
    public TokenScope Pull => TokenScope.Pull(Name);

    /// <summary>What a token for writing allows.</summary>
    public TokenScope Push => TokenScope.Push(Name);

    /// <summary>Where uploads begin.</summary>
    public Uri Uploads => At("blobs/uploads/");

    /// <summary>A manifest or index.</summary>
    public Uri Manifest(string tagOrDigest) => At($"manifests/{tagOrDigest}");

    /// <summary>A blob.</summary>
    public Uri Blob(Digest digest) => At($"blobs/{digest}");

    /// <summary>Where an upload begins that is over at once if the registry has the blob in the repository <paramref name="from"/>.</summary>
    public Uri Mount(Digest digest, string from) => At($"blobs/uploads/?mount={Uri.EscapeDataString(digest.ToString())}&from={Uri.EscapeDataString(from)}");

    private Uri At(string path) => new($"/v2/{Name}/{path}", UriKind.Relative);
}

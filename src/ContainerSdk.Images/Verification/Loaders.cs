namespace ContainerSdk.Images.Verification;

/// <summary>Why a dynamic loader is not there, and what to do: the C library of the program is another than the image's, or the image has none.</summary>
internal static class Loaders
{
    /// <summary>What the image has instead, and the remedy.</summary>
    public static (string There, string Remedy) Explain(ImageFacts image, string loader)
    {
        var wantsMusl = loader.Contains("ld-musl-", StringComparison.Ordinal);
        return (wantsMusl, image.CLibrary) switch
        {
            (false, "musl") => ($"{image.Base} with musl", "link it statically (ContainerStaticLink), compile it for musl (for .NET ContainerRuntimeIdentifier linux-musl-x64), or use a ContainerBaseImage with glibc such as debian:bookworm-slim"),
            (true, "glibc") => ($"{image.Base} with glibc", "compile it for glibc, or use a ContainerBaseImage with musl such as alpine:3.22"),
            (_, null) => (image.Base, "link it statically (ContainerStaticLink), or use a ContainerBaseImage that has the loader, such as mcr.microsoft.com/dotnet/runtime-deps for .NET or " + (wantsMusl ? "alpine:3.22" : "debian:bookworm-slim")),
            (_, var library) => ($"{image.Base} with {library}", "compile it for the platform of the image, or link it statically (ContainerStaticLink)"),
        };
    }
}

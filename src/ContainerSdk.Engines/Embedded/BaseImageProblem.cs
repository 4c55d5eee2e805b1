using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Registries;
using ContainerSdk.Plan;

namespace ContainerSdk.Engines.Embedded;

/// <summary>What is said when the base image cannot be had or used.</summary>
internal static class BaseImageProblem
{
    /// <summary>What to do about a registry whose TLS is refused.</summary>
    public const string TrustRemedy = "add the authority that signed the registry's certificate to those that this machine trusts (on Linux also by SSL_CERT_FILE), or, if it speaks plain HTTP, name it in DOTNET_CONTAINER_INSECURE_REGISTRIES";

    /// <summary>The diagnostic for a failure; null for one that is not about the base image.</summary>
    public static Diagnostic? Of(Exception failure, RuntimeStage stage) => (failure, stage.Image) switch
    {
        (EngineStoreException store, { } name) => new Diagnostic(Descriptors.EngineStoreUnavailable, [store.Command, store.Message.TrimEnd('.'), name.ToString()]),
        (InvalidImageException, var image) => new Diagnostic(Descriptors.BaseImageUnusable, [image?.ToString() ?? "scratch", failure.Message, stage.ImagePath is null ? "" : "ContainerBaseImagePath or "]),
        (RegistryException { Failure: RegistryFailure.WantsLogin or RegistryFailure.Forbids }, { } name) => new Diagnostic(Descriptors.BaseImageWantsLogin, [name.ToString(), failure.Message, name.Registry]),
        (RegistryException { Failure: RegistryFailure.NotTrusted }, { } name) =>
            new Diagnostic(Descriptors.BaseImageUnreachable, [name.ToString(), failure.Message]) { Details = [$"{char.ToUpperInvariant(TrustRemedy[0])}{TrustRemedy[1..]}."] },
        (RegistryException, { } name) => new Diagnostic(Descriptors.BaseImageUnreachable, [name.ToString(), failure.Message]),
        _ => null,
    };
}

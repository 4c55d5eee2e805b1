using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Images.Oci;
using ContainerSdk.Images.Registries;

namespace ContainerSdk.Engines.Embedded;

/// <summary>What is said when the base image cannot be had or used.</summary>
internal static class BaseImageProblem
{
    /// <summary>The diagnostic for a failure; null for one that is not about the base image.</summary>
    public static Diagnostic? Of(Exception failure, ImageReference? image) => (failure, image) switch
    {
        (InvalidImageException, _) => new Diagnostic(Descriptors.BaseImageUnusable, [image?.ToString() ?? "scratch", failure.Message]),
        (RegistryException { Failure: RegistryFailure.WantsLogin or RegistryFailure.Forbids }, { } name) => new Diagnostic(Descriptors.BaseImageWantsLogin, [name.ToString(), failure.Message, name.Registry]),
        (RegistryException, { } name) => new Diagnostic(Descriptors.BaseImageUnreachable, [name.ToString(), failure.Message]),
        _ => null,
    };
}

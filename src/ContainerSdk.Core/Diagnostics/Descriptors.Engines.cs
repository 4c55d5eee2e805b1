using static ContainerSdk.Diagnostics.DiagnosticSeverity;

namespace ContainerSdk.Diagnostics;

/// <summary>What engines (3) and registries (4) refuse.</summary>
public static partial class Descriptors
{
    public static readonly DiagnosticDescriptor EngineNotFound = new("CSDK3001", Error, "Container engine not found",
        "No '{0}' command was found on PATH; install Docker with buildx, or generate only the Dockerfile with -t:ContainerDockerfile");

    public static readonly DiagnosticDescriptor EngineNotRunning = new("CSDK3002", Error, "Container engine not running",
        "'{0}' is installed, but its daemon does not answer ({1}); start it, or point DOCKER_HOST or 'docker context use' at one that runs");

    public static readonly DiagnosticDescriptor EngineRefused = new("CSDK3003", Error, "Container engine refuses permission",
        "'{0}' answers, but refuses this user ({1}); add the user to the engine's group, or use a rootless engine");

    public static readonly DiagnosticDescriptor BuildxMissing = new("CSDK3004", Error, "buildx is missing",
        "'{0}' has no working buildx plugin ({1}); install the docker-buildx-plugin package (docker-buildx on Debian and Ubuntu)");

    public static readonly DiagnosticDescriptor DialectUnsupported = new("CSDK3005", Error, "The engine cannot read the chosen dialect",
        "ContainerDialect is '{0}', but {1} reads only '{2}'; remove ContainerDialect, or update the engine");

    public static readonly DiagnosticDescriptor BuildFailed = new("CSDK3006", Error, "The image build failed",
        "The image build failed in step {0}: {1}");

    public static readonly DiagnosticDescriptor EngineAnswerUnreadable = new("CSDK3007", Error, "The engine's answer cannot be read",
        "The answer of '{0}' cannot be read: {1}; run it by hand to see more");

    public static readonly DiagnosticDescriptor EngineFileFailed = new("CSDK3008", Error, "A generated file cannot be read or written",
        "'{0}' cannot be read or written: {1}; check its permissions and the free disk space, then publish again");

    public static readonly DiagnosticDescriptor SecretMissing = new("CSDK3009", Error, "A secret that the host does not have",
        "ContainerSecret '{0}' cannot be passed on, because {1}; see to it where the publish runs, or add Optional=\"true\" if the build can do without");

    public static readonly DiagnosticDescriptor CertificatesMissing = new("CSDK3010", Error, "CA certificates that the host does not have",
        "ContainerBuilderCaCertificates is '{0}', but {1}; name a PEM file of this machine, or 'host' for the certificates that it trusts itself");

    public static readonly DiagnosticDescriptor WarningsAsErrors = new("CSDK3011", Error, "Warnings of the builder that count as errors",
        "The image was built, but gets no name, because warnings of the builder, which are above, count as errors here; correct them, or name their codes in MSBuildWarningsNotAsErrors or NoWarn");

    public static readonly DiagnosticDescriptor SeveralPlatformsUnavailable = new("CSDK3012", Error, "No image of several platforms from this engine",
        "ContainerRuntimeIdentifiers asks for {0}, but docker's image store (builder '{1}', driver {2}) keeps one platform of an image; turn on docker's containerd image store, or publish one platform with ContainerRuntimeIdentifier");

    public static readonly DiagnosticDescriptor OciUnavailable = new("CSDK3013", Error, "No image in OCI format from this builder",
        "ContainerImageFormat is '{0}', but builder '{1}' (driver {2}) puts images into a store that keeps no manifest, and writes none itself; remove ContainerImageFormat, turn on docker's containerd image store, or choose a builder of another driver with 'docker buildx create --use'");

    public static readonly DiagnosticDescriptor TagFailed = new("CSDK3014", Error, "The image cannot be tagged",
        "The image is built ({0}), but cannot be tagged '{1}': {2}; tag it with 'docker tag', or publish again");

    public static readonly DiagnosticDescriptor SaveFailed = new("CSDK3015", Error, "The archive cannot be written",
        "ContainerArchiveOutputPath is '{0}', and the archive cannot be written: {1}; the image itself is finished, so that publishing again only writes the archive");

    public static readonly DiagnosticDescriptor LoadFailed = new("CSDK3016", Error, "The local engine does not take the image",
        "The image is finished, but '{0} load' does not take it: {1}; see what '{0} info' says, or set ContainerArchiveOutputPath to get the image as a file");

    public static readonly DiagnosticDescriptor EmbeddedImageLost = new("CSDK3017", Error, "The finished image is no longer there",
        "What the embedded engine wrote about the image into '{0}' is gone or was changed; publish again");

    public static readonly DiagnosticDescriptor CacheFailed = new("CSDK3018", Error, "The cache cannot be read or written",
        "The cache '{0}' cannot be read or written: {1}; make room there or correct its permissions, or set XDG_CACHE_HOME to another folder, then publish again");

    public static readonly DiagnosticDescriptor HostCompilerMissing = new("CSDK3019", Error, "The host lacks the compiler",
        "ContainerToolchain '{0}' is to compile on this machine, but no '{1}' command was found on PATH; install it, or use ContainerEngine 'docker', which compiles in a builder stage");

    public static readonly DiagnosticDescriptor HostBuildFailed = new("CSDK3020", Error, "The build on the host failed",
        "'{0}' failed on this machine: {1}; its errors, where it named files, stand above, and all of its output is shown by -v:detailed");

    public static readonly DiagnosticDescriptor RegistryWantsLogin = new("CSDK4001", Error, "The registry wants a login",
        "ContainerRegistry '{0}' does not take '{1}' without a valid login ({2}); run 'docker login {0}', or set the environment variables DOTNET_CONTAINER_PUSH_REGISTRY_UNAME and DOTNET_CONTAINER_PUSH_REGISTRY_PWORD");

    public static readonly DiagnosticDescriptor RegistryForbids = new("CSDK4002", Error, "The registry forbids the push",
        "ContainerRegistry '{0}' forbids to push '{1}' ({2}); check that ContainerRepository is one that this login may write to, or log in as another user with 'docker login {0}'");

    public static readonly DiagnosticDescriptor RepositoryUnknown = new("CSDK4003", Error, "The registry knows no such repository",
        "ContainerRegistry '{0}' knows no repository '{1}' ({2}); create it there first, or correct ContainerRepository");

    public static readonly DiagnosticDescriptor RegistryUnreachable = new("CSDK4004", Error, "The registry cannot be reached",
        "ContainerRegistry '{0}' cannot be reached to push '{1}' ({2}); check its name, and the network and proxy of {3}");

    public static readonly DiagnosticDescriptor RegistryNotTrusted = new("CSDK4005", Error, "The registry's TLS is refused",
        "{3} refuses the TLS of ContainerRegistry '{0}' to push '{1}' ({2}); {4}");

    public static readonly DiagnosticDescriptor PushFailed = new("CSDK4006", Error, "The push failed",
        "Pushing '{1}' to ContainerRegistry '{0}' failed: {2}; try again, or see what the registry says {3}");

    public static readonly DiagnosticDescriptor HalfLogin = new("CSDK4007", Warning, "Half a registry login",
        "The environment variable {0} is set, and {1} is not; set both, or neither to use the login of 'docker login'");

    public static readonly DiagnosticDescriptor BaseImageWantsLogin = new("CSDK4008", Error, "The base image's registry wants a login",
        "The registry of '{0}' does not give it without a valid login ({1}); run 'docker login {2}', or, for ContainerBaseImage, set the environment variables DOTNET_CONTAINER_PULL_REGISTRY_UNAME and DOTNET_CONTAINER_PULL_REGISTRY_PWORD");

    public static readonly DiagnosticDescriptor BaseImageUnusable = new("CSDK4009", Error, "The base image cannot be used",
        "The embedded engine cannot build on '{0}': {1}; correct {2}ContainerBaseImage");

    public static readonly DiagnosticDescriptor BaseImageUnreachable = new("CSDK4010", Error, "The base image cannot be fetched",
        "'{0}' cannot be fetched from its registry: {1}; check ContainerBaseImage, and the network and proxy of this machine, or name a mirror that it reaches");

    public static readonly DiagnosticDescriptor EngineStoreUnavailable = new("CSDK4011", Error, "An engine's store does not hand out the base image",
        "ContainerBaseImagePath is '{0}:', but {0} does not hand out '{2}': {1}; see that {0} runs and '{0} images' lists the image, or remove ContainerBaseImagePath to read it from its registry");
}

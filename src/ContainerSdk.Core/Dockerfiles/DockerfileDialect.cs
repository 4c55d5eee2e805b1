namespace ContainerSdk.Dockerfiles;

/// <summary>How much of the Dockerfile language the engine that reads the text knows.</summary>
public enum DockerfileDialect
{
    /// <summary>Docker 20.10, podman 4.3, buildah 1.28 and later: mounts with absolute targets, octal modes, numeric owners.</summary>
    Portable,

    /// <summary>BuildKit 0.16 (Docker 27.3) and later: also <c>COPY --link</c>.</summary>
    BuildKit,
}

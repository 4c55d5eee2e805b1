using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;

namespace ContainerSdk.Planning;

/// <summary>Checks the properties that choose how a plan is carried out. They are no part of the plan, which is the same on every engine.</summary>
internal static class EngineChoice
{
    public static void Read(InputReader reader)
    {
        if (reader.Text("ContainerEngine") is { } engine && engine is not ("auto" or "docker"))
            reader.Diagnostics.Add(Descriptors.UnknownEngine, engine);
        reader.Choice("ContainerBuildMode", BuildMode.Container);
        reader.Choice("ContainerDialect", DockerfileDialect.Portable);
    }

    private enum BuildMode
    {
        Container,
    }
}

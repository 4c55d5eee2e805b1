using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;

namespace ContainerSdk.Planning;

/// <summary>Checks the properties that choose how a plan is carried out. They are no part of the plan, which is the same on every engine.</summary>
internal static class EngineChoice
{
    public static void Read(InputReader reader)
    {
        if (reader.Text("ContainerEngine") is { } engine && engine.Trim().ToLowerInvariant() is not ("auto" or "docker"))
            reader.Diagnostics.Add(Descriptors.UnknownEngine, engine);
        reader.Choice("ContainerDialect", DockerfileDialect.Portable);
        reader.Boolean("ContainerForceBuild", otherwise: false);
        reader.Boolean("ContainerOnPublish", otherwise: true);
        Refuse(reader, "LocalRegistry", "Docker", "remove it, or set it to Docker");
    }

    // An image in the wrong place would look like success.
    private static void Refuse(InputReader reader, string name, string allowed, string remedy)
    {
        if (reader.Text(name) is { } text && !text.Trim().Equals(allowed, StringComparison.OrdinalIgnoreCase))
            reader.Diagnostics.Add(Descriptors.UnsupportedProperty, name, text, remedy);
    }
}

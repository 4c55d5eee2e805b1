using ContainerSdk.Diagnostics;
using ContainerSdk.Dockerfiles;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>Checks the properties that choose how a plan is carried out. They are no part of the plan, which is the same on every engine.</summary>
internal static class EngineChoice
{
    private const string Embedded = "embedded";

    /// <summary>Whether no engine is to be used.</summary>
    public static bool IsEmbedded(InputReader reader) => reader.Text("ContainerEngine")?.Trim().Equals(Embedded, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The file or folder that the base image is read from; null if it is its registry.</summary>
    public static string? BaseImagePath(InputReader reader, StageImage image)
    {
        const string Property = "ContainerBaseImagePath";
        if (reader.Text(Property)?.Trim() is not { Length: > 0 } path) return null;
        reader.Checked(Property, path);
        if (!IsEmbedded(reader)) reader.Diagnostics.Add(Descriptors.BaseImagePathUnused, path, "only the embedded engine reads it", "set ContainerEngine to embedded, or load the image into docker");
        else if (image.IsScratch) reader.Diagnostics.Add(Descriptors.BaseImagePathUnused, path, "ContainerBaseImage is 'scratch'", "name the image that it holds as ContainerBaseImage, or remove ContainerBaseImagePath");
        return path;
    }

    /// <summary>Says what of <paramref name="plan"/> the chosen engine cannot do.</summary>
    public static void Check(InputReader reader, BuildPlan plan)
    {
        if (!IsEmbedded(reader)) return;
        if (!plan.Builders.IsEmpty) Refuse("ContainerBuildMode is 'Container'", "remove ContainerBuildMode, so that this machine compiles");
        foreach (var step in plan.Runtime.Preparation.Concat(plan.Runtime.Completion))
        {
            switch (step)
            {
                case RuntimeStep.Install install:
                    Refuse($"ContainerPackage, ContainerCaCertificates or ContainerTimeZoneData ask for '{string.Join("', '", install.Packages.Select(package => package.Name))}'", "use a ContainerBaseImage that has it");
                    break;
                case RuntimeStep.Shell shell:
                    Refuse($"ContainerRun asks for '{shell.Text}'", "use a ContainerBaseImage that has what it makes");
                    break;
                case RuntimeStep.Copy { From: FileSource.Image image }:
                    Refuse($"ContainerFile copies '{image.Path}' from the image '{image.Reference}'", "copy it from this machine");
                    break;
            }
        }

        void Refuse(string what, string remedy) => reader.Diagnostics.Add(Descriptors.EmbeddedRunsNothing, what, remedy);
    }

    public static void Read(InputReader reader)
    {
        if (reader.Text("ContainerEngine") is { } engine && engine.Trim().ToLowerInvariant() is not ("auto" or "docker" or Embedded))
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

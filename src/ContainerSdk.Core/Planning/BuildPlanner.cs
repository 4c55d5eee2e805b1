using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>Inputs to plan: the only place where defaults are chosen. Never throws for a user's mistake.</summary>
public static class BuildPlanner
{
    /// <summary>The plan for <paramref name="inputs"/>, or all that is wrong with them.</summary>
    public static PlanResult Plan(ContainerInputs inputs)
    {
        var diagnostics = new DiagnosticBag();
        var reader = new InputReader(inputs, diagnostics);
        EngineChoice.Read(reader);
        var context = ContextPlanner.Read(reader);
        var files = context.Build();
        var builder = BuilderPlanner.Plan(reader, context);
        var plan = new BuildPlan
        {
            Name = reader.Required("MSBuildProjectName"),
            Platforms = [PlatformOf(reader)],
            Context = files,
            Builder = builder,
            Runtime = RuntimePlanner.Plan(reader, context, HasBuilder(reader) ? builder : null),
            Destinations = DestinationPlanner.Plan(reader),
        };
        return new PlanResult(diagnostics.HasErrors ? null : plan, diagnostics.ToSorted());
    }

    // A publish on the host leaves no stage to copy from; that mode itself is refused so far.
    private static bool HasBuilder(InputReader reader) => reader.Text("ContainerBuildMode")?.Trim().Equals("Host", StringComparison.OrdinalIgnoreCase) != true;

    private static Platform PlatformOf(InputReader reader)
    {
        foreach (var name in new[] { "ContainerRuntimeIdentifiers", "ContainerRuntimeIdentifier" })
            if (reader.Text(name) is { } list && list.Contains(';', StringComparison.Ordinal))
                reader.Diagnostics.Add(Descriptors.SeveralPlatforms, name, list);
        var (rid, source) = reader.Text("ContainerRuntimeIdentifier") is { } single ? (single, "ContainerRuntimeIdentifier")
            : reader.Text("ContainerRuntimeIdentifiers") is { } several ? (several, "ContainerRuntimeIdentifiers")
            : ("linux-x64", "");
        if (Platform.TryFromRuntimeIdentifier(rid, out var platform)) return platform;
        if (!rid.Contains(';', StringComparison.Ordinal))
            reader.Diagnostics.Add(Descriptors.UnsupportedRuntimeIdentifier, source, rid, "linux-x64, linux-arm64, linux-arm or linux-musl-x64");
        return new Platform("linux", "amd64");
    }
}

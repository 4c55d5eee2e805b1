using System.Collections.Immutable;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>The one order in which things are done to the runtime stage around the application's layers.</summary>
internal static class StepPlanner
{
    public static (ImmutableArray<RuntimeStep> Preparation, ImmutableArray<RuntimeStep> Completion) Plan(
        PackageInstallation? packages, IEnumerable<RuntimeStep> files, ILookup<RuntimeMoment, RuntimeStep> runs, VolumePlanner volumes) =>
    (
        [
            .. runs[RuntimeMoment.BeforePackages],
            .. packages is null ? Array.Empty<RuntimeStep>() : [new RuntimeStep.Install(packages.Manager, packages.Packages)],
            .. runs[RuntimeMoment.AfterPackages],
            .. runs[RuntimeMoment.BeforeFiles],
            .. files,
            .. runs[RuntimeMoment.AfterFiles],
            .. runs[RuntimeMoment.BeforeApp],
            .. volumes.Apart,
        ],
        [
            .. runs[RuntimeMoment.AfterApp],
            .. volumes.Within,
        ]);
}

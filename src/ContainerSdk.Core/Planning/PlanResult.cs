using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>A plan, or every reason why there is none; warnings may come with a plan.</summary>
public sealed record PlanResult(BuildPlan? Plan, ImmutableArray<Diagnostic> Diagnostics);

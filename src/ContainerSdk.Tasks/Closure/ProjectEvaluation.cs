using System.Collections.Immutable;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Exceptions;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using Microsoft.Build.Graph;

namespace ContainerSdk.Tasks.Closure;

/// <summary>MSBuild's own view of a project and of all that it refers to.</summary>
internal static class ProjectEvaluation
{
    /// <summary>The evaluated projects, with the global properties of the build that <paramref name="engine"/> runs.</summary>
    /// <exception cref="InvalidProjectFileException">A project cannot be read; it may come inside an <see cref="AggregateException"/>.</exception>
    /// <exception cref="CircularDependencyException">Projects refer to each other in a circle.</exception>
    public static ImmutableArray<ProjectInstance> Of(string projectFile, IBuildEngine engine, CancellationToken cancellation)
    {
        var properties = ((IBuildEngine6)engine).GetGlobalProperties().ToDictionary(StringComparer.OrdinalIgnoreCase);
        // Projects that are only read parse faster, and a graph is evaluated on as many threads as there are processors.
        using var collection = new ProjectCollection(properties, null, null, ToolsetDefinitionLocations.Default, 1, onlyLogCriticalEvents: false, loadProjectsReadOnly: true);
        var graph = new ProjectGraph([new ProjectGraphEntryPoint(projectFile, collection.GlobalProperties)], collection, null, Environment.ProcessorCount, cancellation);
        return [.. graph.ProjectNodes.Select(node => node.ProjectInstance)];
    }

    /// <summary>What <see cref="Of"/> has to say about a project that cannot be read; null if <paramref name="failure"/> is of another kind.</summary>
    public static string? Problem(Exception failure) =>
        (failure is AggregateException { InnerExceptions: [var first, ..] } ? first : failure) is InvalidProjectFileException or CircularDependencyException
            ? (failure.InnerException ?? failure).Message.Trim().TrimEnd('.')
            : null;
}

using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>
/// Asks MSBuild whether all warnings count as errors. It has to be asked in a project that lists no codes of its own: with a list, as the .NET SDK gives
/// every project one, MSBuild tells a task of the list alone.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class ReadWarningPolicy : ContainerTask
{
    private const string AnyCode = "CSDK0000";

    /// <summary>Whether <c>-warnaserror</c> was given without codes.</summary>
    [Output]
    public bool AllAreErrors { get; set; }

    /// <inheritdoc/>
    protected override Task RunAsync(CancellationToken cancellation)
    {
        AllAreErrors = BuildEngine is IBuildEngine8 engine && engine.ShouldTreatWarningAsError(AnyCode);
        return Task.CompletedTask;
    }
}

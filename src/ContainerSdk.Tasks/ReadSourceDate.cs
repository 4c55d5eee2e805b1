using ContainerSdk.Diagnostics;
using ContainerSdk.Engines.SourceControl;
using ContainerSdk.Images;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks;

/// <summary>The time of the sources: what <c>SOURCE_DATE_EPOCH</c> says, else when the commit that is checked out was made.</summary>
[MSBuildMultiThreadableTask]
public sealed class ReadSourceDate : ContainerTask
{
    /// <summary>The value of <c>SOURCE_DATE_EPOCH</c>, if there is one.</summary>
    public string? SourceDateEpoch { get; set; }

    /// <summary>The time in the form of RFC 3339; empty where none is known.</summary>
    [Output]
    public string? SourceDate { get; set; }

    /// <inheritdoc/>
    protected override async Task RunAsync(CancellationToken cancellation)
    {
        if (!string.IsNullOrEmpty(SourceDateEpoch))
        {
            SourceDate = Images.SourceDate.Rfc3339(SourceDateEpoch);
            if (SourceDate is not null) return;
            Report(new Diagnostic(Descriptors.InvalidSourceDate, [SourceDateEpoch]));
        }

        var time = await new GitRepository().CommitTimeAsync(ProjectDirectory, cancellation);
        SourceDate = time is null ? null : Images.SourceDate.Rfc3339(time);
    }
}

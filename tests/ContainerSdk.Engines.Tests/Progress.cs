using ContainerSdk.Engines.Docker;

namespace ContainerSdk.Engines.Tests;

/// <summary>A build's progress after all lines were taken, and what the reporter was told meanwhile.</summary>
internal sealed record Progress(BuildProgress Build, RecordingReporter Reporter)
{
    public static Progress Of(string recording) => After(Recording.Lines(recording));

    public static Progress After(params IEnumerable<string> lines) => After(new RecordingReporter(), lines);

    public static Progress After(RecordingReporter reporter, IEnumerable<string> lines)
    {
        var build = new BuildProgress(reporter);
        foreach (var line in lines) build.Take(line);
        return new Progress(build, reporter);
    }
}

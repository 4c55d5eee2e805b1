using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Engines;
using ContainerSdk.Engines.Smoke;
using ContainerSdk.Images.Inspection;
using ContainerSdk.Images.StructureTests;

namespace ContainerSdk.Tasks;

/// <summary>The user's own tests of an image.</summary>
/// <param name="engine">Where the image is.</param>
/// <param name="request">What it was made of.</param>
/// <param name="image">The image.</param>
/// <param name="project">The project's folder.</param>
internal sealed class StructureTests(IContainerEngine engine, BuildRequest request, BuiltImage image, string project)
{
    /// <summary>Carries out every file's tests.</summary>
    /// <param name="inspected">What the image holds.</param>
    /// <param name="report">Takes what fails.</param>
    /// <param name="say">Takes what else is to be said: a format and its arguments.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(InspectedImage inspected, Action<Diagnostic> report, Action<string, object[]> say, CancellationToken cancellation)
    {
        foreach (var source in request.Plan.Verification.StructureTests ?? [])
        {
            var (tests, mistakes) = StructureTestReader.Read(source.Path, await GeneratedFile.ReadAsync(Path.GetFullPath(source.Path, project), cancellation));
            foreach (var mistake in mistakes) report(new Diagnostic(Descriptors.StructureTestInvalid, [mistake.ToString()]));
            if (!mistakes.IsEmpty) continue;
            var runs = tests.CommandTests.IsEmpty ? null : await RunnerAsync(cancellation);
            var results = await new StructureTestRunner(inspected, ReadAsync, runs).RunAsync(tests, cancellation);
            foreach (var result in results) Tell(source.Path, result, report, say);
            say("{0}: {1} of {2} structure tests passed", [source.Path, results.Count(result => result.Verdict is StructureTestVerdict.Passed), results.Length]);
        }
    }

    private static void Tell(string file, StructureTestResult result, Action<Diagnostic> report, Action<string, object[]> say)
    {
        if (result.Verdict is StructureTestVerdict.Failed failed)
        {
            foreach (var finding in failed.Findings) report(new Diagnostic(Descriptors.StructureTestFailed, [result.Name, file, finding.TrimEnd('.')]));
        }
        else if (result.Verdict is StructureTestVerdict.Skipped skipped)
        {
            say("'{0}' of {1} was skipped: {2}", [result.Name, file, skipped.Reason]);
        }
    }

    private Task<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellation) => ((IImageReader)engine).ReadFileAsync(request, image, path, cancellation);

    private async Task<Func<CommandRun, CancellationToken, Task<CommandOutcome>>?> RunnerAsync(CancellationToken cancellation) =>
        (await ((IImageRunner)engine).ProvideAsync(request, image, cancellation)).Engine is { } runner ? new CommandContainers(runner, image.Id).RunAsync : null;
}

using ContainerSdk.Diagnostics;

namespace ContainerSdk.Engines;

/// <summary>What a host shows of a build while it runs.</summary>
public interface IBuildReporter
{
    /// <summary>A step began: <c>[build 4/7] RUN …</c>.</summary>
    void Step(string text);

    /// <summary>A line that a step, or the engine itself, printed.</summary>
    void Output(string text);

    /// <summary>
    /// What a compiler in the builder said, with the file it concerns as the builder knows it. True if it counts as an error here, as a warning
    /// may: then the image must not get a name.
    /// </summary>
    bool CompilerMessage(CompilerMessage message);

    /// <summary>A mistake with a code.</summary>
    void Report(Diagnostic diagnostic);
}

using ContainerSdk.Diagnostics;

namespace ContainerSdk.Engines;

/// <summary>What a host shows of a build while it runs.</summary>
public interface IBuildReporter
{
    /// <summary>A step began: <c>[build 4/7] RUN …</c>.</summary>
    void Step(string text);

    /// <summary>A line that a step, or the engine itself, printed.</summary>
    void Output(string text);

    /// <summary>An error that a compiler in the builder reported, with the file it concerns as the context knows it.</summary>
    void CompilerError(CompilerError error);

    /// <summary>A mistake with a code.</summary>
    void Report(Diagnostic diagnostic);
}

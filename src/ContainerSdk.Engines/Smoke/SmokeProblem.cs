using System.Globalization;

namespace ContainerSdk.Engines.Smoke;

/// <summary>What a smoke test found wrong. As text it is a clause that tells of the container, for example <c>it ended by itself with exit code 1</c>.</summary>
public abstract record SmokeProblem
{
    private SmokeProblem()
    {
    }

    /// <summary>The clause.</summary>
    protected abstract string Clause { get; }

    /// <inheritdoc/>
    public sealed override string ToString() => Clause;

    /// <summary>The engine made no container, or could not start its process.</summary>
    /// <param name="Reason">What the engine said.</param>
    public sealed record NotStarted(string Reason) : SmokeProblem
    {
        /// <inheritdoc/>
        protected override string Clause => $"it could not be started: {Reason}";
    }

    /// <summary>The engine itself failed while the container was there.</summary>
    /// <param name="Reason">What the engine said.</param>
    public sealed record EngineFailed(string Reason) : SmokeProblem
    {
        /// <inheritdoc/>
        protected override string Clause => $"the engine lost sight of it: {Reason}";
    }

    /// <summary>The process ended when it should run.</summary>
    /// <param name="ExitCode">Its exit code, which may be 0. Podman with cgroups v1 does not tell of a lack of memory, so 137 may stand for that too.</param>
    public sealed record ExitedEarly(int ExitCode) : SmokeProblem
    {
        /// <inheritdoc/>
        protected override string Clause => Text($"it ended by itself with exit code {ExitCode}") + (ExitCode == ContainerState.KilledExitCode ? ", killed as one is that needs more memory than its limit" : "");
    }

    /// <summary>Nothing answered in time, or the health command did not succeed.</summary>
    /// <param name="Timeout">The time it had.</param>
    /// <param name="Seen">What happened instead, at the last attempt.</param>
    public sealed record NotReady(TimeSpan Timeout, string Seen) : SmokeProblem
    {
        /// <inheritdoc/>
        protected override string Clause => Text($"it was not ready within {Timeout.TotalSeconds:0.###} s: {Seen}");
    }

    /// <summary>It answered to the end with a status that is no success.</summary>
    /// <param name="Path">What was asked for.</param>
    /// <param name="Status">The last answer's status code.</param>
    public sealed record WrongAnswer(string Path, int Status) : SmokeProblem
    {
        /// <inheritdoc/>
        protected override string Clause => Text($"GET {Path} answered {Status}, where 2xx or 3xx is success");
    }

    /// <summary>It ended when it was asked to, with an exit code that tells of a failure.</summary>
    /// <param name="ExitCode">Neither 0 nor that of its stop signal.</param>
    public sealed record UncleanExit(int ExitCode) : SmokeProblem
    {
        /// <inheritdoc/>
        protected override string Clause => Text($"it ended with exit code {ExitCode} when it was asked to stop");
    }

    /// <summary>It did not end when it was asked to, so the engine killed it.</summary>
    /// <param name="Signal">What asked it.</param>
    /// <param name="Grace">The time it had.</param>
    public sealed record Killed(string Signal, TimeSpan Grace) : SmokeProblem
    {
        /// <inheritdoc/>
        protected override string Clause => Text($"it did not end within {Grace.TotalSeconds:0} s of {Signal}, and was killed");
    }

    /// <summary>The kernel killed it for the memory it used.</summary>
    /// <param name="Limit">What it was allowed, in MiB.</param>
    public sealed record OutOfMemory(int Limit) : SmokeProblem
    {
        /// <inheritdoc/>
        protected override string Clause => Text($"it needed more than {Limit} MiB of memory, and was killed for that");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

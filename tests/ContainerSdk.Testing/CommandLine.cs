using System.Diagnostics;

namespace ContainerSdk.Testing;

/// <summary>What a command printed, and how it ended.</summary>
public sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>The lines that hold <paramref name="text"/>, trimmed, each once: dotnet build repeats its errors at the end.</summary>
    public string[] LinesWith(string text) =>
        [.. Output.Split('\n').Where(line => line.Contains(text, StringComparison.Ordinal)).Select(line => line.Trim()).Distinct()];

    /// <summary>The result itself; an exception with all the output if the command failed.</summary>
    public CommandResult Expect(int exitCode = 0) =>
        ExitCode == exitCode ? this : throw new InvalidOperationException($"Exit code {ExitCode} instead of {exitCode}:\n{Output}");
}

/// <summary>Runs a command to its end, both streams in one text.</summary>
public static class CommandLine
{
    // What a test host sets for an MSBuild of its own must not reach the one under test, nor a time that a build of this repository is told to use.
    private static readonly string[] HostVariables = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "TESTINGPLATFORM_UI_LANGUAGE", "SOURCE_DATE_EPOCH"];

    /// <summary>Runs <paramref name="fileName"/> in <paramref name="folder"/>.</summary>
    public static CommandResult Run(string folder, string fileName, params ReadOnlySpan<string> arguments) =>
        Run(folder, new Dictionary<string, string>(), fileName, arguments);

    /// <summary>Runs with variables added to the environment.</summary>
    public static CommandResult Run(string folder, IReadOnlyDictionary<string, string> environment, string fileName, params ReadOnlySpan<string> arguments)
    {
        using var process = Start(folder, environment, fileName, arguments);
        var (output, gate) = (new List<string>(), new Lock());
        process.OutputDataReceived += (_, e) => Add(e.Data);
        process.ErrorDataReceived += (_, e) => Add(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.WaitForExit();
        return new CommandResult(process.ExitCode, string.Join('\n', output));

        void Add(string? line)
        {
            if (line is null) return;
            lock (gate) output.Add(line);
        }
    }

    /// <summary>Starts without waiting; the caller reads the streams and disposes.</summary>
    public static Process Start(string folder, IReadOnlyDictionary<string, string> environment, string fileName, params ReadOnlySpan<string> arguments)
    {
        var info = new ProcessStartInfo(fileName)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        foreach (var name in HostVariables) info.Environment.Remove(name);
        foreach (var (name, value) in environment) info.Environment[name] = value;
        var process = Process.Start(info) ?? throw new InvalidOperationException($"{fileName} did not start.");
        process.StandardInput.Close();
        return process;
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace ContainerSdk.Engines.Processes;

/// <summary>
/// The one place that starts processes. Both pipes are read at once, the exit code decides, and a cancelled process is asked to stop first
/// (so that a build client can tell its daemon) and killed with its children after a grace time.
/// </summary>
public static class ProcessRunner
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Runs to the end; <paramref name="onLine"/> gets each line of either stream as it comes, one at a time.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the process and its children are gone.</exception>
    public static async Task<ProcessResult> RunAsync(ProcessCommand command, Action<string>? onLine, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var process = new Process { StartInfo = StartInfo(command) };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return new ProcessResult(null, "", []);
        }

        var (output, error, tail, gate) = (new StringBuilder(), new StringBuilder(), new Queue<string>(), new Lock());
        var reading = Task.WhenAll(
            command.ReadOutput is { } read ? ReadBytesAsync(process.StandardOutput.BaseStream, read, cancellation) : ReadAsync(process.StandardOutput, line => Take(line, output)),
            ReadAsync(process.StandardError, line => Take(line, error)));
        try
        {
            var ended = process.WaitForExitAsync(cancellation);
            await WriteAsync(process.StandardInput, command, ended, cancellation);
            await ended;
        }
        catch
        {
            await StopAsync(process);
            throw;
        }

        await reading;
        return new ProcessResult(process.ExitCode, output.ToString(), [.. tail]) { Error = error.ToString() };

        void Take(string line, StringBuilder whole)
        {
            lock (gate)
            {
                whole.Append(line).Append('\n');
                if (tail.Count == ProcessResult.TailLines) tail.Dequeue();
                tail.Enqueue(line);
                onLine?.Invoke(line);
            }
        }
    }

    // A process that ends before it has read everything says why itself.
    private static async Task WriteAsync(StreamWriter input, ProcessCommand command, Task ended, CancellationToken cancellation)
    {
        try
        {
            if (command.WriteInput is { } write) await write(input.BaseStream, cancellation);
            input.Close();
        }
        catch (IOException)
        {
            if (await Task.WhenAny(ended, Task.Delay(Grace, CancellationToken.None)) != ended) throw;
        }
    }

    private static ProcessStartInfo StartInfo(ProcessCommand command)
    {
        var info = new ProcessStartInfo(command.FileName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = command.WorkingDirectory ?? "",
        };
        foreach (var argument in command.Arguments) info.ArgumentList.Add(argument);
        foreach (var (name, value) in command.Environment) info.Environment[name] = value;
        return info;
    }

    private static async Task ReadAsync(StreamReader reader, Action<string> take)
    {
        while (await reader.ReadLineAsync() is { } line) take(line);
    }

    // A process whose output nobody takes would never end.
    private static async Task ReadBytesAsync(Stream output, Func<Stream, CancellationToken, Task> read, CancellationToken cancellation)
    {
        try
        {
            await read(output, cancellation);
        }
        finally
        {
            await output.CopyToAsync(Stream.Null, CancellationToken.None);
        }
    }

    private static async Task StopAsync(Process process)
    {
        // Once a process has ended its children are no longer known as such, so they are noted before.
        var descendants = Descendants(process.Id);
        if (!OperatingSystem.IsWindows()) _ = NativeMethods.Kill(process.Id, NativeMethods.Terminate);
        using var grace = new CancellationTokenSource(Grace);
        try
        {
            await process.WaitForExitAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        // An id may belong to another process by now; its start tells.
        foreach (var (id, _) in descendants.Where(descendant => StartOf(descendant.Id) == descendant.Started)) _ = NativeMethods.Kill(id, NativeMethods.KillNow);
    }

    // Linux alone tells; elsewhere the list is empty.
    private static List<(int Id, string Started)> Descendants(int process)
    {
        var found = new List<(int, string)>();
        try
        {
            foreach (var task in Directory.EnumerateDirectories($"/proc/{process}/task"))
                foreach (var child in File.ReadAllText($"{task}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    var id = int.Parse(child, System.Globalization.CultureInfo.InvariantCulture);
                    if (StartOf(id) is { } started) found.Add((id, started));
                    found.AddRange(Descendants(id));
                }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }

        return found;
    }

    // The 22nd field of proc(5)'s stat; the second is a name in parentheses that may hold blanks.
    private static string? StartOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static class NativeMethods
    {
        internal const int Terminate = 15;
        internal const int KillNow = 9;

        [DllImport("libc", EntryPoint = "kill")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Kill(int processId, int signal);
    }
}

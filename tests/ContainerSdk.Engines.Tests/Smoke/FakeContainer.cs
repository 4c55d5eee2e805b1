using System.Globalization;
using ContainerSdk.Engines.Smoke;

namespace ContainerSdk.Engines.Tests.Smoke;

/// <summary>A docker that keeps one container; each answer can be another. The container runs until it is stopped.</summary>
internal sealed class FakeContainer : IDisposable
{
    private readonly FakeDocker _docker;

    private FakeContainer(string script) => _docker = new FakeDocker(script);

    /// <summary>The engine.</summary>
    public SmokeEngine Engine => new(SmokeEngineKind.Docker, _docker.Command, "unix:///var/run/docker.sock");

    /// <summary>The first word of each call but <c>wait</c>, which runs beside the others.</summary>
    public string[] Calls => [.. _docker.Calls.Select(call => call.Split(' ')[0]).Where(call => call != "wait")];

    /// <summary>The whole calls.</summary>
    public string[] Lines => _docker.Calls;

    /// <summary>One that is answered at <paramref name="port"/> of this machine.</summary>
    /// <param name="port">Of a server.</param>
    /// <param name="end">What the process leaves when it is stopped.</param>
    /// <param name="answers">Lines of a shell's <c>case</c> that come before the usual ones.</param>
    public static FakeContainer Running(int port = 1, string end = """ "ExitCode": 0 """, string answers = "") => new($$"""
        state() { printf '[{ "State": { "Running": %s, %s }, "Config": { "StopSignal": "" } }]\n' "$1" "$2"; }
        case "$1" in
          {{answers}}
          run) echo 0123456789ab;;
          port) echo 127.0.0.1:{{port.ToString(CultureInfo.InvariantCulture)}};;
          wait) while [ ! -e "$0.stopped" ]; do sleep 0.02; done;;
          container) if [ -e "$0.stopped" ]; then state false '{{end}}'; else state true '"ExitCode": 0'; fi;;
          stats) echo '2MiB / 512MiB';;
          stop) touch "$0.stopped";;
          logs) echo out; printf '\033[31merr\033[0m\n' >&2;;
          rm) echo removed;;
          *) exit 99;;
        esac
        """);

    /// <summary>One whose process has ended by the time that anybody looks.</summary>
    public static FakeContainer Ended(string end) => new($$"""
        case "$1" in
          run) echo 0123456789ab;;
          port) echo "Error: No public port '8080/tcp' published for smoke" >&2; exit 1;;
          wait) echo 0;;
          container) printf '[{ "State": { "Running": false, %s } }]\n' '{{end}}';;
          logs) echo out; printf '\033[31merr\033[0m\n' >&2;;
          rm) echo removed;;
          *) exit 99;;
        esac
        """);

    public void Dispose() => _docker.Dispose();
}

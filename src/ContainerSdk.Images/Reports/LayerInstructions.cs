using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContainerSdk.Images.Oci;

namespace ContainerSdk.Images.Reports;

/// <summary>What made each layer, out of the image's history (https://github.com/opencontainers/image-spec/blob/main/config.md#properties).</summary>
public static partial class LayerInstructions
{
    private const int MaxLength = 300;

    /// <summary>One text for each layer, as the history has it; empty texts where history and layers do not go together.</summary>
    public static ImmutableArray<string> Read(ImageConfiguration configuration)
    {
        var made = configuration.History.Where(entry => entry is not JsonObject step || !(step["empty_layer"] is JsonValue empty && empty.TryGetValue<bool>(out var isEmpty) && isEmpty)).ToArray();
        return made.Length == configuration.DiffIds.Length
            ? [.. made.Select(entry => (entry is JsonObject step ? ConfigurationText.Of(step["created_by"]) : null) ?? "")]
            : [.. configuration.DiffIds.Select(_ => "")];
    }

    /// <summary>The instruction as its author wrote it: without the shell, build arguments and mounts that engines put around it, and on one line.</summary>
    public static string Shorten(string instruction)
    {
        var text = Spaces().Replace(instruction.Length > 16 * MaxLength ? instruction[..(16 * MaxLength)] : instruction, " ").Trim();
        if (text.EndsWith("# buildkit", StringComparison.Ordinal)) text = text[..^"# buildkit".Length].TrimEnd();
        const string Shell = "/bin/sh -c ";
        const string Nothing = "#(nop) ";
        if (text.StartsWith(Shell, StringComparison.Ordinal))
        {
            text = text[Shell.Length..];
            text = text.StartsWith(Nothing, StringComparison.Ordinal) ? text[Nothing.Length..].TrimStart() : "RUN " + text;
        }
        else if (text.StartsWith("RUN ", StringComparison.Ordinal))
        {
            var command = Flags().Replace(text["RUN ".Length..], "");
            // Build arguments stand between their number and the shell; their values may hold blanks.
            if (Arguments().IsMatch(command) && command.IndexOf(Shell, StringComparison.Ordinal) is var shell and > 0) command = command[shell..];
            if (command.StartsWith(Shell, StringComparison.Ordinal)) command = command[Shell.Length..];
            text = "RUN " + Flags().Replace(command, "");
        }

        return ReportText.Clip(text, MaxLength);
    }

    /// <summary>Whether it installs packages of the operating system.</summary>
    internal static bool InstallsPackages(string instruction) => Installs().IsMatch(instruction);

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\A(?:--(?:mount|network|security|device)=\S+ )+", RegexOptions.CultureInvariant)]
    private static partial Regex Flags();

    [GeneratedRegex(@"\A\|[0-9]+ ", RegexOptions.CultureInvariant)]
    private static partial Regex Arguments();

    [GeneratedRegex(@"\ARUN .*\b(?:apt(?:-get)?|apk|(?:micro|t)?dnf|yum|zypper)\b[^&|;]*\b(?:install|add|in)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Installs();
}

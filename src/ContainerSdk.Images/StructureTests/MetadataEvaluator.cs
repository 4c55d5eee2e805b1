using System.Collections.Immutable;
using System.Text.RegularExpressions;
using ContainerSdk.Images.Layouts;

namespace ContainerSdk.Images.StructureTests;

/// <summary>Compares how an image is run with what a test expects.</summary>
internal static class MetadataEvaluator
{
    /// <summary>A clause for each difference.</summary>
    public static ImmutableArray<string> Findings(MetadataTest test, RunFacts image) =>
    [
        .. test.Variables.Select(expected => Named("variable", expected, image.Variables)).OfType<string>(),
        .. test.UnboundVariables.Where(image.Variables.ContainsKey).Select(name => $"no variable {Quotation.Of(name)} is expected, and it is set"),
        .. test.Labels.Select(expected => Named("label", expected, image.Labels)).OfType<string>(),
        .. Missing("port", test.ExposedPorts.Where(port => !image.Exposes(port)), image.Ports),
        .. test.UnexposedPorts.Where(image.Exposes).Select(port => $"no port {Quotation.Of(port)} is expected, and the image names it"),
        .. Missing("volume", test.Volumes.Except(image.Volumes, StringComparer.Ordinal), image.Volumes),
        .. test.UnmountedVolumes.Intersect(image.Volumes, StringComparer.Ordinal).Select(volume => $"no volume {Quotation.Of(volume)} is expected, and the image declares it"),
        .. Words("entry point", test.Entrypoint, image.Entrypoint),
        .. Words("command", test.Command, image.Command),
        .. Text("working directory", test.WorkingDirectory, image.WorkingDirectory),
        .. Text("user", test.User, image.User),
    ];

    private static string? Named(string kind, ExpectedText expected, ImmutableDictionary<string, string> found)
    {
        var name = $"the {kind} {Quotation.Of(expected.Key)}";
        if (!found.TryGetValue(expected.Key, out var value)) return $"{name} is expected, and it is not set";
        return expected.Pattern is not { } pattern ? value == expected.Value ? null : $"{name} is expected to be {Quotation.Of(expected.Value)}, and is {Quotation.Of(value)}"
            : Matches(pattern, value) ? null : $"{name} is expected to match {Quotation.Of(pattern.Text)}, and is {Quotation.Of(value)}";
    }

    private static bool Matches(SearchPattern pattern, string value)
    {
        try
        {
            return pattern.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static IEnumerable<string> Missing(string kind, IEnumerable<string> missing, ImmutableArray<string> found) =>
        missing.Select(name => $"the {kind} {Quotation.Of(name)} is expected, and the image has {(found.IsEmpty ? "none" : string.Join(", ", found.Select(Quotation.Of)))}");

    private static IEnumerable<string> Words(string kind, ImmutableArray<string>? expected, ImmutableArray<string> found) =>
        expected is { } words && !words.SequenceEqual(found, StringComparer.Ordinal) ? [$"the {kind} is expected to be {List(words)}, and is {List(found)}"] : [];

    private static IEnumerable<string> Text(string kind, string? expected, string found) =>
        expected is not null && expected != found ? [$"the {kind} is expected to be {Quotation.Of(expected)}, and is {Quotation.Of(found)}"] : [];

    private static string List(ImmutableArray<string> words) => $"[{string.Join(", ", words.Select(Quotation.Of))}]";
}

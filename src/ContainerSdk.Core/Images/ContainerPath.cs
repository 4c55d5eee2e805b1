using System.Diagnostics.CodeAnalysis;

namespace ContainerSdk.Images;

/// <summary>
/// An absolute path inside a Linux container, without a trailing slash. WORKDIR takes the raw rest of its line and expands it, so characters
/// that the Dockerfile's lexer treats specially are refused rather than escaped.
/// </summary>
public sealed record ContainerPath
{
    private ContainerPath(string value) => Value = value;

    /// <summary>The path, for example <c>/app</c>.</summary>
    public string Value { get; }

    /// <summary>Reads an absolute path; doubled and trailing slashes are dropped, <c>..</c> is refused.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out ContainerPath? path)
    {
        path = null;
        if (!text.StartsWith('/') || text.Any(c => char.IsControl(c) || c is '"' or '\'' or '\\' or '$' or '`')) return false;
        var segments = text.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments.Any(segment => segment is "." or ".." || segment != segment.Trim())) return false;
        path = new ContainerPath("/" + string.Join('/', segments));
        return true;
    }

    /// <summary>A path that the product itself wrote.</summary>
    public static ContainerPath Create(string text) =>
        TryParse(text, out var path) ? path : throw new ArgumentException(text, nameof(text));

    /// <summary>The path of <paramref name="relative"/> below this one.</summary>
    public string Combine(string relative) => Value == "/" ? "/" + relative : $"{Value}/{relative}";

    /// <summary>Whether it is <paramref name="path"/>, or a folder that the path lies in.</summary>
    public bool Holds(ContainerPath path) => (path.Value + "/").StartsWith(Combine(""), StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

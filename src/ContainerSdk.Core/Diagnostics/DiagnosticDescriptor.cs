namespace ContainerSdk.Diagnostics;

/// <summary>How a diagnostic affects the build.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The build goes on; the user can silence the code with <c>NoWarn</c>.</summary>
    Warning,

    /// <summary>No plan, no Dockerfile and no image come out.</summary>
    Error,
}

/// <summary>One kind of mistake: its code, and the text that says what, where and what to do.</summary>
/// <param name="Id"><c>CSDKnnnn</c>; also the name of the page in <c>docs/diagnostics</c>.</param>
/// <param name="Severity">What it does to the build.</param>
/// <param name="Title">The page's heading.</param>
/// <param name="MessageFormat">A composite format string; its arguments are never secret.</param>
public sealed record DiagnosticDescriptor(string Id, DiagnosticSeverity Severity, string Title, string MessageFormat);

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace ContainerSdk.Plan;

/// <summary>What is asked of the finished image, beside what the plan says of it anyway.</summary>
public sealed record Verification
{
    /// <summary>What a broken rule does to the publish.</summary>
    public VerificationLevel Level { get; init; } = VerificationLevel.Error;

    /// <summary>The most bytes that all layers may have together, uncompressed; null is any number.</summary>
    public long? MaxSize { get; init; }

    /// <summary>Whether the application asks others over HTTPS, and therefore needs the roots of their certificates.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NeedsCertificates { get; init; }

    /// <summary>Whether the application knows time zones by name.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool NeedsTimeZones { get; init; }

    /// <summary>Whether symbols for debuggers were to be left out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsStripped { get; init; }

    /// <summary>What the user knows of and wants as it is.</summary>
    public ImmutableArray<VerificationExemption> Exemptions { get; init; } = [];

    /// <summary>The user's own tests; null is none.</summary>
    public ImmutableArray<StructureTestSource>? StructureTests { get; init; }

    /// <summary>How a container of the image is tried out; null is as usual, and not before the image gets its names.</summary>
    public SmokeCheck? Smoke { get; init; }
}

/// <summary>A file in the format of container-structure-test (https://github.com/GoogleContainerTools/container-structure-test).</summary>
/// <param name="Path">Relative to the project's folder.</param>
/// <param name="Hash">Of its content, so that other tests are another plan.</param>
public sealed record StructureTestSource(string Path, string Hash);

/// <summary>A container that is started as production would start it.</summary>
public sealed record SmokeCheck
{
    /// <summary>Whether the image gets no name without it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsGate { get; init; }

    /// <summary>What it is asked over HTTP; null is its health command, or nothing.</summary>
    public HealthEndpoint? Endpoint { get; init; }

    /// <summary>How long it may take to be ready; null is 30 seconds.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many bytes of memory it may use; null is 512 MiB.</summary>
    public long? Memory { get; init; }

    /// <summary>Variables that it gets beside the image's own.</summary>
    public ImmutableArray<EnvironmentVariable> Environment { get; init; } = [];
}

/// <summary>What tells over HTTP whether the process is ready.</summary>
/// <param name="Port">The container's port.</param>
/// <param name="Path">For example <c>/health</c>.</param>
public sealed record HealthEndpoint(int Port, string Path);

/// <summary>A rule that does not hold for some paths of the image.</summary>
/// <param name="Path">The path in the image; <c>*</c> stands for any part of a name, <c>**</c> for folders too.</param>
/// <param name="Code">The rule's code; null is every rule about files.</param>
public sealed record VerificationExemption(string Path, string? Code);

/// <summary>What a broken rule does to the publish.</summary>
public enum VerificationLevel
{
    /// <summary>The image is not looked into.</summary>
    None,

    /// <summary>A warning; the image gets its names.</summary>
    Warn,

    /// <summary>An error; the image gets no name, and goes nowhere.</summary>
    Error,
}

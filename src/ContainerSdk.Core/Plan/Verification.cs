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
}

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

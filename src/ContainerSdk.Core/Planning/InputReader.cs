using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Inputs;

namespace ContainerSdk.Planning;

/// <summary>Turns raw text into types, and what cannot be turned into a diagnostic that names its property.</summary>
internal sealed class InputReader(ContainerInputs inputs, DiagnosticBag diagnostics)
{
    public DiagnosticBag Diagnostics => diagnostics;

    /// <summary>The toolchain's name, for messages.</summary>
    public string Toolchain => Text("ContainerToolchain") ?? "";

    /// <summary>The property's text; null if it is unset.</summary>
    public string? Text(string name) => inputs.Properties.GetValueOrDefault(name) is { Length: > 0 } text ? text : null;

    /// <summary>The property's text; a diagnostic and an empty string if it is unset.</summary>
    public string Required(string name)
    {
        if (Text(name) is { } text) return text;
        diagnostics.Add(Descriptors.MissingInput, name, Toolchain);
        return "";
    }

    public IEnumerable<InputItem> Items(string kind) => inputs.Items.Where(item => item.Kind == kind);

    /// <summary>Words of a command: the item's Value, or its identity where that is free of MSBuild's special characters.</summary>
    public ImmutableArray<string> Words(string kind) => Words(kind, _ => true);

    /// <summary>The words among them that <paramref name="which"/> admits.</summary>
    public ImmutableArray<string> Words(string kind, Func<InputItem, bool> which) =>
        [.. Items(kind).Where(which).Select(item => Checked(kind, item.Metadata.GetValueOrDefault("Value", item.Identity)))];

    public bool Boolean(string name, bool otherwise)
    {
        var text = Text(name);
        if (text is null) return otherwise;
        if (bool.TryParse(text.Trim(), out var value)) return value;
        diagnostics.Add(Descriptors.InvalidBoolean, name, text);
        return otherwise;
    }

    /// <summary>The value named by the property, its letters in either case.</summary>
    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum => Text(name) is { } text ? ChoiceOf<T>(name, text) ?? otherwise : otherwise;

    /// <summary>The value that <paramref name="text"/> names; a diagnostic and null if it names none.</summary>
    public T? ChoiceOf<T>(string name, string text)
        where T : struct, Enum
    {
        if (Array.Find(Enum.GetNames<T>(), choice => choice.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } match) return Enum.Parse<T>(match);
        diagnostics.Add(Descriptors.InvalidChoice, name, text, string.Join(", ", Enum.GetNames<T>()));
        return null;
    }

    /// <summary>The image that <paramref name="text"/> names; a warning if it may be another one tomorrow.</summary>
    public bool TryImage(string name, string text, [NotNullWhen(true)] out ImageReference? image)
    {
        if (ImageReference.TryParse(text.Trim(), out image, out var problem))
        {
            if (image is { Tag: null or "latest", Digest: null }) diagnostics.Add(Descriptors.MovingImage, name, text, $"{image.Registry}/{image.Repository}");
            return true;
        }

        diagnostics.Add(Descriptors.InvalidImageReference, name, text, problem);
        return false;
    }

    public ContainerPath Path(string name, string text)
    {
        if (ContainerPath.TryParse(text.Trim(), out var path)) return path;
        diagnostics.Add(Descriptors.InvalidContainerPath, name, text);
        return ContainerPath.Create("/");
    }

    /// <summary>A path that a mount can be at: its options are separated by commas, and ended by a blank.</summary>
    public ContainerPath MountPath(string name, string text)
    {
        if (!text.Any(c => c == ',' || char.IsWhiteSpace(c))) return Path(name, text);
        diagnostics.Add(Descriptors.InvalidContainerPath, name, text);
        return ContainerPath.Create("/");
    }

    /// <summary>The value itself, reported if a Dockerfile cannot carry it. Tabs are carried; every other control character is not.</summary>
    public string Checked(string name, string value)
    {
        var bad = value.AsSpan().IndexOfAnyInRange('\0', '\b') is var low and >= 0 ? low : value.AsSpan().IndexOfAnyInRange('\n', '\u001f');
        if (bad < 0) bad = value.AsSpan().IndexOfAnyInRange('\u007f', '\u009f');
        if (bad >= 0) diagnostics.Add(Descriptors.ControlCharacter, name, $"U+{(int)value[bad]:X4}");
        return value;
    }

    /// <summary>The same for a text of several lines; only the exec form carries one.</summary>
    public string CheckedLines(string name, string value)
    {
        Checked(name, value.Replace('\n', ' '));
        return value;
    }
}

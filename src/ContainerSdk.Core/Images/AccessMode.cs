using System.Diagnostics.CodeAnalysis;

namespace ContainerSdk.Images;

/// <summary>Who may read, write and execute a file: the bits of <c>chmod</c>, in octal digits.</summary>
public sealed record AccessMode
{
    private AccessMode(string digits) => Digits = digits;

    /// <summary>Four digits, for example <c>0644</c>.</summary>
    public string Digits { get; }

    /// <summary>Reads three or four octal digits.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AccessMode? mode)
    {
        mode = text.Length is 3 or 4 && text.All(c => c is >= '0' and <= '7') ? new AccessMode(text.PadLeft(4, '0')) : null;
        return mode is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Digits;
}

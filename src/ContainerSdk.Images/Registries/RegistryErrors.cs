using System.Collections.Immutable;
using System.Text.Json;

namespace ContainerSdk.Images.Registries;

/// <summary>The body of a refusal (https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes), or of one that a token service or a gateway writes.</summary>
internal sealed record RegistryErrors(ImmutableArray<string> Codes, string Text)
{
    private static readonly string[] GatewayWords = ["error_description", "details", "message"];

    /// <summary>Reads it; a body that is something else has no codes and no text.</summary>
    public static RegistryErrors Read(ReadOnlyMemory<byte> body)
    {
        var root = LenientJson.Parse(body);
        var list = root.Part("errors");
        ImmutableArray<(string Code, string Message)> errors = list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(error => (error.Word("code"), error.Word("message")))]
            : [(root.Word("error"), GatewayWords.Select(name => root.Word(name)).FirstOrDefault(word => word.Length > 0, ""))];
        return new RegistryErrors(
            [.. errors.Select(error => error.Code).Where(code => code.Length > 0)],
            string.Join("; ", errors.Select(Sentence).Where(text => text.Length > 0).Distinct()));
    }

    private static string Sentence((string Code, string Message) error)
    {
        var code = string.Concat(error.Code.Select(c => c == '_' ? ' ' : char.ToLowerInvariant(c)));
        return (code, error.Message) switch
        {
            ("", var message) => message,
            (_, "") => code,
            (_, var message) => $"{code}: {message}",
        };
    }
}

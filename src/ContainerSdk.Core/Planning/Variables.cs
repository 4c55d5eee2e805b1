using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>Reads name and value pairs. Where a name comes twice the last one wins, in the place of the first.</summary>
internal static class Variables
{
    public static ImmutableArray<EnvironmentVariable> Read(InputReader reader, string kind) => Read(reader, kind, _ => true);

    public static ImmutableArray<EnvironmentVariable> Read(InputReader reader, string kind, Func<InputItem, bool> which) =>
        [.. Pairs(reader, kind, reader.Items(kind).Where(which), Names.IsEnvironmentVariable, Names.EnvironmentVariableRule).Select(pair => new EnvironmentVariable(pair.Key, pair.Value))];

    public static ImmutableArray<Label> ReadLabels(InputReader reader, string kind) =>
        [.. Pairs(reader, kind, reader.Items(kind), Names.IsLabel, Names.LabelRule).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Label(pair.Key, pair.Value))];

    private static OrderedDictionary<string, string> Pairs(InputReader reader, string kind, IEnumerable<InputItem> items, Func<string, bool> isName, string rule)
    {
        var pairs = new OrderedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (!isName(item.Identity))
                reader.Diagnostics.Add(Descriptors.InvalidName, kind, item.Identity, rule);
            if (Names.LooksSecret(item.Identity) || Names.HoldsPassword(item["Value"] ?? ""))
                reader.Diagnostics.Add(Descriptors.SecretLikeName, kind, item.Identity);
            pairs[item.Identity] = reader.Checked($"{kind} '{item.Identity}'", item["Value"] ?? "");
        }

        return pairs;
    }
}

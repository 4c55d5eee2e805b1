using System.Collections.Immutable;
using ContainerSdk.Diagnostics;
using ContainerSdk.Images;
using ContainerSdk.Plan;

namespace ContainerSdk.Planning;

/// <summary>Volumes, each a folder that its owner can write to.</summary>
/// <param name="Paths">The folders, sorted.</param>
/// <param name="Apart">How those are made that lie elsewhere than the application.</param>
/// <param name="Within">How those are made that the application's files may also bring, and which must come after them.</param>
internal sealed record VolumePlanner(ImmutableArray<ContainerPath> Paths, ImmutableArray<RuntimeStep> Apart, ImmutableArray<RuntimeStep> Within)
{
    private const string Kind = "ContainerVolume";

    public static VolumePlanner Plan(InputReader reader, StageImage image, AccountPlanner account, ContainerPath application)
    {
        var owners = new SortedDictionary<string, RuntimeStep.Folder>(StringComparer.Ordinal);
        foreach (var item in reader.Items(Kind))
        {
            var path = reader.Path(Kind, item.Identity);
            if (ContainerPath.TryParse(item.Identity.Trim(), out _) && path.Holds(application)) reader.Diagnostics.Add(Descriptors.VolumeOverApplication, item.Identity, application.Value, application.Combine("data"));
            owners[path.Value] = new RuntimeStep.Folder(path, Owners.Read(reader, $"{Kind} '{item.Identity}'", item, image, account) ?? account.User);
        }

        var folders = owners.Values.ToLookup(folder => application.Holds(folder.Path));
        return new VolumePlanner([.. owners.Values.Select(folder => folder.Path)], [.. folders[false]], [.. folders[true]]);
    }
}

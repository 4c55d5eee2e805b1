using ContainerSdk.Diagnostics;

namespace ContainerSdk.Planning;

/// <summary>
/// What the toolchain's data file found wrong: it knows its language and that language's base images, and Core does not. Reported here so that a
/// user sees them together with everything else.
/// </summary>
internal static class ObstaclePlanner
{
    public static void Read(InputReader reader)
    {
        foreach (var item in reader.Items("ContainerObstacle"))
        {
            if (Descriptors.Obstacles.FirstOrDefault(descriptor => descriptor.Id == item.Identity) is { } descriptor)
                reader.Diagnostics.Add(descriptor, item["Reason"] ?? "the toolchain objects", item["Remedy"] ?? "see its documentation");
            else
                reader.Diagnostics.Add(Descriptors.InvalidChoice, "ContainerObstacle", item.Identity, string.Join(", ", Descriptors.Obstacles.Select(known => known.Id)));
        }
    }
}

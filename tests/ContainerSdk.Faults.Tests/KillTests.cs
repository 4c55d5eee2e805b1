using Xunit;

namespace ContainerSdk.Faults.Tests;

/// <summary>A publish that is killed, wherever it is, leaves nothing half-written that anybody would use, and the next one succeeds.</summary>
public sealed class KillTests
{
    [Theory(SkipUnless = nameof(CanKill), Skip = "Only Unix has signals.")]
    [InlineData("registry", 2, 20)]
    [InlineData("archive", 2, 20)]
    [InlineData("load", 1, 10)]
    public async Task TheNextPublishMakesTheSameImage(string way, int few, int all)
    {
        var points = Extent.Of(few, all);
        await using var publish = await KilledPublish.CreateAsync(way);

        // On a busy machine a publish may be over before it is noticed how far it is.
        var point = 1;
        for (var tries = 0; point <= points && tries < points * 3; tries++) point += await publish.TryKillAsync(point, points + 1) ? 1 : 0;

        Assert.Equal(points + 1, point);
    }

    public static bool CanKill => !OperatingSystem.IsWindows();
}

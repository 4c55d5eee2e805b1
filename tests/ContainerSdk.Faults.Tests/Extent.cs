namespace ContainerSdk.Faults.Tests;

/// <summary>How much is tried: a few rows by default, all of them where CONTAINERSDK_TEST_FULL is 1.</summary>
internal static class Extent
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("CONTAINERSDK_TEST_FULL") == "1";

    /// <summary>One of two numbers.</summary>
    public static int Of(int few, int all) => IsFull ? all : few;
}

using ContainerSdk.Core.Tests.Planning;
using Xunit;

namespace ContainerSdk.Core.Tests.Golden;

/// <summary>
/// Every folder of <c>tests/golden/cases</c>. With <c>UPDATE_GOLDEN=1</c> in the environment the stored files are rewritten instead; the change
/// is then reviewed like code.
/// </summary>
public sealed class GoldenTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1";

    public static TheoryData<string> Cases => [.. GoldenCase.Names];

    [Theory, MemberData(nameof(Cases))]
    public void InputsMakeExactlyTheStoredFiles(string name)
    {
        var golden = new GoldenCase(name);
        var made = golden.Made();
        if (Update) golden.Store(made);
        var stored = golden.Stored;
        var difference = string.Concat(stored.Keys.Union(made.Keys).Order(StringComparer.Ordinal)
            .Select(file => TextDiff.Between($"{name}/{file}", stored.GetValueOrDefault(file, ""), made.GetValueOrDefault(file, ""))));
        Assert.True(difference.Length == 0, difference + "UPDATE_GOLDEN=1 accepts this.");
    }

    [Theory, MemberData(nameof(Cases))]
    public void StoredPlansFollowTheSchema(string name)
    {
        if (new GoldenCase(name).Stored.TryGetValue("plan.json", out var plan)) Assert.Equal([], PlanSchemaTests.Violations(plan));
    }

    [Fact]
    public void ADifferenceShowsTheLinesAroundIt() => Assert.Equal(
        """
        --- Dockerfile as stored
        +++ Dockerfile as made
          3
          4
          5
        - 6
        + six
          7
          8
          9

        """,
        TextDiff.Between("Dockerfile", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10", "1\n2\n3\n4\n5\nsix\n7\n8\n9\n10"));

    [Fact]
    public void EqualTextsHaveNoDifference() => Assert.Equal("", TextDiff.Between("Dockerfile", "a\nb\n", "a\nb\n"));
}

using System.Collections.Immutable;
using ContainerSdk.Inputs;
using ContainerSdk.Plan;
using ContainerSdk.Planning;

namespace ContainerSdk.Core.Tests;

/// <summary>Inputs that make a plan, and ways to change one thing about them.</summary>
internal static class SampleInputs
{
    public static ContainerInputs Valid { get; } = new()
    {
        Properties = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, new Dictionary<string, string>
        {
            ["ContainerBaseImage"] = "example.com/base:1.0",
            ["ContainerBuilderImage"] = "example.com/sdk:1.0",
            ["ContainerRepository"] = "app",
            ["ContainerToolchain"] = "custom",
            ["MSBuildProjectDirectory"] = "/repo/app",
            ["MSBuildProjectName"] = "App",
        }),
        Items =
        [
            Item("ContainerBuildCommand", "make"),
            Item("ContainerSource", "/repo/app/"),
            Item("ContainerAppCommand", "/app/run"),
        ],
    };

    public static InputItem Item(string kind, string identity, params ReadOnlySpan<(string Name, string Value)> metadata)
    {
        var pairs = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in metadata) pairs.Add(name, value);
        return new InputItem(kind, identity, pairs.ToImmutable());
    }

    public static ContainerInputs With(this ContainerInputs inputs, string property, string value) =>
        inputs with { Properties = inputs.Properties.SetItem(property, value) };

    public static ContainerInputs Without(this ContainerInputs inputs, string name) =>
        new() { Properties = inputs.Properties.Remove(name), Items = inputs.Items.RemoveAll(item => item.Kind == name) };

    public static ContainerInputs WithItem(this ContainerInputs inputs, string kind, string identity, params ReadOnlySpan<(string Name, string Value)> metadata) =>
        inputs with { Items = inputs.Items.Add(Item(kind, identity, metadata)) };

    public static ContainerInputs WithWords(this ContainerInputs inputs, string kind, string words) =>
        inputs with { Items = inputs.Items.AddRange(words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Item(kind, word))) };

    public static ContainerInputs WithVariable(this ContainerInputs inputs, string name, string value) =>
        inputs.WithItem("ContainerEnvironmentVariable", name, ("Value", value));

    public static PlanResult Plan(this ContainerInputs inputs) => BuildPlanner.Plan(inputs);

    /// <summary>The plan of inputs without a mistake.</summary>
    public static BuildPlan Planned(this ContainerInputs inputs)
    {
        var result = BuildPlanner.Plan(inputs);
        return result.Plan ?? throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    /// <summary>All that is said about inputs, one sentence a line.</summary>
    public static string Said(this ContainerInputs inputs) => string.Join('\n', BuildPlanner.Plan(inputs).Diagnostics);
}

using ContainerSdk.Plan;
using ContainerSdk.Testing;
using Newtonsoft.Json.Linq;
using Newtonsoft.Json.Schema;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

/// <summary>docs/plan.schema.json describes exactly what is written; the golden cases are checked against it as well.</summary>
public sealed class PlanSchemaTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "plan.schema.json"));
    private static readonly JSchema Schema = JSchema.Parse(Text);

    [Fact]
    public void DescribesThePlanThatHasEverything() => Assert.Equal([], Violations(PlanJson.Write(PlanJsonTests.Everything())));

    [Fact]
    public void DescribesEveryKindOfStep() => Assert.Equal([], Violations(PlanJson.Write(PlanJsonTests.EveryStep())));

    [Fact]
    public void DescribesAPlanThatDropsTheBaseImagesEntrypoint()
    {
        var plan = SampleInputs.Valid.With("ContainerAppCommandInstruction", "DefaultArgs").With("ContainerKeepBaseEntrypoint", "false").Planned();
        Assert.Equal([], Violations(PlanJson.Write(plan)));
        Assert.True(PlanJson.Read(PlanJson.Write(plan)).Runtime.DropsBaseEntrypoint);
    }

    [Fact]
    public void DescribesAPlanOfHostileValues()
    {
        var inputs = SampleInputs.Valid;
        foreach (var value in HostileValues.Sample(100))
            inputs = inputs.WithItem("ContainerDefaultArgs", "word", ("Value", value)).WithItem("ContainerHealthCommand", "word", ("Value", value)).WithItem("ContainerRun", "text", ("Value", value));
        foreach (var name in HostileValues.FileNames.Where(name => !name.Contains('*', StringComparison.Ordinal) && !name.Contains('?', StringComparison.Ordinal)))
            inputs = inputs.WithItem("ContainerRestoreFile", "/repo/app/" + name).WithItem("ContainerFile", "/repo/app/" + name, ("TargetPath", "/x/"));
        Assert.Equal([], Violations(PlanJson.Write(inputs.Planned())));
    }

    [Fact]
    public void DescribesAPlanThatIsPushed() => Assert.Equal([], Violations(PlanJson.Write(SampleInputs.Valid.With("ContainerRegistry", "localhost:5000").Planned())));

    [Fact]
    public void ClosesEveryObjectAndDescribesEveryField()
    {
        var objects = JObject.Parse(Text).DescendantsAndSelf().OfType<JObject>().ToArray();
        Assert.Equal([], objects.Where(node => (string?)node["type"] == "object" && node["additionalProperties"]?.ToString() != "False").Select(node => node.Path));
        var fields = objects.Where(node => node.Parent is JProperty { Name: "properties" }).SelectMany(node => node.Properties());
        Assert.Equal([], fields.Where(field => Description(field.Value) is null).Select(field => field.Path));
    }

    [Theory]
    [InlineData("name", "\"\"")]
    [InlineData("schemaVersion", "2")]
    [InlineData("platforms", "[]")]
    [InlineData("platforms[0]", "\"linux\"")]
    [InlineData("destinations", "[]")]
    [InlineData("destinations[0]", "\"app\"")]
    [InlineData("destinations[0]", "\"docker.io/App:latest\"")]
    [InlineData("destinations[0]", "\"docker.io/$app:latest\"")]
    [InlineData("context.root", "\"/repo\"")]
    [InlineData("context.include[0]", "\"/repo/app/\"")]
    [InlineData("context.exclude[0].folder", "\"app\"")]
    [InlineData("builders[0].image", "\"sdk\"")]
    [InlineData("builders[0].root", "\"src\"")]
    [InlineData("builders[0].workingDirectory", "\"/src/\"")]
    [InlineData("builders[0].buildCommand", "[]")]
    [InlineData("builders[0].buildCommand[0]", "\"a\\nb\"")]
    [InlineData("builders[0].packages.manager", "\"brew\"")]
    [InlineData("builders[0].packages.packages[0].name", "\"a b\"")]
    [InlineData("builders[0].packages.packages[1].version", "\"1 2\"")]
    [InlineData("builders[0].caches[0].id", "\"a,b\"")]
    [InlineData("builders[0].caches[0].target", "\"cache\"")]
    [InlineData("builders[0].secrets[0].id", "\"a,b\"")]
    [InlineData("builders[0].secrets[0].target", "\"run\"")]
    [InlineData("builders[0].secrets[0].as", "\"A B\"")]
    [InlineData("builders[0].secrets[0].source.kind", "\"value\"")]
    [InlineData("builders[0].secrets[0].source.name", "\"\"")]
    [InlineData("builders[0].files[0].target", "\"/a$b\"")]
    [InlineData("builders[0].environment[0].name", "\"A B\"")]
    [InlineData("runtime.ports[0]", "\"53/dup\"")]
    [InlineData("runtime.ports[0]", "\"0/tcp\"")]
    [InlineData("runtime.user", "\"$USER\"")]
    [InlineData("runtime.labels[0].name", "\"a b\"")]
    [InlineData("runtime.labels[0].value", "\"\\u0085\"")]
    [InlineData("runtime.layers[0].to", "\"/app/\"")]
    [InlineData("runtime.entrypoint", "\"/app/run\"")]
    [InlineData("delivery.kind", "\"attic\"")]
    [InlineData("delivery.kind", "\"registry\"")]
    [InlineData("delivery.path", "\"\"")]
    [InlineData("format", "\"ico\"")]
    [InlineData("runtime.preparation[0].step", "\"move\"")]
    [InlineData("runtime.preparation[0].from.in", "\"host\"")]
    [InlineData("runtime.preparation[0].from.path", "\"/repo/app/limits.conf\"")]
    [InlineData("runtime.preparation[0].target", "\"etc\"")]
    [InlineData("runtime.preparation[0].target", "\"/etc/$X\"")]
    [InlineData("runtime.preparation[0].owner", "\"A B\"")]
    [InlineData("runtime.preparation[0].mode", "\"u+x\"")]
    [InlineData("runtime.preparation[1].path", "\"/data/\"")]
    [InlineData("runtime.volumes[0]", "\"data\"")]
    [InlineData("runtime.healthCheck.interval", "\"90s\"")]
    [InlineData("runtime.healthCheck.retries", "0")]
    [InlineData("runtime.healthCheck.command[0]", "\"a\\nb\"")]
    [InlineData("runtime.stopSignal", "\"SIGTERM USER root\"")]
    [InlineData("builders[0].runs[0].when", "\"later\"")]
    [InlineData("builders[0].runs[0].text", "\"\"")]
    [InlineData("builders[0].runs[0].text", "\"a\\rb\"")]
    public void RefusesAnotherValue(string path, string value)
    {
        var plan = JObject.Parse(PlanJson.Write(PlanJsonTests.Everything()));
        plan.SelectToken(path, errorWhenNoMatch: true)!.Replace(JToken.Parse(value));
        Assert.False(plan.IsValid(Schema));
    }

    [Theory]
    [InlineData("")]
    [InlineData("context")]
    [InlineData("context.exclude[0]")]
    [InlineData("builders[0]")]
    [InlineData("builders[0].packages")]
    [InlineData("builders[0].packages.packages[0]")]
    [InlineData("builders[0].files[0]")]
    [InlineData("builders[0].caches[0]")]
    [InlineData("builders[0].secrets[0]")]
    [InlineData("builders[0].secrets[0].source")]
    [InlineData("builders[0].certificates")]
    [InlineData("builders[0].environment[0]")]
    [InlineData("runtime")]
    [InlineData("runtime.layers[0]")]
    [InlineData("runtime.labels[0]")]
    [InlineData("delivery")]
    [InlineData("runtime.preparation[0]")]
    [InlineData("runtime.preparation[0].from")]
    [InlineData("runtime.healthCheck")]
    [InlineData("builders[0].runs[0]")]
    public void RefusesAFieldThatItDoesNotKnow(string path)
    {
        var plan = JObject.Parse(PlanJson.Write(PlanJsonTests.Everything()));
        ((JObject)plan.SelectToken(path, errorWhenNoMatch: true)!).Add("unknown", "x");
        Assert.False(plan.IsValid(Schema));
    }

    internal static IList<string> Violations(string plan) => JObject.Parse(plan).IsValid(Schema, out IList<string> messages) ? [] : messages;

    private static JToken? Description(JToken field) =>
        field["description"] ?? (field["$ref"] is { } reference ? JObject.Parse(Text)["$defs"]![((string)reference!)["#/$defs/".Length..]]!["description"] : null);
}

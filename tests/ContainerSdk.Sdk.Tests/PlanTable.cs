using System.Text.Json.Nodes;
using ContainerSdk.Testing;

namespace ContainerSdk.Sdk.Tests;

/// <summary>One project of a table, said in as few words as it differs from the others.</summary>
internal sealed record PlanRow(string Framework, string Properties = "", string Items = "")
{
    /// <summary>The base SDK.</summary>
    public string Sdk { get; init; } = "Microsoft.NET.Sdk";

    /// <summary>Properties that the host's .NET SDK is taken to have, whatever it is: its version, its own runtime identifier.</summary>
    public string Host { get; init; } = "";

    /// <summary>Whether MSBuild is told, as <c>dotnet publish</c> tells it, that this is a publish.</summary>
    public bool IsPublishing { get; init; } = true;

    public string Project => $"""
        <Project Sdk="{Sdk};ContainerSdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>{Framework}</TargetFramework>
            <CheckEolTargetFramework>false</CheckEolTargetFramework>
            {Properties}
          </PropertyGroup>
          <ItemGroup>
            {Items}
          </ItemGroup>
          <Target Name="AsIfOnThatHost" BeforeTargets="_ContainerGuard">
            <PropertyGroup>
              {Host}
            </PropertyGroup>
          </Target>
        </Project>
        """;
}

/// <summary>What became of a row: its plan, or null, and what was said about it.</summary>
internal sealed record PlannedRow(JsonNode? Plan, string Dockerfile, string[] Said)
{
    private const string Registry = "mcr.microsoft.com/dotnet/";

    /// <summary>The runtime stage's base without Microsoft's registry.</summary>
    public string Base => Short(Existing["runtime"]!);

    /// <summary>The builder stage's base without Microsoft's registry.</summary>
    public string Builder => Short(Existing["builders"]![0]!);

    /// <summary>The lines of the Dockerfile's last stage.</summary>
    public string[] RuntimeLines => Dockerfile.Split("\n\n")[^1].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public JsonNode Runtime => Existing["runtime"]!;

    /// <summary>The labels by name.</summary>
    public Dictionary<string, string> Labels => Runtime["labels"]!.AsArray().ToDictionary(label => (string)label!["name"]!, label => (string)label!["value"]!);

    public string Words(string stage, string name) => string.Join(' ', Existing[stage]![name]!.AsArray().Select(word => (string)word!));

    public JsonNode Existing => Plan ?? throw new InvalidOperationException(string.Join('\n', Said));

    private static string Short(JsonNode stage) =>
        (string?)stage["image"] is not { } image ? "scratch" : image.StartsWith(Registry, StringComparison.Ordinal) ? image[Registry.Length..] : image;
}

/// <summary>
/// Many projects, planned by one MSBuild: starting it and loading the .NET SDK's targets costs more than everything else. Rows are told apart by
/// their folders.
/// </summary>
internal sealed class PlanTable(IReadOnlyList<PlanRow> rows)
{
    private readonly Lazy<IReadOnlyList<PlannedRow>> _planned = new(() => Plan(rows));

    public PlannedRow this[int row] => _planned.Value[row];

    private static PlannedRow[] Plan(IReadOnlyList<PlanRow> rows)
    {
        using var workspace = new Workspace();
        for (var i = 0; i < rows.Count; i++) workspace.Write($"{Folder(i)}/app.csproj", rows[i].Project);
        workspace.Write("Directory.Build.props", "<Project />");
        workspace.Write("Directory.Build.targets", "<Project />");
        workspace.Write("table.proj", $"""
            <Project>
              <ItemGroup>
            {string.Concat(rows.Select((row, i) => $"""    <Row Include="{Folder(i)}/app.csproj" AdditionalProperties="{(row.IsPublishing ? "_IsPublishing=true" : "NotPublishing=true")}" />""" + "\n"))}
              </ItemGroup>
              <Target Name="Plan">
                <MSBuild Projects="@(Row)" Targets="ContainerDockerfile" Properties="Configuration=Release" ContinueOnError="true" />
              </Target>
            </Project>
            """);
        var output = workspace.DotNet(".", "msbuild", "table.proj", "-nologo", "-clp:NoSummary;Verbosity=minimal").Output.Split('\n');
        workspace.Passed = true;
        return [.. rows.Select((_, i) => new PlannedRow(Made(workspace, i, "plan.json") is { Length: > 0 } plan ? JsonNode.Parse(plan) : null, Made(workspace, i, "Dockerfile"), Said(workspace, output, i)))];
    }

    private static string Folder(int row) => $"row{row:d3}";

    private static string Made(Workspace workspace, int row, string name)
    {
        var obj = Path.Combine(workspace.Root, Folder(row), "obj");
        var file = Directory.Exists(obj) ? Directory.EnumerateFiles(obj, name, SearchOption.AllDirectories).SingleOrDefault() : null;
        return file is null ? "" : File.ReadAllText(file);
    }

    // "/…/row000/app.csproj : error CSDK1038: …"
    private static string[] Said(Workspace workspace, string[] output, int row)
    {
        var project = $"{workspace.Root}/{Folder(row)}/app.csproj";
        return [.. output.Select(line => line.Trim()).Where(line => line.Contains(project, StringComparison.Ordinal) && (line.Contains("error ", StringComparison.Ordinal) || line.Contains("warning ", StringComparison.Ordinal)))
            .Select(line => line.StartsWith(project + " : ", StringComparison.Ordinal) ? line[(project.Length + 3)..] : line).Distinct()];
    }
}

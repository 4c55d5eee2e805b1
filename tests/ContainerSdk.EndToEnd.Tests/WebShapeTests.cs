using System.Text.RegularExpressions;
using Xunit;
using static ContainerSdk.EndToEnd.Tests.PublishShapes;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>Web applications × ways to publish: each is built, run as in production, and asked over HTTP what it is.</summary>
public sealed partial class WebShapeTests
{
    [DockerTheory]
    [InlineData("fdd", "", Sdk, Mcr + "aspnet:10.0", "dotnet /app/api.dll", "app", "shared il 1.234,5")]
    [InlineData("fdd-apphost", "AppHostCommand=true", Sdk, Mcr + "aspnet:10.0", "/app/api", "app", "shared il 1.234,5")]
    [InlineData("fdd-r2r", ReadyToRun, Sdk, Mcr + "aspnet:10.0", "dotnet /app/api.dll", "app", "shared r2r 1.234,5")]
    [InlineData("fdd-chiseled-invariant", Chiseled + Invariant, Sdk, Mcr + "aspnet:10.0-noble-chiseled", "dotnet /app/api.dll", "app", "shared il invariant")]
    [InlineData("sc", SelfContained, Sdk, Mcr + "runtime-deps:10.0", "/app/api", "framework app", "own il 1.234,5")]
    [InlineData("sc-single", SelfContained + SingleFile, Sdk, Mcr + "runtime-deps:10.0", "/app/api", "app", "inside inside 1.234,5")]
    [InlineData("sc-r2r-chiseled", SelfContained + ReadyToRun + Chiseled, Sdk, Mcr + "runtime-deps:10.0-noble-chiseled-extra", "/app/api", "framework app", "own r2r 1.234,5")]
    [InlineData("sc-host", SelfContained + OnHost, Host, Mcr + "runtime-deps:10.0", "/app/api", "framework app", "own il 1.234,5")]
    [InlineData("trimmed", Trimmed, Sdk9, Mcr + "runtime-deps:9.0-noble-chiseled-extra", "/app/api", "framework app", "own-trimmed il 1.234,5")]
    [InlineData("aot", Aot, NativeSdk9, Mcr + "runtime-deps:9.0-noble-chiseled-extra", "/app/api", "app", "inside-trimmed native 1.234,5")]
    public async Task MinimalApi(string shape, string properties, string builder, string runtime, string entrypoint, string layers, string answer)
    {
        using var cell = new ShapeCell("api", shape, ShapeProjects.Api, properties);
        cell.AssertGenerated(builder, runtime, entrypoint, layers);
        using var container = cell.Run();
        Assert.Equal(answer, await container.GetAsync("/"));
        Assert.Equal("1654:1654", container.ProcessIds());
        cell.Pass();
    }

    [DockerTheory]
    [InlineData("fdd", "", Sdk, Mcr + "aspnet:10.0", "dotnet /app/pages.dll", "packages projects app", "shared il 1.234,5")]
    [InlineData("fdd-chiseled", Chiseled, Sdk, Mcr + "aspnet:10.0-noble-chiseled-extra", "dotnet /app/pages.dll", "packages projects app", "shared il 1.234,5")]
    [InlineData("sc-single", SelfContained + SingleFile, Sdk, Mcr + "runtime-deps:10.0", "/app/pages", "app", "inside inside 1.234,5")]
    public async Task RazorPages(string shape, string properties, string builder, string runtime, string entrypoint, string layers, string answer)
    {
        using var cell = new ShapeCell("pages", shape, ShapeProjects.Pages, properties);
        cell.AssertGenerated(builder, runtime, entrypoint, layers);
        using var container = cell.Run();
        Assert.Equal($"<p>{answer}</p>\n", await container.GetAsync("/"));
        Assert.Equal("p { color: blue }", await container.GetAsync("/site.css"));
        Assert.Equal("p { color: green }", await container.GetAsync("/_content/ui/ui.css"));
        Assert.Equal("1654:1654", container.ProcessIds());
        cell.Pass();
    }

    [DockerTheory]
    [InlineData("fdd", "", Sdk, Mcr + "aspnet:10.0", "dotnet /app/blazor.dll", "app", "shared il 1.234,5")]
    [InlineData("sc", SelfContained, Sdk, Mcr + "runtime-deps:10.0", "/app/blazor", "framework app", "own il 1.234,5")]
    public async Task BlazorServer(string shape, string properties, string builder, string runtime, string entrypoint, string layers, string answer)
    {
        using var cell = new ShapeCell("blazor", shape, ShapeProjects.Blazor, properties);
        cell.AssertGenerated(builder, runtime, entrypoint, layers);
        using var container = cell.Run();
        var page = Page().Match(await container.GetAsync("/"));
        Assert.Equal(answer, page.Groups[2].Value);
        Assert.Equal("p { color: red }", await container.GetAsync("/" + page.Groups[1].Value));
        Assert.Equal("1654:1654", container.ProcessIds());
        cell.Pass();
    }

    [DockerTheory]
    [InlineData("fdd", "", Sdk, Mcr + "aspnet:10.0", "dotnet /app/shop.dll", "packages projects app", "shared il 1.234,5")]
    [InlineData("fdd-r2r-host", ReadyToRun + OnHost, Host, Mcr + "aspnet:10.0", "dotnet /app/shop.dll", "packages projects app", "shared r2r 1.234,5")]
    [InlineData("sc-r2r", SelfContained + ReadyToRun, Sdk, Mcr + "runtime-deps:10.0", "/app/shop", "framework packages projects app", "own r2r 1.234,5")]
    [InlineData("trimmed-warns", Trimmed, Sdk9, Mcr + "runtime-deps:9.0-noble-chiseled-extra", "/app/shop", "framework packages projects app", "own-trimmed il 1.234,5")]
    public async Task ApiWithLibraryPackageAndGermanTexts(string shape, string properties, string builder, string runtime, string entrypoint, string layers, string answer)
    {
        using var cell = new ShapeCell("shop", shape, ShapeProjects.Shop, properties);
        cell.AssertGenerated(builder, runtime, entrypoint, layers);
        using var container = cell.Run();
        Assert.Equal($"{answer}, Hallo aus lib, Hallo aus shop", await container.GetAsync("/"));
        Assert.Equal("1654:1654", container.ProcessIds());

        // A compiled or trimmed assembly, and a satellite, stay where the assembly itself would be.
        var files = cell.Files(layers);
        string[] program = entrypoint == "/app/shop" ? ["/app/shop"] : [];
        Assert.Equal(["/app/Newtonsoft.Json.dll"], files["packages"]);
        Assert.Equal(["/app/de/lib.resources.dll", "/app/lib.dll"], files["projects"]);
        Assert.Equal(["/app/de/shop.resources.dll", .. program, "/app/shop.deps.json", "/app/shop.dll", "/app/shop.runtimeconfig.json", "/app/shop.staticwebassets.endpoints.json"], files["app"]);
        cell.Pass();
    }

    [DockerTheory]
    [InlineData("sc-single", SelfContained + SingleFile, Sdk, Mcr + "runtime-deps:10.0", "/app/shop", "app", "inside inside 1.234,5")]
    public async Task ApiWithLibraryPackageAndGermanTextsInOneFile(string shape, string properties, string builder, string runtime, string entrypoint, string layers, string answer)
    {
        using var cell = new ShapeCell("shop", shape, ShapeProjects.Shop, properties);
        cell.AssertGenerated(builder, runtime, entrypoint, layers);
        using var container = cell.Run();
        Assert.Equal($"{answer}, Hallo aus lib, Hallo aus shop", await container.GetAsync("/"));
        Assert.Equal(["/app/shop", "/app/shop.staticwebassets.endpoints.json"], container.Files("/app"));
        cell.Pass();
    }

    [DockerTheory]
    [InlineData("fdd", "", Sdk, Mcr + "aspnet:10.0", "dotnet /app/fsharp.dll", "packages app", "shared 1.234,5")]
    [InlineData("sc-r2r", SelfContained + ReadyToRun, Sdk, Mcr + "runtime-deps:10.0", "/app/fsharp", "framework packages app", "own 1.234,5")]
    public async Task FSharpApi(string shape, string properties, string builder, string runtime, string entrypoint, string layers, string answer)
    {
        using var cell = new ShapeCell("fsharp", shape, ShapeProjects.FSharpApi, properties);
        cell.AssertGenerated(builder, runtime, entrypoint, layers);
        using var container = cell.Run();
        Assert.Equal(answer, await container.GetAsync("/"));
        Assert.Equal("1654:1654", container.ProcessIds());
        cell.Pass();
    }

    [GeneratedRegex("""^<p class="(app\.[a-z0-9]+\.css)">(.*)</p>$""")]
    private static partial Regex Page();
}

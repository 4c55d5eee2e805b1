using ContainerSdk.Testing;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>
/// The kinds of project that a .NET team has, each as small as it can be. Every application says where its runtime lies (<c>shared</c>, <c>own</c>, or <c>inside</c> its one file) and whether it
/// was trimmed, what its code is (<c>il</c>, <c>r2r</c>, <c>inside</c>, <c>native</c>), and how it writes a German number, or that it is <c>invariant</c>.
/// </summary>
internal static class ShapeProjects
{
    private const string Shape = """
        using System.Diagnostics.CodeAnalysis;
        using System.Globalization;
        using System.Reflection.PortableExecutable;
        using System.Runtime.CompilerServices;

        [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "An empty location is an answer.")]
        [UnconditionalSuppressMessage("Trimming", "IL2057", Justification = "And so is a missing type.")]
        internal static class Shape
        {
            public static string Text => $"{Runtime}{(IsTrimmed("Mail") ? "-trimmed" : "")} {Code} {Number}";

            public static string User => string.Join(':', File.ReadLines("/proc/self/status").Where(line => line.StartsWith("Uid:") || line.StartsWith("Gid:")).Select(line => line.Split('\t')[1]));

            private static string Runtime => typeof(object).Assembly.Location switch { "" => "inside", var path when path.StartsWith(AppContext.BaseDirectory) => "own", _ => "shared" };

            private static bool IsTrimmed(string name) => Type.GetType($"System.Net.{name}.SmtpClient, System.Net.{name}") is null;

            private static string Code
            {
                get
                {
                    if (!RuntimeFeature.IsDynamicCodeSupported) return "native";
                    if (typeof(Shape).Assembly.Location is not { Length: > 0 } path) return "inside";
                    using var image = new PEReader(File.OpenRead(path));
                    return image.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0 ? "r2r" : "il";
                }
            }

            private static string Number
            {
                get
                {
                    try { return 1234.5.ToString("N1", CultureInfo.GetCultureInfo("de-DE")); }
                    catch (CultureNotFoundException) { return "invariant"; }
                }
            }
        }
        """;

    private const string GermanText = """
        <root>
          <resheader name="resmimetype"><value>text/microsoft-resx</value></resheader>
          <resheader name="version"><value>2.0</value></resheader>
          <resheader name="reader"><value>System.Resources.ResXResourceReader, System.Windows.Forms</value></resheader>
          <resheader name="writer"><value>System.Resources.ResXResourceWriter, System.Windows.Forms</value></resheader>
          <data name="Greeting"><value>Hallo aus NAME</value></data>
        </root>
        """;

    public static void Console(Workspace workspace, string properties)
    {
        Project(workspace, "console/console.csproj", "Microsoft.NET.Sdk", $"<OutputType>Exe</OutputType>{properties}", """
            <ContainerAppCommand Include="/app/console" Condition="'$(AppHostCommand)' == 'true'" />
            <ContainerEntrypoint Include="/app/console" Condition="'$(ContainerAppCommandInstruction)' == 'None'" />
            """);
        workspace.Write("console/Shape.cs", Shape);
        workspace.Write("console/Program.cs", "Console.WriteLine(Shape.Text);\nConsole.WriteLine(Shape.User);\n");
    }

    /// <summary>A package that brings a native library.</summary>
    public static void Native(Workspace workspace, string properties)
    {
        Project(workspace, "native/native.csproj", "Microsoft.NET.Sdk", $"<OutputType>Exe</OutputType><NuGetAudit>false</NuGetAudit>{properties}", """<PackageReference Include="SQLitePCLRaw.bundle_e_sqlite3" Version="2.0.6" />""");
        workspace.Write("native/Shape.cs", Shape);
        workspace.Write("native/Program.cs", "SQLitePCL.Batteries_V2.Init();\nConsole.WriteLine($\"{Shape.Text} SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}\");\nConsole.WriteLine(Shape.User);\n");
    }

    public static void Worker(Workspace workspace, string properties)
    {
        Project(workspace, "worker/worker.csproj", "Microsoft.NET.Sdk.Worker", properties, """<PackageReference Include="Microsoft.Extensions.Hosting" Version="10.0.14" />""");
        workspace.Write("worker/Shape.cs", Shape);
        workspace.Write("worker/appsettings.json", """{ "Logging": { "Console": { "FormatterName": "simple", "FormatterOptions": { "SingleLine": true } } } }""");
        workspace.Write("worker/Program.cs", """
            var builder = Host.CreateApplicationBuilder(args);
            builder.Services.AddHostedService<Worker>();
            builder.Build().Run();

            internal sealed class Worker(ILogger<Worker> logger) : BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken stopping)
                {
                    logger.LogInformation("{Shape}", Shape.Text);
                    await Task.Delay(Timeout.Infinite, stopping);
                }
            }
            """);
    }

    public static void Api(Workspace workspace, string properties)
    {
        Project(workspace, "api/api.csproj", "Microsoft.NET.Sdk.Web", properties, """<ContainerAppCommand Include="/app/api" Condition="'$(AppHostCommand)' == 'true'" />""");
        workspace.Write("api/Shape.cs", Shape);
        workspace.Write("api/Program.cs", """
            var app = WebApplication.CreateSlimBuilder(args).Build();
            app.MapGet("/", () => Shape.Text);
            app.Run();
            """);
    }

    /// <summary>Razor Pages with static files of their own and of a Razor class library.</summary>
    public static void Pages(Workspace workspace, string properties)
    {
        Project(workspace, "ui/ui.csproj", "Microsoft.NET.Sdk.Razor", "", """<FrameworkReference Include="Microsoft.AspNetCore.App" />""", container: "");
        workspace.Write("ui/Shape.cs", Shape.Replace("internal static class", "public static class", StringComparison.Ordinal));
        workspace.Write("ui/wwwroot/ui.css", "p { color: green }");
        Project(workspace, "pages/pages.csproj", "Microsoft.NET.Sdk.Web", properties, """<ProjectReference Include="../ui/ui.csproj" />""");
        workspace.Write("pages/Pages/Index.cshtml", "@page\n<p>@Shape.Text</p>\n");
        workspace.Write("pages/wwwroot/site.css", "p { color: blue }");
        workspace.Write("pages/Program.cs", """
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddRazorPages();
            var app = builder.Build();
            app.MapStaticAssets();
            app.MapRazorPages();
            app.Run();
            """);
    }

    /// <summary>Razor components rendered by the server. <c>_framework/blazor.web.js</c> is a package of its own, which this does without.</summary>
    public static void Blazor(Workspace workspace, string properties)
    {
        Project(workspace, "blazor/blazor.csproj", "Microsoft.NET.Sdk.Web", $"<RequiresAspNetWebAssets>false</RequiresAspNetWebAssets>{properties}", "");
        workspace.Write("blazor/Shape.cs", Shape);
        workspace.Write("blazor/wwwroot/app.css", "p { color: red }");
        workspace.Write("blazor/App.razor", """
            @using Microsoft.AspNetCore.Components.Routing
            <Router AppAssembly="typeof(App).Assembly"><Found Context="route"><RouteView RouteData="route" /></Found></Router>
            """);
        workspace.Write("blazor/Home.razor", "@page \"/\"\n<p class=\"@Assets[\"app.css\"]\">@Shape.Text</p>\n");
        workspace.Write("blazor/Program.cs", """
            var builder = WebApplication.CreateBuilder(args);
            builder.Services.AddRazorComponents();
            var app = builder.Build();
            app.UseAntiforgery();
            app.MapStaticAssets();
            app.MapRazorComponents<blazor.App>();
            app.Run();
            """);
    }

    /// <summary>A web API with a project reference, a package, and German texts of the application and of the library.</summary>
    public static void Shop(Workspace workspace, string properties)
    {
        var framework = properties.Contains("net9.0", StringComparison.Ordinal) ? "<TargetFramework>net9.0</TargetFramework>" : "";
        Project(workspace, "lib/lib.csproj", "Microsoft.NET.Sdk", framework, """<PackageReference Include="Newtonsoft.Json" Version="13.0.3" />""", container: "");
        workspace.Write("lib/Text.cs", """
            using System.Globalization;
            using System.Reflection;
            using System.Resources;
            using Newtonsoft.Json.Linq;

            namespace Lib;

            public static class Text
            {
                public static string German(Assembly assembly) => new JValue(new ResourceManager($"{assembly.GetName().Name}.Strings", assembly).GetString("Greeting", CultureInfo.GetCultureInfo("de"))).ToString();
            }
            """);
        Project(workspace, "shop/shop.csproj", "Microsoft.NET.Sdk.Web", properties, """<ProjectReference Include="../lib/lib.csproj" />""");
        workspace.Write("shop/Shape.cs", Shape);
        workspace.Write("shop/Program.cs", """
            var app = WebApplication.CreateSlimBuilder(args).Build();
            app.MapGet("/", () => $"{Shape.Text}, {Lib.Text.German(typeof(Lib.Text).Assembly)}, {Lib.Text.German(typeof(Shape).Assembly)}");
            app.Run();
            """);
        foreach (var name in (string[])["lib", "shop"])
        {
            workspace.Write($"{name}/Strings.resx", GermanText.Replace("Hallo aus NAME", $"Hello from {name}", StringComparison.Ordinal));
            workspace.Write($"{name}/Strings.de.resx", GermanText.Replace("NAME", name, StringComparison.Ordinal));
        }
    }

    public static void FSharpApi(Workspace workspace, string properties)
    {
        Project(workspace, "fsharp/fsharp.fsproj", "Microsoft.NET.Sdk.Web", properties, """<Compile Include="Program.fs" />""");
        workspace.Write("fsharp/Program.fs", """
            open System
            open System.Globalization
            open Microsoft.AspNetCore.Builder

            let runtime = if typeof<obj>.Assembly.Location.StartsWith AppContext.BaseDirectory then "own" else "shared"

            let number =
                try (1234.5).ToString("N1", CultureInfo.GetCultureInfo "de-DE")
                with :? CultureNotFoundException -> "invariant"

            let app = WebApplication.CreateBuilder().Build()
            app.MapGet("/", Func<string>(fun () -> sprintf "%s %s" runtime number)) |> ignore
            app.Run()
            """);
    }

    public static void VisualBasicConsole(Workspace workspace, string properties)
    {
        Project(workspace, "basic/basic.vbproj", "Microsoft.NET.Sdk", $"<OutputType>Exe</OutputType>{properties}", "");
        workspace.Write("basic/Program.vb", """
            Imports System.Globalization

            Module Program
                Sub Main()
                    Dim location = GetType(Object).Assembly.Location
                    Dim runtime = If(location = "", "inside", If(location.StartsWith(AppContext.BaseDirectory), "own", "shared"))
                    Console.WriteLine("{0} {1}", runtime, 1234.5.ToString("N1", CultureInfo.GetCultureInfo("de-DE")))
                    For Each line In IO.File.ReadLines("/proc/self/status")
                        If line.StartsWith("Uid:") Or line.StartsWith("Gid:") Then Console.WriteLine(line.Split(vbTab)(1))
                    Next
                End Sub
            End Module
            """);
    }

    private static void Project(Workspace workspace, string path, string sdk, string properties, string items, string container = ";ContainerSdk") => workspace.Write(path, $"""
        <Project Sdk="{sdk}{container}">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {items}
          </ItemGroup>
        </Project>

        """);
}

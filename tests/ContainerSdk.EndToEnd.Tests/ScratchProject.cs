using System.Text.Json;
using ContainerSdk.Testing;

namespace ContainerSdk.EndToEnd.Tests;

/// <summary>A web API on scratch, which the embedded engine puts together without a base image.</summary>
internal sealed class ScratchProject
{
    private readonly Workspace _workspace;

    public ScratchProject(Workspace workspace)
    {
        _workspace = workspace;
        workspace.Write("api/api.csproj", """
            <Project Sdk="Microsoft.NET.Sdk.Web;ContainerSdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <SelfContained>true</SelfContained>
                <InvariantGlobalization>true</InvariantGlobalization>
                <ContainerEngine>embedded</ContainerEngine>
                <ContainerBaseImage>scratch</ContainerBaseImage>
                <ContainerRuntimeClosure Condition="'$(ContainerBaseImage)' == 'scratch'">true</ContainerRuntimeClosure>
              </PropertyGroup>
              <ItemGroup>
                <ContainerPort Include="8080" />
                <ContainerLabel Include="com.example.text" Value="a &quot;b&quot; $c" />
                <ContainerFile Include="settings/" TargetPath="/etc/api" />
                <ContainerFile Include="tool.sh" TargetPath="/usr/local/bin/" Mode="0755" Owner="7:8" />
              </ItemGroup>
            </Project>
            """);
        workspace.Write("api/Program.cs", """
            var app = WebApplication.CreateSlimBuilder(args).Build();
            app.MapGet("/", () => "Hello from a container\n");
            app.Run();
            """);
        workspace.Write("api/settings/deep/a.json", "{}");
        workspace.Write("api/tool.sh", "#!/bin/sh\n");
    }

    /// <summary>The project file, as messages name it.</summary>
    public string File => Path.Combine(_workspace.Root, "api", "api.csproj");

    /// <summary>The manifest as the last publish made it.</summary>
    public string Manifest => _workspace.Read("api/obj/Release/net10.0/linux-x64/container/embedded/manifest-1.json");

    /// <summary>The configuration likewise.</summary>
    public string Configuration => _workspace.Read("api/obj/Release/net10.0/linux-x64/container/embedded/configuration-1.json");

    /// <summary>Publishes the image.</summary>
    public CommandResult Publish(IReadOnlyDictionary<string, string> environment, params ReadOnlySpan<string> arguments) =>
        _workspace.DotNet("api", environment, ["publish", "-t:PublishContainer", "--nologo", "-clp:NoSummary", .. arguments]);

    /// <summary>Publishes the image, and gives its digest.</summary>
    public string PublishedDigest(IReadOnlyDictionary<string, string> environment, params ReadOnlySpan<string> arguments) =>
        Publish(environment, [.. arguments, "-getProperty:GeneratedContainerDigest"]).Expect().Output.Trim();

    /// <summary>The digests of the layers, in their order.</summary>
    public string[] Layers()
    {
        using var manifest = JsonDocument.Parse(Manifest);
        return [.. manifest.RootElement.GetProperty("layers").EnumerateArray().Select(layer => layer.GetProperty("digest").GetString()!)];
    }
}

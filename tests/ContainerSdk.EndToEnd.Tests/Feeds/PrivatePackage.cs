using ContainerSdk.Testing;

namespace ContainerSdk.EndToEnd.Tests.Feeds;

/// <summary>A project that needs a package which only one feed has.</summary>
internal static class PrivatePackage
{
    /// <summary>Packs a library into <c>packed/</c> of the workspace and returns the package's path.</summary>
    public static string Pack(Workspace workspace)
    {
        workspace.Write("library/PrivateGreeter.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <PackageOutputPath>../packed</PackageOutputPath>
              </PropertyGroup>
            </Project>
            """);
        workspace.Write("library/Greeter.cs", "public static class Greeter { public static string Text => \"Hello from a private package\"; }\n");
        workspace.DotNet("library", "pack", "-v:q").Expect();
        return Path.Combine(workspace.Root, "packed", "PrivateGreeter.1.0.0.nupkg");
    }

    /// <summary>
    /// Writes a project in a folder of its own, and returns the folder. No package folder of this machine is used, because there the package might lie already, and
    /// no other run's restore step, which the engine's cache might have.
    /// </summary>
    public static string WriteProject(Workspace workspace, string name, string items)
    {
        workspace.Write($"{name}/{name}.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk;ContainerSdk">
              <!-- {Guid.NewGuid()} -->
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <RestorePackagesPath>$(MSBuildThisFileDirectory)../packages</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="PrivateGreeter" Version="1.0.0" />
                {items}
              </ItemGroup>
            </Project>
            """);
        workspace.Write($"{name}/Program.cs", "System.Console.WriteLine(Greeter.Text);\n");
        return Path.Combine(workspace.Root, name);
    }

    /// <summary>A <c>nuget.config</c> that names a feed, and who reads it if there is a password.</summary>
    public static string Configuration(string feed, string? password) => $"""
        <configuration>
          <packageSources>
            <add key="company" value="{feed}" allowInsecureConnections="true" />
          </packageSources>{(password is null ? "" : Credentials(password))}
        </configuration>

        """;

    private static string Credentials(string password) => $"""

          <packageSourceCredentials>
            <company>
              <add key="Username" value="reader" />
              <add key="ClearTextPassword" value="{password}" />
            </company>
          </packageSourceCredentials>
        """;
}

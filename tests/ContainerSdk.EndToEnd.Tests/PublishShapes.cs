namespace ContainerSdk.EndToEnd.Tests;

/// <summary>The words of the shape tables: stages (empty where the host compiles), and properties of a project.</summary>
internal static class PublishShapes
{
    public const string Mcr = "mcr.microsoft.com/dotnet/";
    public const string Sdk = "--platform=$BUILDPLATFORM " + Mcr + "sdk:10.0";
    public const string Sdk9 = "--platform=$BUILDPLATFORM " + Mcr + "sdk:9.0";
    public const string NativeSdk9 = Mcr + "sdk:9.0";
    public const string Host = "";

    public const string SelfContained = "SelfContained=true ";
    public const string SingleFile = "PublishSingleFile=true ";
    public const string SharedSingleFile = "PublishSingleFile=true SelfContained=false ";
    public const string ReadyToRun = "PublishReadyToRun=true ";
    public const string Trimmed = "TargetFramework=net9.0 PublishTrimmed=true ";
    public const string Aot = "TargetFramework=net9.0 PublishAot=true ";
    public const string Invariant = "InvariantGlobalization=true ";
    public const string Chiseled = "ContainerFamily=noble-chiseled ";
    public const string OnHost = "ContainerBuildMode=Host ";
}

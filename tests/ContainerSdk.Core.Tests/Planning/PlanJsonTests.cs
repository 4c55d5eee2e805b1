using System.Text.Json;
using ContainerSdk.Plan;
using ContainerSdk.Testing;
using Xunit;

namespace ContainerSdk.Core.Tests.Planning;

public sealed class PlanJsonTests
{
    [Fact]
    public void IsOneStableText() => Assert.Equal(
        """
        {
          "schemaVersion": 1,
          "name": "App",
          "platforms": [
            "linux/arm/v7"
          ],
          "context": {
            "root": ".",
            "include": [
              "./",
              "lock"
            ],
            "exclude": [
              {
                "folder": "./",
                "pattern": "**/obj"
              }
            ]
          },
          "builder": {
            "image": "example.com/sdk:1.0",
            "packages": {
              "manager": "apt",
              "packages": [
                {
                  "name": "clang"
                },
                {
                  "name": "zlib1g-dev",
                  "version": "1:1.2"
                }
              ]
            },
            "environment": [
              {
                "name": "CC",
                "value": "<a & b> 'é' \"名前\""
              }
            ],
            "root": "/src",
            "workingDirectory": "/src",
            "files": [
              {
                "source": "tool",
                "target": "/opt/tool"
              }
            ],
            "restoreInputs": [
              "lock"
            ],
            "restoreCommand": [
              "restore"
            ],
            "sources": [
              "./"
            ],
            "buildCommand": [
              "make"
            ],
            "caches": [
              {
                "id": "one",
                "target": "/cache"
              }
            ],
            "secrets": [
              {
                "id": "feed",
                "source": {
                  "kind": "environmentVariable",
                  "name": "FEED_PASSWORD"
                },
                "target": "/run/feed",
                "as": "PASSWORD",
                "optional": true
              },
              {
                "id": "config",
                "source": {
                  "kind": "contextFile",
                  "name": "nuget.config"
                },
                "target": "/src/nuget.config",
                "optional": false
              }
            ],
            "certificates": {
              "id": "containersdk-ca",
              "source": {
                "kind": "hostFile",
                "name": "~/company.pem"
              },
              "target": "/run/secrets/containersdk-ca.pem",
              "optional": false
            }
          },
          "runtime": {
            "layers": [
              {
                "from": "/out",
                "to": "/app"
              }
            ],
            "workingDirectory": "/app",
            "environment": [],
            "labels": [
              {
                "name": "a.b",
                "value": "c"
              }
            ],
            "ports": [
              "53/udp"
            ],
            "user": "1000:1000",
            "entrypoint": [
              "/app/run"
            ],
            "command": []
          },
          "destinations": [
            "docker.io/library/app:latest"
          ]
        }

        """,
        PlanJson.Write(Everything()));

    [Fact]
    public void ReadsAsThePlanThatWasWritten()
    {
        var text = PlanJson.Write(Everything());
        Assert.Equal(text, PlanJson.Write(PlanJson.Read(text)));
    }

    [Fact]
    public void KeepsEveryHostileValue()
    {
        var values = HostileValues.Sample(300);
        var inputs = SampleInputs.Valid;
        foreach (var value in values) inputs = inputs.WithItem("ContainerDefaultArgs", "word", ("Value", value));
        Assert.Equal(values, PlanJson.Read(PlanJson.Write(inputs.Planned())).Runtime.Command);
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2", "The plan has schema version 2, not 1.")]
    [InlineData("\"destinations\": [", "\"destination\": [", null)]
    [InlineData("\"name\": \"App\",", "", null)]
    [InlineData("\"docker.io/library/app:latest\"", "\"Not An Image\"", "Not a ImageReference.")]
    [InlineData("\"53/udp\"", "\"53/dup\"", "Not a Port.")]
    [InlineData("\"/cache\"", "\"cache\"", "Not a ContainerPath.")]
    [InlineData("\"linux/arm/v7\"", "\"linux\"", "Not a Platform.")]
    [InlineData("\"1000:1000\"", "\"$USER\"", "Not a ImageUser.")]
    [InlineData("\"environmentVariable\"", "\"value\"", null)]
    public void RefusesATextThatThisVersionDidNotWrite(string part, string replacement, string? message)
    {
        var text = PlanJson.Write(Everything());
        Assert.Contains(part, text, StringComparison.Ordinal);
        var exception = Assert.Throws<JsonException>(() => PlanJson.Read(text.Replace(part, replacement, StringComparison.Ordinal)));
        if (message is not null) Assert.Equal(message, exception.Message);
    }

    internal static BuildPlan Everything() => SampleInputs.Valid
        .With("ContainerBaseImage", "scratch").With("ContainerRuntimeIdentifier", "linux-arm").With("ContainerUser", "1000:1000")
        .WithItem("ContainerSourceExclude", "/repo/app/", ("Pattern", "**/obj"))
        .WithItem("ContainerBuilderPackage", "clang").WithItem("ContainerBuilderPackage", "zlib1g-dev", ("Version", "1:1.2"))
        .WithItem("ContainerBuilderEnvironmentVariable", "CC", ("Value", "<a & b> 'é' \"名前\""))
        .WithItem("ContainerBuilderFile", "/repo/app/tool", ("TargetPath", "/opt/tool"))
        .WithItem("ContainerRestoreFile", "/repo/app/lock").WithWords("ContainerRestoreCommand", "restore")
        .WithItem("ContainerCache", "one", ("TargetPath", "/cache"))
        .WithItem("ContainerSecret", "feed", ("EnvironmentVariable", "FEED_PASSWORD"), ("TargetPath", "/run/feed"), ("As", "PASSWORD"), ("Optional", "true"))
        .WithItem("ContainerSecret", "config", ("Path", "nuget.config"), ("InContext", "true")).With("ContainerBuilderCaCertificates", "~/company.pem")
        .WithItem("ContainerLabel", "a.b", ("Value", "c")).WithItem("ContainerPort", "53", ("Type", "udp")).Planned();
}

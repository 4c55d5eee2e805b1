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
          "builders": [
            {
              "platform": "linux/arm/v7",
              "machine": "build",
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
              "runs": [
                {
                  "when": "afterBuild",
                  "text": "strip /out/*"
                }
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
            }
          ],
          "runtime": {
            "preparation": [
              {
                "step": "copy",
                "from": {
                  "in": "context",
                  "path": "limits.conf"
                },
                "target": "/etc/app/",
                "owner": "0:0",
                "mode": "0640"
              },
              {
                "step": "folder",
                "path": "/data",
                "owner": "1000:1000"
              }
            ],
            "layers": [
              {
                "from": "/out",
                "to": "/app"
              }
            ],
            "completion": [],
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
            "volumes": [
              "/data"
            ],
            "healthCheck": {
              "command": [
                "/app/run",
                "--health"
              ],
              "interval": "00:01:30",
              "timeout": "00:00:01.5000000",
              "retries": 3
            },
            "stopSignal": "SIGINT",
            "user": "1000:1000",
            "entrypoint": [
              "/app/run"
            ],
            "command": []
          },
          "destinations": [
            "docker.io/library/app:latest"
          ],
          "delivery": {
            "kind": "archive",
            "path": "out/app.tar"
          },
          "format": "oci",
          "verification": {
            "level": "warn",
            "maxSize": 50000000,
            "isStripped": true,
            "exemptions": [
              {
                "path": "/app/demo.key",
                "code": "CSDK5021"
              },
              {
                "path": "/app/tests/**"
              }
            ],
            "structureTests": [
              {
                "path": "tests/image.yaml",
                "hash": "ABCD"
              }
            ],
            "smoke": {
              "isGate": true,
              "endpoint": {
                "port": 9000,
                "path": "/live"
              },
              "timeout": "00:01:00",
              "memory": 1073741824,
              "environment": [
                {
                  "name": "MODE",
                  "value": "smoke"
                }
              ]
            }
          }
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

    [Fact]
    public void ReadsEveryKindOfStepBack()
    {
        var text = PlanJson.Write(EveryStep());
        Assert.Equal(
            ["install", "copy", "copy", "copy", "shell", "folder", "shell", "folder"],
            System.Text.RegularExpressions.Regex.Matches(text, "\"step\": \"([a-z]+)\"").Select(match => match.Groups[1].Value));
        Assert.Equal(text, PlanJson.Write(PlanJson.Read(text)));
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
    [InlineData("\"archive\"", "\"attic\"", null)]
    [InlineData("\"oci\"", "\"ico\"", null)]
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
        .With("ContainerArchiveOutputPath", "out/app.tar").With("ContainerImageFormat", "OCI")
        .With("ContainerVerify", "warn").With("ContainerMaxImageSize", "50 MB").With("ContainerStripSymbols", "true")
        .WithItem("ContainerVerifyIgnore", "tests", ("Path", "/app/tests/**")).WithItem("ContainerVerifyIgnore", "/app/demo.key", ("Code", "csdk5021"))
        .WithItem("ContainerStructureTest", "tests/image.yaml", ("FileHash", "ABCD")).With("ContainerSmokeTest", "true").With("ContainerHealthEndpoint", ":9000/live").With("ContainerSmokeTimeout", "1m").With("ContainerSmokeMemory", "1GiB")
        .WithItem("ContainerSmokeEnvironmentVariable", "MODE", ("Value", "smoke"))
        .WithItem("ContainerLabel", "a.b", ("Value", "c")).WithItem("ContainerPort", "53", ("Type", "udp"))
        .WithItem("ContainerBuilderRun", "strip /out/*", ("After", "Build")).WithItem("ContainerVolume", "/data")
        .WithItem("ContainerFile", "/repo/app/limits.conf", ("TargetPath", "/etc/app/"), ("Mode", "640"))
        .With("ContainerHealthCommand", "/app/run --health").With("ContainerHealthInterval", "90").With("ContainerHealthTimeout", "1500ms").With("ContainerHealthRetries", "3")
        .With("ContainerStopSignal", "SIGINT").Planned();

    /// <summary>Every kind of step, and of place that a file comes from.</summary>
    internal static BuildPlan EveryStep() => SampleInputs.Valid
        .WithItem("ContainerPackage", "curl").WithItem("ContainerPackage", "tini", ("Version", "1:2")).WithItem("ContainerRun", "set -e\nid")
        .WithItem("ContainerFile", "/repo/app/x", ("TargetPath", "/x")).WithItem("ContainerFile", "/out/x", ("From", "builder"), ("TargetPath", "/x/"))
        .WithItem("ContainerFile", "/bin/x", ("From", "busybox:1"), ("TargetPath", "/x"), ("Owner", "app"))
        .WithItem("ContainerVolume", "/data").WithItem("ContainerVolume", "/app/data").WithItem("ContainerRun", "after", ("After", "App"))
        .With("ContainerHealthCommand", "none").With("ContainerStopSignal", "9").Planned();
}

using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class BuildProgressCompilerTests
{
    [Fact]
    public void ReportsEachErrorOfDotnetOnce() => Assert.Equal(
        """
        output building with "default" instance using docker driver
        output
        step   [internal] load build definition from Dockerfile
        output transferring dockerfile: 32B done
        output DONE 0.0s
        output
        step   [internal] load .dockerignore
        output transferring context: 2B done
        output DONE 0.0s
        output
        step   [internal] load metadata for mcr.microsoft.com/dotnet/sdk:10.0
        output DONE 0.0s
        output
        step   [1/4] FROM mcr.microsoft.com/dotnet/sdk:10.0
        output DONE 0.0s
        output
        step   [2/4] WORKDIR /src
        step   [2/4] WORKDIR /src (cached)
        output
        step   [internal] load build context
        output transferring context: 61B done
        output DONE 0.0s
        output
        step   [3/4] COPY [app.csproj, Program.cs, /src/]
        output DONE 0.1s
        output
        step   [4/4] RUN ["dotnet", "publish", "app.csproj", "-o", "/out"]
        output   Determining projects to restore...
        output   Restored /src/app.csproj (in 697 ms).
        output /src/Program.cs(1,1): error CS0103: The name 'Console' does not exist in the current context [/src/app.csproj]
        output /src/Program.cs(1,19): error CS0103: The name 'missing' does not exist in the current context [/src/app.csproj]
        output /src/Program.cs(2,9): error CS0029: Cannot implicitly convert type 'string' to 'int' [/src/app.csproj]
        error  /src/Program.cs|1|1|CS0103|The name 'Console' does not exist in the current context
        error  /src/Program.cs|1|19|CS0103|The name 'missing' does not exist in the current context
        error  /src/Program.cs|2|9|CS0029|Cannot implicitly convert type 'string' to 'int'
        output ------
        output  > [4/4] RUN ["dotnet", "publish", "app.csproj", "-o", "/out"]:
        output 3.610   Determining projects to restore...
        output 6.142   Restored /src/app.csproj (in 697 ms).
        output 21.71 /src/Program.cs(1,1): error CS0103: The name 'Console' does not exist in the current context [/src/app.csproj]
        output 21.72 /src/Program.cs(1,19): error CS0103: The name 'missing' does not exist in the current context [/src/app.csproj]
        output 21.72 /src/Program.cs(2,9): error CS0029: Cannot implicitly convert type 'string' to 'int' [/src/app.csproj]
        output ------
        output ERROR: failed to solve: executor failed running [dotnet publish app.csproj -o /out]: exit code: 1

        """,
        Progress.Of("dotnet-errors.txt").Reporter.Text);

    [Fact]
    public void ReportsEachErrorOfGoOnce() => Assert.Equal(
        """
        output building with "default" instance using docker driver
        output
        step   [internal] load build definition from Dockerfile
        output transferring dockerfile: 188B done
        output DONE 0.0s
        output
        step   [internal] load .dockerignore
        output transferring context: 2B done
        output DONE 0.0s
        output
        step   [internal] load metadata for docker.io/library/golang:1.25
        output DONE 0.0s
        output
        step   [1/4] FROM docker.io/library/golang:1.25
        output DONE 0.0s
        output
        step   [2/4] WORKDIR /src
        step   [2/4] WORKDIR /src (cached)
        output
        step   [internal] load build context
        output transferring context: 150B done
        output DONE 0.0s
        output
        step   [3/4] COPY [go.mod, main.go, /src/]
        output DONE 0.0s
        output
        step   [4/4] RUN ["go", "build", "-trimpath", "-o", "/out/app", "."]
        output ...
        output
        output [1/4] FROM docker.io/library/golang:1.25
        step   [1/4] FROM docker.io/library/golang:1.25 (cached)
        output
        output [4/4] RUN ["go", "build", "-trimpath", "-o", "/out/app", "."]
        output # example.com/app
        output ./main.go:4:2: declared and not used: x
        output ./main.go:5:2: undefined: missing
        error  ./main.go|4|2||declared and not used: x
        error  ./main.go|5|2||undefined: missing
        output ------
        output  > [4/4] RUN ["go", "build", "-trimpath", "-o", "/out/app", "."]:
        output 23.24 # example.com/app
        output 23.24 ./main.go:4:2: declared and not used: x
        output 23.24 ./main.go:5:2: undefined: missing
        output ------
        output ERROR: failed to solve: executor failed running [go build -trimpath -o /out/app .]: exit code: 1

        """,
        Progress.Of("go-errors.txt").Reporter.Text);

    [Fact]
    public void ReportsWarningsOfCgoAsWarnings() => Assert.Equal(
        """
        output building with "default" instance using docker driver
        output
        step   [internal] load build definition from Dockerfile
        output transferring dockerfile: 32B done
        output DONE 0.0s
        output
        step   [internal] load .dockerignore
        output transferring context: 2B done
        output DONE 0.0s
        output
        step   [internal] load metadata for docker.io/library/golang:1.25
        output DONE 0.0s
        output
        step   [1/4] FROM docker.io/library/golang:1.25
        output DONE 0.0s
        output
        step   [2/4] WORKDIR /src
        step   [2/4] WORKDIR /src (cached)
        output
        step   [internal] load build context
        output transferring context: 54B done
        output DONE 0.1s
        output
        step   [3/4] COPY [go.mod, main.go, /src/]
        output DONE 0.0s
        output
        step   [4/4] RUN ["go", "build", "-o", "/out/app", "."]
        output # example.com/app
        output ./main.go:4:2: warning: #warning "old" [-Wcpp]
        warn   ./main.go|4|2||#warning "old" [-Wcpp]
        output     4 | #warning "old"
        output       |  ^~~~~~~
        output ./main.go: In function 'one':
        output ./main.go:5:33: warning: initialization of 'int *' from incompatible pointer type 'char *' [-Wincompatible-pointer-types]
        warn   ./main.go|5|33||initialization of 'int *' from incompatible pointer type 'char *' [-Wincompatible-pointer-types]
        output     5 | static int one(void) { int *p = "text"; return 1; }
        output       |                                 ^~~~~~
        output DONE 26.2s
        output
        output exporting to image
        output exporting layers
        output exporting layers 0.2s done
        output writing image sha256:7e30d0dee33ce2eec468cd735096fd9e4c66895fff1c658dc19dcadfa96a2893 done
        output naming to docker.io/library/api:1.4 done
        output DONE 0.2s

        """,
        Progress.Of("cgo-warnings.txt").Reporter.Text);

    [Fact]
    public void ReportsAnErrorThatTheCompilerRepeatsOnce() => Assert.Equal(
        """
        step   [build 4/4] RUN dotnet publish
        output /src/Program.cs(1,1): error CS0103: No name [/src/app.csproj]
        output /src/Program.cs(1,1): error CS0103: No name [/src/app.csproj]
        output /src/Program.cs(2,1): error CS0103: No name [/src/app.csproj]
        error  /src/Program.cs|1|1|CS0103|No name
        error  /src/Program.cs|2|1|CS0103|No name

        """,
        Progress.After(
            "#8 [build 4/4] RUN dotnet publish",
            "#8 1.000 /src/Program.cs(1,1): error CS0103: No name [/src/app.csproj]",
            "#8 1.100 /src/Program.cs(1,1): error CS0103: No name [/src/app.csproj]",
            "#8 1.200 /src/Program.cs(2,1): error CS0103: No name [/src/app.csproj]",
            "#8 ERROR: process did not complete successfully: exit code: 1").Reporter.Text);

    [Fact]
    public void DoesNotReportErrorsOfAStepThatSucceeds() => Assert.Equal(
        """
        step   [build 4/4] RUN dotnet publish
        output /src/Program.cs(1,1): error CS0103: No name [/src/app.csproj]
        output DONE 1.3s

        """,
        Progress.After(
            "#8 [build 4/4] RUN dotnet publish",
            "#8 1.000 /src/Program.cs(1,1): error CS0103: No name [/src/app.csproj]",
            "#8 DONE 1.3s").Reporter.Text);
}

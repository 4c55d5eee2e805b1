using ContainerSdk.Engines.Docker;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class BuildProgressTests
{
    [Fact]
    public void ReportsStepsAndTheirOutput() => Assert.Equal(
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
        step   [internal] load metadata for docker.io/library/alpine:3.22
        output DONE 0.0s
        output
        step   [build 1/3] FROM docker.io/library/alpine:3.22
        output DONE 0.0s
        output
        step   [build 2/3] WORKDIR /src
        step   [build 2/3] WORKDIR /src (cached)
        output
        step   [runtime 1/2] WORKDIR /app
        step   [runtime 1/2] WORKDIR /app (cached)
        output
        step   [build 3/3] RUN mkdir /out && echo compiling && echo linking >&2 && echo app > /out/app
        output compiling
        output linking
        output DONE 0.4s
        output
        step   [runtime 2/2] COPY --from=build --chown=0:0 [/out/, /app/]
        output DONE 0.0s
        output
        output exporting to image
        output exporting layers 0.0s done
        output writing image sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f done
        output naming to docker.io/library/api:1.4 done
        output DONE 0.0s

        """,
        Progress.Of("success.txt").Reporter.Text);

    [Fact]
    public void ReportsStepsThatCameFromTheCache() => Assert.Equal(
        """
        output building with "default" instance using docker driver
        output
        step   [internal] load build definition from Dockerfile
        output transferring dockerfile: 32B 0.1s done
        output DONE 0.1s
        output
        step   [internal] load .dockerignore
        output transferring context: 2B done
        output DONE 0.0s
        output
        step   [internal] load metadata for docker.io/library/alpine:3.22
        output DONE 0.0s
        output
        step   [build 1/3] FROM docker.io/library/alpine:3.22
        output DONE 0.0s
        output
        step   [runtime 1/2] WORKDIR /app
        output DONE 0.0s
        output
        step   [build 2/3] WORKDIR /src
        step   [build 2/3] WORKDIR /src (cached)
        output
        step   [build 3/3] RUN mkdir /out && echo compiling && echo linking >&2 && echo app > /out/app
        step   [build 3/3] RUN mkdir /out && echo compiling && echo linking >&2 && echo app > /out/app (cached)
        output
        step   [runtime 2/2] COPY --from=build --chown=0:0 [/out/, /app/]
        step   [runtime 2/2] COPY --from=build --chown=0:0 [/out/, /app/] (cached)
        output
        output exporting to image
        output exporting layers done
        output writing image sha256:6633633b9e15acaa205afa403623672908c0fa1cbcff1bdcbeac46b24532184f done
        output naming to docker.io/library/api:1.4 done
        output DONE 0.0s

        """,
        Progress.Of("cached.txt").Reporter.Text);

    [Fact]
    public void ReportsAStepThatFails() => Assert.Equal(
        """
        output building with "default" instance using docker driver
        output
        step   [internal] load build definition from Dockerfile
        output transferring dockerfile: 31B 0.0s done
        output DONE 0.0s
        output
        step   [internal] load .dockerignore
        output transferring context: 2B done
        output DONE 0.1s
        output
        step   [internal] load metadata for docker.io/library/alpine:3.22
        output DONE 0.0s
        output
        step   [1/4] FROM docker.io/library/alpine:3.22
        output DONE 0.0s
        output
        step   [2/4] WORKDIR /src
        step   [2/4] WORKDIR /src (cached)
        output
        step   [3/4] RUN echo before
        step   [3/4] RUN echo before (cached)
        output
        step   [4/4] RUN echo first && echo second >&2 && exit 7
        output first
        output second
        output ------
        output  > [4/4] RUN echo first && echo second >&2 && exit 7:
        output 0.323 first
        output 0.324 second
        output ------
        output ERROR: failed to solve: executor failed running [/bin/sh -c echo first && echo second >&2 && exit 7]: exit code: 7

        """,
        Progress.Of("failing-run.txt").Reporter.Text);

    [Fact]
    public void ReportsStepsThatRunAtOnce() => Assert.Equal(
        """
        output building with "default" instance using docker driver
        output
        step   [internal] load build definition from Dockerfile
        output transferring dockerfile: 397B done
        output DONE 0.0s
        output
        step   [internal] load .dockerignore
        output transferring context: 2B done
        output DONE 0.0s
        output
        step   [internal] load metadata for docker.io/library/alpine:3.22
        output DONE 0.0s
        output
        step   [client 1/2] FROM docker.io/library/alpine:3.22
        step   [client 1/2] FROM docker.io/library/alpine:3.22 (cached)
        output
        step   [server 2/2] RUN echo server starts; sleep 3; echo server works; sleep 3; echo server ends; sleep 9
        output server starts
        output server works
        output server ends
        output ...
        output
        step   [client 2/2] RUN echo client starts; sleep 5; echo client works; sleep 5; echo client breaks >&2; ex...
        output client starts
        output client works
        output client breaks
        output
        output [server 2/2] RUN echo server starts; sleep 3; echo server works; sleep 3; echo server ends; sleep 9
        output CANCELED
        output ------
        output  > [client 2/2] RUN echo client starts; sleep 5; echo client works; sleep 5; echo client breaks >&2; exit 3:
        output 0.383 client starts
        output 5.386 client works
        output 10.39 client breaks
        output ------
        output ERROR: failed to solve: executor failed running [/bin/sh -c echo client starts; sleep 5; echo client works; sleep 5; echo client breaks >&2; exit 3]: exit code: 3

        """,
        Progress.Of("parallel.txt").Reporter.Text);

    [Fact]
    public void ReportsABaseImageThatCannotBeHad() => Assert.Equal(
        """
        output building with "default" instance using docker driver
        output
        step   [internal] load build definition from Dockerfile
        output transferring dockerfile: 65B done
        output DONE 0.0s
        output
        step   [internal] load .dockerignore
        output transferring context: 2B done
        output DONE 0.0s
        output
        step   [internal] load metadata for localhost:1/team/app:1
        output ------
        output  > [internal] load metadata for localhost:1/team/app:1:
        output ------
        output ERROR: failed to solve: rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: failed to create LLB definition: failed to do request: Head "http://localhost:1/v2/team/app/manifests/1": dial tcp 127.0.0.1:1: connect: connection refused

        """,
        Progress.Of("missing-base.txt").Reporter.Text);

    [Fact]
    public void ReportsAFailureBeforeAnyStep() => Assert.Equal(
        """
        output building with "default" instance using docker driver
        output
        step   [internal] load build definition from Dockerfile
        output transferring dockerfile: 92B done
        output DONE 0.0s
        output
        step   [internal] load .dockerignore
        output transferring context: 2B done
        output DONE 0.0s
        output ERROR: failed to solve: rpc error: code = Unknown desc = failed to solve with frontend dockerfile.v0: failed to create LLB definition: dockerfile parse error line 2: unknown instruction: RNU

        """,
        Progress.Of("parse-error.txt").Reporter.Text);

    [Fact]
    public void FollowsTheOutputOfNewerBuildKits() => Assert.Equal(
        """
        step   [build 4/4] RUN make
        output cannot make it
        output ------
        output  > [build 4/4] RUN make:
        output 1.234 cannot make it
        output ------
        output Dockerfile:4
        output --------------------
        output    3 |     COPY . .
        output    4 | >>> RUN make
        output --------------------
        output ERROR: failed to build: failed to solve: process "/bin/sh -c make" did not complete successfully: exit code: 2

        """,
        Progress.After(
            "#8 [build 4/4] RUN make",
            "#8 1.234 cannot make it",
            "#8 ERROR: process \"/bin/sh -c make\" did not complete successfully: exit code: 2",
            "------",
            " > [build 4/4] RUN make:",
            "1.234 cannot make it",
            "------",
            "Dockerfile:4",
            "--------------------",
            "   3 |     COPY . .",
            "   4 | >>> RUN make",
            "--------------------",
            "ERROR: failed to build: failed to solve: process \"/bin/sh -c make\" did not complete successfully: exit code: 2").Reporter.Text);
}

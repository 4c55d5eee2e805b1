using ContainerSdk.Diagnostics;
using Xunit;

namespace ContainerSdk.Engines.Tests;

public sealed class CompilerMessageTests
{
    [Theory]
    [InlineData(
        "/src/api/Program.cs(1,19): error CS0103: The name 'missing' does not exist in the current context",
        "/src/api/Program.cs", 1, 19, "CS0103", "The name 'missing' does not exist in the current context")]
    [InlineData(
        "/src/api/Program.cs(1,19): error CS0103: The name 'missing' does not exist in the current context [/src/api/api.csproj]",
        "/src/api/Program.cs", 1, 19, "CS0103", "The name 'missing' does not exist in the current context")]
    [InlineData(
        "  /src/api/Program.cs(7,1): error CS1002: ; expected [/src/api/api.csproj::TargetFramework=net10.0]  ",
        "/src/api/Program.cs", 7, 1, "CS1002", "; expected")]
    [InlineData("/src/api/Views/Index.cshtml(12): error RZ1006: The code block is missing a closing brace", "/src/api/Views/Index.cshtml", 12, 0, "RZ1006", "The code block is missing a closing brace")]
    [InlineData("Program.cs(2,9,2,15): error CS0029: Cannot convert", "Program.cs", 2, 9, "CS0029", "Cannot convert")]
    [InlineData("/src/my app/Program.cs(2,9): error CS0029: Cannot convert", "/src/my app/Program.cs", 2, 9, "CS0029", "Cannot convert")]
    [InlineData("/src/Program.cs(3,5): error CS1503: Argument 1: cannot convert from 'int' to 'int[]' [/src/api.csproj]", "/src/Program.cs", 3, 5, "CS1503", "Argument 1: cannot convert from 'int' to 'int[]'")]
    [InlineData(
        "/src/api/api.csproj : error NU1101: Unable to find package No.Such. No packages exist with this id in source(s): feed",
        "/src/api/api.csproj", 0, 0, "NU1101", "Unable to find package No.Such. No packages exist with this id in source(s): feed")]
    [InlineData("/src/api/api.csproj : error NU1101: Unable to find package No.Such [/src/shop.sln]", "/src/api/api.csproj", 0, 0, "NU1101", "Unable to find package No.Such")]
    [InlineData("MSBUILD : error MSB1009: Project file does not exist.", "MSBUILD", 0, 0, "MSB1009", "Project file does not exist.")]
    [InlineData("error MSB1011: Specify which project or solution file to use", "", 0, 0, "MSB1011", "Specify which project or solution file to use")]
    public void ReadsTheFormOfMSBuild(string line, string file, int row, int column, string code, string message) =>
        AssertReads(line, Error(file, row, column, code, message));

    [Theory]
    [InlineData("./main.go:4:2: declared and not used: x", "./main.go", 4, 2, "declared and not used: x")]
    [InlineData("cmd/server/main.go:10:15: undefined: missing", "cmd/server/main.go", 10, 15, "undefined: missing")]
    [InlineData("/usr/local/go/src/fmt/print.go:1:1: expected 'package', found 'EOF'", "/usr/local/go/src/fmt/print.go", 1, 1, "expected 'package', found 'EOF'")]
    [InlineData("main.go:3:8: package example.com/x is not in std (/usr/local/go/src/example.com/x)", "main.go", 3, 8, "package example.com/x is not in std (/usr/local/go/src/example.com/x)")]
    [InlineData("src/main.c:5:9: error: 'x' undeclared (first use in this function)", "src/main.c", 5, 9, "error: 'x' undeclared (first use in this function)")]
    [InlineData("lib.rs:1:2: fatal error: stop", "lib.rs", 1, 2, "fatal error: stop")]
    public void ReadsTheFormOfGoAndGnu(string line, string file, int row, int column, string message) =>
        AssertReads(line, Error(file, row, column, "", message));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("#7 0.5 12:30:15: hello")]
    [InlineData("12:30:15: hello")]
    [InlineData("12:30:15.250: hello")]
    [InlineData("2026-11-21 12:30:15: hello")]
    [InlineData("src/main.c:2:5: note: previous definition is here")]
    [InlineData("debconf: warning: this line is no compiler's")]
    [InlineData("  /runtime/pal_uid.c:208: warning: Using 'getgrouplist' in statically linked applications requires at runtime the shared libraries from the glibc version used for linking")]
    [InlineData("http://localhost:8080:1: x")]
    [InlineData("http://example.com:8080:1: x")]
    [InlineData("https://example.com/a.go:8080:1: x")]
    [InlineData("Now listening on: http://localhost:8080")]
    [InlineData("localhost:8080:1: x")]
    [InlineData("    0 Error(s)")]
    [InlineData("    1 Error(s)")]
    [InlineData("Build FAILED.")]
    [InlineData("# example.com/app")]
    [InlineData("ERROR: failed to solve: exit code: 1")]
    [InlineData("Dockerfile:12")]
    [InlineData("fatal: not a git repository")]
    [InlineData("The error code is 5: retrying")]
    [InlineData("main.go:4:2:")]
    [InlineData("main.go:4: missing column")]
    public void LeavesOtherLinesAlone(string line) => AssertReads(line, null);

    [Theory]
    [InlineData("./main.go:5:33: warning: initialization of 'int *' from incompatible pointer type 'char *' [-Wincompatible-pointer-types]", "./main.go", 5, 33, "initialization of 'int *' from incompatible pointer type 'char *' [-Wincompatible-pointer-types]")]
    [InlineData("src/main.c:5:9: warning: unused variable 'x' [-Wunused-variable]", "src/main.c", 5, 9, "unused variable 'x' [-Wunused-variable]")]
    public void ReadsTheWarningsOfGnuTools(string line, string file, int row, int column, string message) =>
        AssertReads(line, Warning(file, row, column, "", message));

    [Theory]
    [InlineData(
        "/src/cs/Program.cs(1,5): warning CS0219: The variable 'unused' is assigned but its value is never used [/src/cs/cs.csproj]",
        "/src/cs/Program.cs", 1, 5, "CS0219", "The variable 'unused' is assigned but its value is never used")]
    [InlineData(
        "/src/vb/Program.vb(3,9): warning BC42024: Unused local variable: 'unused'. [/src/vb/vb.vbproj]",
        "/src/vb/Program.vb", 3, 9, "BC42024", "Unused local variable: 'unused'.")]
    [InlineData(
        "/src/fs/Program.fs(1,17): warning FS0025: Incomplete pattern matches on this expression. For example, the value '0' may indicate a case not covered by the pattern(s). [/src/fs/fs.fsproj]",
        "/src/fs/Program.fs", 1, 17, "FS0025", "Incomplete pattern matches on this expression. For example, the value '0' may indicate a case not covered by the pattern(s).")]
    [InlineData("/src/api.csproj : warning NU1903: Package 'A' 1.0.0 has a known high severity vulnerability", "/src/api.csproj", 0, 0, "NU1903", "Package 'A' 1.0.0 has a known high severity vulnerability")]
    [InlineData("/src/cs/cs.csproj(2,48): warning : Careful here", "/src/cs/cs.csproj", 2, 48, "", "Careful here")]
    [InlineData("settings.json : warning SHOP01: Old settings [/src/cs/cs.csproj]", "settings.json", 0, 0, "SHOP01", "Old settings")]
    [InlineData("warning CS1591: Missing XML comment", "", 0, 0, "CS1591", "Missing XML comment")]
    public void ReadsTheWarningsOfMSBuild(string line, string file, int row, int column, string code, string message) =>
        AssertReads(line, Warning(file, row, column, code, message));

    [Fact]
    public void KeepsTheWordsBeforeTheSeverity()
    {
        AssertReads("ILC : fatal error IL1005: Out of memory", Error("ILC", 0, 0, "IL1005", "Out of memory") with { Subcategory = "fatal" });
        AssertReads(
            "/src/aot/Program.cs(3): AOT analysis warning IL3050: Program.<Main>$(String[]): Using member 'X' can break [/src/aot/aot.csproj]",
            Warning("/src/aot/Program.cs", 3, 0, "IL3050", "Program.<Main>$(String[]): Using member 'X' can break") with { Subcategory = "AOT analysis" });
    }

    [Fact]
    public void ReadsAPathWithParentheses() => AssertReads(
        "/src/Web (old)/Program.cs(3,5): error CS0103: The name 'x' does not exist [/src/Web (old)/web.csproj]",
        Error("/src/Web (old)/Program.cs", 3, 5, "CS0103", "The name 'x' does not exist"));

    // The form of <Error Text="…" /> without a code, for example of a missing NativeAOT linker.
    [Fact]
    public void ReadsAnErrorWithoutACode() => AssertReads(
        "/sdk/Microsoft.NETCore.Native.Unix.targets(266,5): error : Platform linker ('clang' or 'gcc') not found in PATH. [/src/api.csproj]",
        Error("/sdk/Microsoft.NETCore.Native.Unix.targets", 266, 5, "", "Platform linker ('clang' or 'gcc') not found in PATH."));

    private static CompilerMessage Error(string file, int line, int column, string code, string message) =>
        new(file, line, column, code, message) { Severity = DiagnosticSeverity.Error };

    private static CompilerMessage Warning(string file, int line, int column, string code, string message) =>
        new(file, line, column, code, message) { Severity = DiagnosticSeverity.Warning };

    private static void AssertReads(string line, CompilerMessage? expected)
    {
        var read = CompilerMessage.TryParse(line, out var message);
        Assert.Equal((expected is not null, expected), (read, message));
    }
}

using System.Collections;
using Microsoft.Build.Framework;

namespace ContainerSdk.Tasks.Tests;

/// <summary>An error or a warning as MSBuild was given it.</summary>
internal sealed record Problem(string Severity, string? Code, string? Message, string? File, int Line, int Column, string? HelpLink);

/// <summary>The part of MSBuild that a task talks to; it only writes down what was logged.</summary>
internal sealed class MockBuildEngine : IBuildEngine8
{
    public List<Problem> Problems { get; } = [];

    public List<(MessageImportance Importance, string? Text)> Messages { get; } = [];

    /// <summary>The codes of the warnings that count as errors.</summary>
    public IReadOnlyList<string> WarningsAsErrors { get; set; } = [];

    public bool ContinueOnError => false;

    public bool AllowFailureWithoutError { get; set; }

    public bool ShouldTreatWarningAsError(string warningCode) => WarningsAsErrors.Contains(warningCode);

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "/targets/ContainerSdk.targets";

    public bool IsRunningMultipleNodes => false;

    public void LogErrorEvent(BuildErrorEventArgs e) =>
        Problems.Add(new Problem("error", e.Code, e.Message, e.File, e.LineNumber, e.ColumnNumber, e.HelpLink));

    public void LogWarningEvent(BuildWarningEventArgs e) =>
        Problems.Add(new Problem("warning", e.Code, e.Message, e.File, e.LineNumber, e.ColumnNumber, e.HelpLink));

    public void LogMessageEvent(BuildMessageEventArgs e) => Messages.Add((e.Importance, e.Message));

    public void LogCustomEvent(CustomBuildEventArgs e) => throw new NotSupportedException();

    public void LogTelemetry(string eventName, IDictionary<string, string> properties) => throw new NotSupportedException();

    public IReadOnlyDictionary<string, string> GetGlobalProperties() => new Dictionary<string, string>();

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) =>
        throw new NotSupportedException();

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs, string toolsVersion) =>
        throw new NotSupportedException();

    public bool BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IDictionary[] targetOutputsPerProject, string[] toolsVersion, bool useResultsCache, bool unloadProjectsOnCompletion) =>
        throw new NotSupportedException();

    public BuildEngineResult BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IList<string>[] removeGlobalProperties, string[] toolsVersion, bool returnTargetOutputs) =>
        throw new NotSupportedException();

    public void Yield() => throw new NotSupportedException();

    public void Reacquire() => throw new NotSupportedException();

    public void RegisterTaskObject(object key, object obj, RegisteredTaskObjectLifetime lifetime, bool allowEarlyCollection) => throw new NotSupportedException();

    public object GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => throw new NotSupportedException();

    public object UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => throw new NotSupportedException();
}

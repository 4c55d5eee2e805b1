using System.Net;

namespace ContainerSdk.Images.Registries;

/// <summary>Why a registry did not do what it was asked to.</summary>
public enum RegistryFailure
{
    /// <summary>For a reason of its own, which the message gives.</summary>
    Failed,

    /// <summary>It wants a login, or another one.</summary>
    WantsLogin,

    /// <summary>It knows who asks, and refuses.</summary>
    Forbids,

    /// <summary>It knows no such repository, and does not make one by itself.</summary>
    RepositoryUnknown,

    /// <summary>No connection, or none that holds.</summary>
    Unreachable,

    /// <summary>Its TLS is not trusted, or it leads to where there is none.</summary>
    NotTrusted,
}

/// <summary>A registry did not do what it was asked to. The message is the reason, in the registry's own words as far as it has any.</summary>
public sealed class RegistryException : IOException
{
    public RegistryException()
    {
    }

    public RegistryException(string message)
        : base(message)
    {
    }

    public RegistryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    public RegistryException(RegistryFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>What kind of reason it is.</summary>
    public RegistryFailure Failure { get; }

    /// <summary>The answer's status; null without an answer.</summary>
    internal HttpStatusCode? Status { get; init; }

    /// <summary>Whether another try may go better.</summary>
    internal bool IsTransient { get; init; }

    /// <summary>How long the registry asks to wait before that.</summary>
    internal TimeSpan? RetryAfter { get; init; }
}

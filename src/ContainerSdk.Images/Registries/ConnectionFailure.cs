using System.Security.Authentication;

namespace ContainerSdk.Images.Registries;

/// <summary>Tells what the network, rather than a registry, has to say.</summary>
internal static class ConnectionFailure
{
    /// <summary>Whether a connection broke or did not come about. A timeout of the handler is cancelled as well, and by nobody who asked for it.</summary>
    public static bool Is(Exception exception, CancellationToken cancellation) => exception switch
    {
        RegistryException => false,
        HttpRequestException or IOException => true,
        OperationCanceledException => !cancellation.IsCancellationRequested,
        _ => false,
    };

    /// <summary>The same in words. A certificate does not get better with time; everything else may.</summary>
    public static RegistryException Of(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
            if (inner is AuthenticationException) return new RegistryException(RegistryFailure.NotTrusted, PlainText.Of(inner.Message), exception);
        return new RegistryException(RegistryFailure.Unreachable, PlainText.Of(exception.GetBaseException().Message), exception) { IsTransient = true };
    }
}

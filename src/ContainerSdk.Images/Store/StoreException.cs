namespace ContainerSdk.Images.Store;

/// <summary>The store itself cannot be read or written: a full disk, a permission. What is stored, and where it comes from, is not to blame. The message is the system's.</summary>
public sealed class StoreException : IOException
{
    public StoreException()
    {
    }

    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the system says so of a file or folder.</summary>
    internal static bool Is(Exception exception) => exception is (IOException or UnauthorizedAccessException) and not StoreException;

    /// <summary>The same as a failure of the store.</summary>
    internal static StoreException Of(Exception exception) => new(exception.Message, exception);
}

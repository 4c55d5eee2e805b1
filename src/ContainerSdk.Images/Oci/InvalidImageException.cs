namespace ContainerSdk.Images.Oci;

/// <summary>An image, or a part of one, that somebody else made and that is not what the specification says. The message completes "it is not usable: …".</summary>
public sealed class InvalidImageException : Exception
{
    public InvalidImageException()
    {
    }

    public InvalidImageException(string message)
        : base(message)
    {
    }

    public InvalidImageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace ContainerSdk.EndToEnd.Tests.Feeds;

/// <summary>A certificate authority that nothing trusts, and a server's certificate that it signed.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 _authority;

    public TestCertificates(IPAddress address)
    {
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest($"CN=ContainerSdk test authority {Guid.NewGuid():n}", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        authority.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        _authority = authority.CreateSelfSigned(from, until);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = new CertificateRequest("CN=feed", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        server.CertificateExtensions.Add(names.Build());
        using var signed = server.Create(_authority, from, until, RandomNumberGenerator.GetBytes(8));
        using var withKey = signed.CopyWithPrivateKey(serverKey);
        Server = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>With its key.</summary>
    public X509Certificate2 Server { get; }

    /// <summary>The authority's certificate, as it stands in a bundle.</summary>
    public string Authority => _authority.ExportCertificatePem() + "\n";

    /// <summary>What this machine trusts.</summary>
    public static string HostBundle() => File.ReadAllText(Environment.GetEnvironmentVariable("SSL_CERT_FILE") is { Length: > 0 } named ? named : "/etc/ssl/certs/ca-certificates.crt");

    public void Dispose()
    {
        _authority.Dispose();
        Server.Dispose();
    }
}

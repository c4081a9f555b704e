using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PatientTools.Storage;

namespace PatientTools.Backups.Archive;

/// <summary>Reads keys from PEM files.</summary>
internal static class KeyFile
{
    private const int LeastRsaBits = 2048;
    private const long LongestFile = 1 << 20;
    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35", "nistP256", "nistP384", "nistP521"];

    /// <summary>By what a key is named: SHA-256 of its public key (SubjectPublicKeyInfo), 64 hexadecimal digits.</summary>
    public static string IdOf(AsymmetricAlgorithm key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    /// <summary>Reads a public key.</summary>
    /// <returns>An RSA or ECDH key.</returns>
    /// <exception cref="PatientToolsException"><c>BackupKeyInvalid</c>, or the file cannot be read.</exception>
    public static AsymmetricAlgorithm ReadPublic(string path)
    {
        var text = ReadText(path);
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw Invalid(path, "it holds a private key, which does not belong where backups are made. Give the public key, as 'openssl pkey -in <private key> -pubout' makes it", null);
        }

        return Read(path, text.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal) ? PublicKeyOf(path, text) : text, null);
    }

    /// <summary>Reads a private key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="password">Its password; null when it has none.</param>
    /// <returns>An RSA or ECDH key.</returns>
    /// <exception cref="PatientToolsException"><c>BackupKeyInvalid</c>, or the file cannot be read.</exception>
    public static AsymmetricAlgorithm ReadPrivate(string path, string? password)
    {
        var text = ReadText(path);
        if (!text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw Invalid(path, "it holds no private key", null);
        }

        var isEncrypted = text.Contains("-----BEGIN ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        return isEncrypted && password is null
            ? throw Invalid(path, "the private key in it is encrypted. Give its password", null)
            : Read(path, text, isEncrypted ? password : null);
    }

    private static AsymmetricAlgorithm Read(string path, string text, string? password)
    {
        var rsa = RSA.Create();
        if (TryImport(rsa, text, password))
        {
            return rsa.KeySize >= LeastRsaBits ? rsa : throw Invalid(path, $"its RSA key has {rsa.KeySize} bits, and {LeastRsaBits} are the least that is safe", rsa);
        }

        rsa.Dispose();
        var curve = ECDiffieHellman.Create();
        if (!TryImport(curve, text, password))
        {
            throw Invalid(
                path,
                password is null ? "it holds no RSA or EC key in PEM form that can be read; 'openssl pkey' converts others" : "its password is another one, or it holds no RSA or EC key",
                curve);
        }

        var oid = curve.ExportParameters(includePrivateParameters: false).Curve is { IsNamed: true } named ? named.Oid : null;
        return oid is not null && (Curves.Contains(oid.Value, StringComparer.Ordinal) || Curves.Contains(oid.FriendlyName, StringComparer.Ordinal))
            ? curve
            : throw Invalid(path, "the curve of its key is none of P-256, P-384 and P-521", curve);
    }

    private static bool TryImport(AsymmetricAlgorithm key, string text, string? password)
    {
        try
        {
            if (password is null)
            {
                key.ImportFromPem(text);
            }
            else
            {
                key.ImportFromEncryptedPem(text, password);
            }

            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static string PublicKeyOf(string path, string text)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(text);
            return PemEncoding.WriteString("PUBLIC KEY", certificate.PublicKey.ExportSubjectPublicKeyInfo());
        }
        catch (CryptographicException)
        {
            throw Invalid(path, "the certificate in it cannot be read", null);
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LongestFile ? File.ReadAllText(path) : throw Invalid(path, "it is too large for one", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Reading(path, e);
        }
    }

    private static PatientToolsException Invalid(string path, string problem, IDisposable? key)
    {
        key?.Dispose();
        return new PatientToolsException("BackupKeyInvalid", $"The key in '{path}' cannot be used: {problem}.", ErrorKind.InvalidArgument) { Target = path };
    }
}

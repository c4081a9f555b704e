using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PatientTools.Backups;

namespace PatientTools.Core.Tests.Backups.Archive;

/// <summary>Recipients and what opens their backups, made for a test and written as PEM files into its folder.</summary>
internal sealed class TestKeys(string folder)
{
    public const string Secret = "vier Wörter für Bäcker";

    public static TheoryData<string> Kinds => ["password", "rsa", "P-256", "P-384", "P-521", "certificate", "encrypted key"];

    public (BackupRecipient Recipient, BackupKey Key) Make(string kind)
    {
        switch (kind)
        {
            case "password":
                return (BackupRecipient.OfPassword(Secret), BackupKey.OfPassword(Secret));
            case "rsa":
                using (var rsa = RSA.Create(2048))
                {
                    return Pair(rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportPkcs8PrivateKeyPem(), null);
                }

            case "certificate":
                using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
                using (var certificate = new CertificateRequest("CN=Backups", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(99)))
                {
                    return Pair(certificate.ExportCertificatePem(), key.ExportECPrivateKeyPem(), null);
                }

            case "encrypted key":
                using (var rsa = RSA.Create(3072))
                {
                    return Pair(rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportEncryptedPkcs8PrivateKeyPem("inner", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000)), "inner");
                }

            default:
                using (var curve = ECDiffieHellman.Create(kind switch { "P-256" => ECCurve.NamedCurves.nistP256, "P-384" => ECCurve.NamedCurves.nistP384, _ => ECCurve.NamedCurves.nistP521 }))
                {
                    return Pair(curve.ExportSubjectPublicKeyInfoPem(), curve.ExportPkcs8PrivateKeyPem(), null);
                }
        }
    }

    public string File(string name, string text)
    {
        var path = Path.Combine(folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private (BackupRecipient Recipient, BackupKey Key) Pair(string publicKey, string privateKey, string? password) =>
        (BackupRecipient.OfPublicKey(File("public.pem", publicKey)), BackupKey.OfPrivateKey(File("private.pem", privateKey), password));
}

using System.Security.Cryptography;
using PatientTools.Accounts;
using PatientTools.Backups.Archive;

namespace PatientTools.Backups;

/// <summary>For whom a backup is encrypted: whoever knows a password, or has the private key to a public one.</summary>
public abstract class BackupRecipient
{
    private const int ShortestPassword = 8;

    private protected BackupRecipient()
    {
    }

    /// <summary>Whoever knows a password.</summary>
    /// <param name="password">The password; at least 8 characters.</param>
    /// <returns>The recipient.</returns>
    /// <exception cref="PatientToolsException"><c>BackupPasswordTooShort</c>, <c>PasswordInvalid</c>.</exception>
    public static BackupRecipient OfPassword(string password)
    {
        var bytes = BackupKey.BytesOf(password);
        return PlainText.Length(PasswordRules.Normal(password)) >= ShortestPassword
            ? new Password(bytes)
            : throw new PatientToolsException(
                "BackupPasswordTooShort",
                $"The password is too short: a backup wants at least {ShortestPassword} characters. Some words that do not belong together make a good one.",
                ErrorKind.InvalidArgument);
    }

    /// <summary>Whoever has the private key to a public one.</summary>
    /// <param name="path">A PEM file with an RSA (2,048 bits and more) or EC (P-256, P-384, P-521) public key or a certificate.</param>
    /// <returns>The recipient.</returns>
    /// <exception cref="PatientToolsException"><c>BackupKeyInvalid</c>, or the file cannot be read.</exception>
    public static BackupRecipient OfPublicKey(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new PublicKey(KeyFile.ReadPublic(path));
    }

    /// <summary>Closes the key of a backup in, so that only the recipient can open it.</summary>
    internal abstract KeyWrap Wrap(ReadOnlySpan<byte> key);

    private sealed class Password(byte[] password) : BackupRecipient
    {
        internal override KeyWrap Wrap(ReadOnlySpan<byte> key) => PasswordWrap.Make(password, key);
    }

    private sealed class PublicKey(AsymmetricAlgorithm recipient) : BackupRecipient
    {
        internal override KeyWrap Wrap(ReadOnlySpan<byte> key)
        {
            lock (recipient)
            {
                return recipient is RSA rsa ? RsaWrap.Make(rsa, key) : EcWrap.Make((ECDiffieHellman)recipient, key);
            }
        }
    }
}

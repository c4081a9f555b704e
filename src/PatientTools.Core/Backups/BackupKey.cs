using System.Security.Cryptography;
using System.Text;
using PatientTools.Accounts;
using PatientTools.Backups.Archive;

namespace PatientTools.Backups;

/// <summary>What opens an encrypted backup.</summary>
public abstract class BackupKey
{
    private protected BackupKey()
    {
    }

    /// <summary>What it is, for messages.</summary>
    private protected abstract string Name { get; }

    /// <summary>A password.</summary>
    /// <param name="password">The password.</param>
    /// <returns>The key.</returns>
    /// <exception cref="PatientToolsException"><c>PasswordInvalid</c>: no password can be so.</exception>
    public static BackupKey OfPassword(string password) => new Password(BytesOf(password));

    /// <summary>A private key.</summary>
    /// <param name="path">A PEM file with an RSA or EC private key.</param>
    /// <param name="password">The password of the file, when it is encrypted.</param>
    /// <returns>The key.</returns>
    /// <exception cref="PatientToolsException"><c>BackupKeyInvalid</c>, or the file cannot be read.</exception>
    public static BackupKey OfPrivateKey(string path, string? password)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new PrivateKey(KeyFile.ReadPrivate(path, password));
    }

    /// <summary>The bytes of a password that keys are derived from: UTF-8 in normal form C, as those of accounts.</summary>
    internal static byte[] BytesOf(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        return PasswordRules.IsPossible(password)
            ? Encoding.UTF8.GetBytes(PasswordRules.Normal(password))
            : throw new PatientToolsException("PasswordInvalid", $"A password has at most {PasswordRules.Longest} characters, each of them whole Unicode.", ErrorKind.InvalidArgument);
    }

    /// <summary>Opens the key of a backup.</summary>
    /// <param name="path">The backup, for the error.</param>
    /// <param name="wrap">Its key, closed in.</param>
    /// <returns>The key.</returns>
    /// <exception cref="PatientToolsException"><c>BackupKeyWrong</c>.</exception>
    internal byte[] Open(string path, KeyWrap wrap) => TryOpen(wrap) ?? throw new PatientToolsException(
        "BackupKeyWrong", $"{Name} does not open '{path}', which needs {wrap.Opener}: the one it was made for.", ErrorKind.Unauthenticated)
    { Target = path };

    /// <summary>Opens the key of a backup; null when this is not what opens it.</summary>
    private protected abstract byte[]? TryOpen(KeyWrap wrap);

    private sealed class Password(byte[] password) : BackupKey
    {
        private protected override string Name => "This password";

        private protected override byte[]? TryOpen(KeyWrap wrap) => (wrap as PasswordWrap)?.Open(password);
    }

    private sealed class PrivateKey(AsymmetricAlgorithm key) : BackupKey
    {
        private protected override string Name => $"The private key whose public key has the SHA-256 {KeyFile.IdOf(key)}";

        private protected override byte[]? TryOpen(KeyWrap wrap)
        {
            lock (key)
            {
                return (key, wrap) switch
                {
                    (RSA rsa, RsaWrap forRsa) => forRsa.Open(rsa),
                    (ECDiffieHellman curve, EcWrap forCurve) => forCurve.Open(curve),
                    _ => null,
                };
            }
        }
    }
}

namespace PatientTools.Backups;

/// <summary>What opens an encrypted backup.</summary>
public abstract class BackupKey
{
    /// <summary>A password.</summary>
    /// <param name="password">The password.</param>
    /// <returns>The key.</returns>
    public static BackupKey OfPassword(string password) => throw new NotSupportedException();

    /// <summary>A private key.</summary>
    /// <param name="path">A PEM file with an RSA or EC private key.</param>
    /// <param name="password">The password of the file, when it is encrypted.</param>
    /// <returns>The key.</returns>
    /// <exception cref="PatientToolsException"><c>BackupKeyInvalid</c>, or the file cannot be read.</exception>
    public static BackupKey OfPrivateKey(string path, string? password) => throw new NotSupportedException();
}

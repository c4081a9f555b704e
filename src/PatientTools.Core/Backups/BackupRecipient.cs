namespace PatientTools.Backups;

/// <summary>For whom a backup is encrypted: whoever knows a password, or has the private key to a public one.</summary>
public abstract class BackupRecipient
{
    /// <summary>Whoever knows a password.</summary>
    /// <param name="password">The password; at least 8 characters.</param>
    /// <returns>The recipient.</returns>
    /// <exception cref="PatientToolsException"><c>BackupPasswordTooShort</c>.</exception>
    public static BackupRecipient OfPassword(string password) => throw new NotSupportedException();

    /// <summary>Whoever has the private key to a public one.</summary>
    /// <param name="path">A PEM file with an RSA (2,048 bits and more) or EC (P-256, P-384, P-521) public key or a certificate.</param>
    /// <returns>The recipient.</returns>
    /// <exception cref="PatientToolsException"><c>BackupKeyInvalid</c>, or the file cannot be read.</exception>
    public static BackupRecipient OfPublicKey(string path) => throw new NotSupportedException();
}

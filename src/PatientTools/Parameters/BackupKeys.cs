using System.Management.Automation;
using System.Security;
using PatientTools.Backups;

namespace PatientTools.Parameters;

/// <summary>What encrypts and opens backups, as it is given to cmdlets.</summary>
internal static class BackupKeys
{
    /// <summary>For whom a backup is encrypted; null for nobody.</summary>
    /// <exception cref="PatientToolsException">As <see cref="BackupRecipient"/>; <c>PathNotInFileSystem</c>.</exception>
    public static BackupRecipient? Recipient(PSCmdlet cmdlet, SecureString? password, string? recipientKey) =>
        password is not null ? BackupRecipient.OfPassword(Credentials.TextOf(password))
        : recipientKey is not null ? BackupRecipient.OfPublicKey(Commands.FilePaths.Resolve(cmdlet, recipientKey))
        : null;

    /// <summary>What opens a backup; null when nothing was given.</summary>
    /// <exception cref="PatientToolsException">As <see cref="BackupKey"/>; <c>PathNotInFileSystem</c>.</exception>
    public static BackupKey? Key(PSCmdlet cmdlet, SecureString? password, string? privateKey, SecureString? privateKeyPassword) =>
        password is not null ? BackupKey.OfPassword(Credentials.TextOf(password))
        : privateKey is not null ? BackupKey.OfPrivateKey(Commands.FilePaths.Resolve(cmdlet, privateKey), privateKeyPassword is null ? null : Credentials.TextOf(privateKeyPassword))
        : null;
}

using System.Management.Automation;
using System.Net;
using System.Security;
using System.Security.Cryptography;
using System.Xml;
using PatientTools.Accounts;
using PatientTools.Storage;

namespace PatientTools.Parameters;

/// <summary>Names and passwords as PowerShell holds them.</summary>
internal static class Credentials
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>What the engine takes. <see cref="PSCredential.Empty"/> has neither name nor password, which nobody has.</summary>
    public static StoreCredential Of(PSCredential credential) =>
        credential == PSCredential.Empty ? new("", "") : new(credential.UserName, TextOf(credential.Password));

    /// <summary>A password's text.</summary>
    public static string TextOf(SecureString password) => new NetworkCredential("", password).Password;

    /// <summary>Reads the credential that Export-Clixml has written into a file.</summary>
    /// <exception cref="PatientToolsException"><c>FileNotFound</c>, <c>FileAccessDenied</c>, <c>FileUnreadable</c>, <c>CredentialFileExposed</c>, <c>CredentialFileInvalid</c>, <c>CredentialFileProtected</c>.</exception>
    public static StoreCredential Read(string path)
    {
        var text = ReadText(path);
        try
        {
            return PSSerializer.Deserialize(text) is PSCredential credential ? Of(credential) : throw Invalid(path, null);
        }
        catch (CryptographicException e)
        {
            throw new PatientToolsException(
                "CredentialFileProtected",
                $"'{path}' can be read only by the user who exported it, on the machine where that was. Export the credential as the user who connects.",
                ErrorKind.Denied,
                e)
            { Target = path };
        }
        catch (Exception e) when (e is XmlException or FormatException or PSArgumentException or InvalidOperationException)
        {
            throw Invalid(path, e);
        }
    }

    private static string ReadText(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != UnixFileMode.None)
            {
                // Only Windows encrypts what Export-Clixml writes.
                throw new PatientToolsException(
                    "CredentialFileExposed",
                    $"'{path}' holds a password that other users of this machine may read or replace. Make it its owner's alone first: chmod 600 '{path}'. If somebody may have read it, change the password.",
                    ErrorKind.Denied)
                { Target = path };
            }

            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Reading(path, e);
        }
    }

    private static PatientToolsException Invalid(string path, Exception? cause) => new(
        "CredentialFileInvalid",
        $"'{path}' holds no credential. Make one with: Get-Credential | Export-Clixml -Path '{path}'",
        ErrorKind.InvalidData,
        cause)
    { Target = path };
}

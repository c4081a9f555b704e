using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Whose a file is. The file is never opened where others may have it open: see <see cref="StoreFile.Check"/>.</summary>
internal static class StoreOwner
{
    private const UnixFileMode OthersRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Whether the caller owns the file, or may do whatever its owner may.</summary>
    public static bool IsCaller(string path) =>
        Environment.IsPrivilegedProcess || (OperatingSystem.IsWindows() ? OwnsOnWindows(path) : OwnsOnUnix(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path));

    [SupportedOSPlatform("windows")]
    private static bool OwnsOnWindows(string path)
    {
        using var caller = WindowsIdentity.GetCurrent();
        var owner = new FileInfo(path).GetAccessControl(AccessControlSections.Owner).GetOwner(typeof(SecurityIdentifier));
        return owner is not null && (owner == caller.User || caller.Groups?.Contains(owner) == true);
    }

    /// <summary>
    /// .NET does not tell a file's owner, and the layout of what stat(2) answers differs from system to system; but only the
    /// owner may set a file's mode (chmod(2)), be it to what it is.
    /// </summary>
    [UnsupportedOSPlatform("windows")]
    private static bool OwnsOnUnix(string path)
    {
        var mode = File.GetUnixFileMode(path);
        try
        {
            File.SetUnixFileMode(path, mode);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            // A disk that is write-protected: who can read what only its owner may read is its owner.
            return (mode & OthersRead) == UnixFileMode.None && CanRead(path);
        }
    }

    private static bool CanRead(string path)
    {
        try
        {
            // Nobody writes here, so that no locks are lost with this handle.
            File.OpenHandle(path).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

using System.Runtime.InteropServices;

namespace PatientTools.Storage;

/// <summary>Gives a finished file a name that nobody has yet.</summary>
/// <remarks>
/// Where the system is not Windows, <see cref="File.Move(string, string)"/> looks whether there is such a file and then renames: of two
/// processes that want one name at the same moment the later one would put its file in the place of the other's. link(2) does
/// not.
/// </remarks>
internal static partial class NewName
{
    private const int AlreadyExists = 17;

    /// <summary>Renames a file.</summary>
    /// <param name="from">Its path.</param>
    /// <param name="to">Its new path, in the same folder.</param>
    /// <exception cref="IOException">There is a file of that name; or as <see cref="File.Move(string, string)"/>.</exception>
    /// <exception cref="UnauthorizedAccessException">As <see cref="File.Move(string, string)"/>.</exception>
    public static void Give(string from, string to)
    {
        if (OperatingSystem.IsWindows())
        {
            File.Move(from, to, overwrite: false);
        }
        else if (Link(from, to) == 0)
        {
            // A process that is killed here leaves the hidden name, too, which goes as any other leftover.
            File.Delete(from);
        }
        else if (Marshal.GetLastPInvokeError() == AlreadyExists)
        {
            throw new IOException($"The file '{to}' exists already.");
        }
        else
        {
            // A file system without links, such as that of a memory stick.
            File.Move(from, to, overwrite: false);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string from, string to);
}

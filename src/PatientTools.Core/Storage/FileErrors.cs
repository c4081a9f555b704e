namespace PatientTools.Storage;

/// <summary>Turns what the system says about a file into errors of ours.</summary>
public static class FileErrors
{
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int UnixNoSpace = 28;

    /// <summary>The error for a file that cannot be opened or read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the system threw.</param>
    /// <returns><c>FileNotFound</c>, <c>PathIsFolder</c>, <c>FileAccessDenied</c> or <c>FileUnreadable</c>.</returns>
    public static PatientToolsException Reading(string path, Exception cause) => cause switch
    {
        FileNotFoundException or DirectoryNotFoundException =>
            new PatientToolsException("FileNotFound", $"There is no file '{path}'.", ErrorKind.NotFound, cause) { Target = path },
        UnauthorizedAccessException when Directory.Exists(path) =>
            new PatientToolsException("PathIsFolder", $"'{path}' is a folder. Name the files in it.", ErrorKind.InvalidArgument, cause) { Target = path },
        UnauthorizedAccessException =>
            new PatientToolsException("FileAccessDenied", $"The system does not let you read '{path}'.", ErrorKind.Denied, cause) { Target = path },
        _ => new PatientToolsException("FileUnreadable", $"'{path}' cannot be read: the system reports a fault, or another program holds it.", ErrorKind.Unavailable, cause) { Target = path },
    };

    /// <summary>The error for a file that cannot be made or written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the system threw.</param>
    /// <returns><c>FolderNotFound</c>, <c>FileAccessDenied</c>, <c>DiskFull</c> or <c>FileNotWritable</c>.</returns>
    public static PatientToolsException Writing(string path, Exception cause) => cause switch
    {
        DirectoryNotFoundException =>
            new PatientToolsException("FolderNotFound", $"The folder of '{path}' does not exist. Make it first.", ErrorKind.NotFound, cause) { Target = path },
        UnauthorizedAccessException =>
            new PatientToolsException("FileAccessDenied", $"The system does not let you write '{path}'.", ErrorKind.Denied, cause) { Target = path },
        { HResult: WindowsDiskFull or UnixNoSpace } =>
            new PatientToolsException("DiskFull", $"The disk is full; '{path}' was not written.", ErrorKind.Full, cause) { Target = path },
        _ => new PatientToolsException("FileNotWritable", $"'{path}' cannot be written: the system reports a fault, or another program holds it.", ErrorKind.Unavailable, cause) { Target = path },
    };
}

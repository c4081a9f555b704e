namespace PatientTools.Adapters.Sqlite.Engine;

/// <summary>Turns SQLite's result codes (sqlite.org/rescode.html) into errors that name the store and say what to do.</summary>
internal static class StoreErrors
{
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Interrupted = 9;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int TooBig = 18;
    private const int NotADatabase = 26;
    private const int NoSpaceLeft = 28;
    private const int QuotaExceeded = 122;

    /// <summary>ERROR_DISK_FULL of Windows.</summary>
    private const int DiskFull = 112;

    /// <summary>The error of a result code.</summary>
    public static Exception Of(int code, StoreConnection connection)
    {
        var inner = new EngineException(code, connection.ErrorMessage);
        var path = connection.Path;
        return (code & 0xFF) switch
        {
            Busy or Locked => IsBusy(path, inner),
            Full => IsFull(path, inner),
            InputOutput when connection.SystemError is NoSpaceLeft or QuotaExceeded => IsFull(path, inner),
            Interrupted => new OperationCanceledException(null, inner),
            Corrupt or NotADatabase => IsDamaged(path, inner),
            ReadOnly or Permission or CannotOpen => NotWritable(path, inner),
            TooBig => new PatientToolsException("ValueTooLarge", "A single text of a patient is larger than the store can take (1,000,000,000 bytes).", ErrorKind.InvalidData, inner),
            InputOutput => new PatientToolsException(
                "StoreUnavailable",
                $"The operating system could not read or write the store '{path}'. Check the disk or the network it lies on, then try again; nothing half done was kept.",
                ErrorKind.Unavailable,
                inner)
            { Target = path },
            _ => new PatientToolsException(
                "StoreUnavailable",
                $"The store '{path}' refused an operation (SQLite result {code}). Run Test-PatientStore -Full and report it; nothing half done was kept.",
                ErrorKind.Unavailable,
                inner)
            { Target = path },
        };
    }

    public static bool IsUniqueViolation(Exception error) => error.InnerException is EngineException { Code: 2067 or 1555 };

    public static PatientToolsException IsBusy(string path, Exception? inner = null) => new(
        "StoreBusy",
        $"The store '{path}' is in use by another program for longer than the busy timeout. Try again later, or find out which program keeps it.",
        ErrorKind.Busy,
        inner)
    { Target = path };

    public static PatientToolsException OpenHere(string path) => new(
        "StoreBusy",
        $"The store '{path}' is open in this process. Disconnect it first, then read out what it still holds.",
        ErrorKind.Busy)
    { Target = path };

    public static PatientToolsException LogInUse(string path, Exception? inner = null) => new(
        "StoreBusy",
        $"The store '{path}' is being read by another program. What was to be erased is erased, but old bytes may remain in the store's write-ahead log until Optimize-PatientStore has run while nobody else reads.",
        ErrorKind.Busy,
        inner)
    { Target = path };

    public static PatientToolsException NotFound(string path) => new(
        "StoreNotFound",
        $"There is no store at '{path}'. Check the path, or make one with New-PatientStore.",
        ErrorKind.NotFound)
    { Target = path };

    public static PatientToolsException Exists(string path, Exception? inner = null) => new(
        "StoreExists",
        $"There is a file at '{path}' already. Choose another path, or open it with Connect-PatientStore.",
        ErrorKind.AlreadyExists,
        inner)
    { Target = path };

    public static PatientToolsException FolderMissing(string path) => new(
        "StoreFolderMissing",
        $"The folder for the store '{path}' does not exist. Make it first.",
        ErrorKind.NotFound)
    { Target = path };

    public static PatientToolsException NotAStore(string path, string why, Exception? inner = null) => new(
        "NotAStore",
        $"'{path}' is not a patient store: {why}.",
        ErrorKind.InvalidData,
        inner)
    { Target = path };

    public static PatientToolsException TooNew(string path, long format) => new(
        "StoreTooNew",
        $"The store '{path}' was written by a newer version of PatientTools (format {format}; this version knows formats up to {StoreSchema.FormatVersion}). Update PatientTools to open it.",
        ErrorKind.NotSupported)
    { Target = path };

    public static PatientToolsException TooOld(string path, string what) => new(
        "StoreTooOld",
        $"The store '{path}' {what}, and opening it read-only cannot bring it up to date. Open it once without -ReadOnly; its content is kept.",
        ErrorKind.NotSupported)
    { Target = path };

    public static PatientToolsException OpenedReadOnly(string path) => new(
        "StoreReadOnly",
        $"The store '{path}' is opened read-only. Connect to it without -ReadOnly to change it.",
        ErrorKind.InvalidOperation)
    { Target = path };

    public static PatientToolsException NotWritable(string path, Exception? inner = null) => new(
        "StoreNotWritable",
        $"The file or folder of the store '{path}' cannot be opened or written with the rights of this user. Check the rights of the file, its folder and the files beside it that end in -wal and -shm, or open the store read-only.",
        ErrorKind.Unavailable,
        inner)
    { Target = path };

    /// <summary>The error of a file of ours that SQLite has no part in.</summary>
    public static PatientToolsException OfSystem(string path, Exception error) =>
        (error.HResult & 0xFFFF) is NoSpaceLeft or QuotaExceeded or DiskFull ? IsFull(path, error) : NotWritable(path, error);

    public static PatientToolsException Closed(string path) => new(
        "StoreClosed",
        $"The store '{path}' has been closed. Connect to it again.",
        ErrorKind.InvalidOperation)
    { Target = path };

    public static PatientToolsException Undone(string path) => new(
        "StoreUnavailable",
        $"An earlier failure has undone everything that was being written to the store '{path}'. Nothing of it was kept; begin again.",
        ErrorKind.Unavailable)
    { Target = path };

    public static PatientToolsException IsFull(string path, Exception? inner = null) => new(
        "StoreFull",
        $"The disk that holds the store '{path}' is full, or a quota is reached. Nothing of this write was kept; free some space and try again.",
        ErrorKind.Full,
        inner)
    { Target = path };

    public static PatientToolsException IsDamaged(string path, Exception? inner = null) => new(
        "StoreDamaged",
        $"The store '{path}' is damaged. Restore the last backup, or read out what it still holds with Repair-PatientStore.",
        ErrorKind.Damaged,
        inner)
    { Target = path };
}

/// <summary>SQLite's own report of a failure: the cause below an error of ours, never shown alone.</summary>
internal sealed class EngineException(int code, string message) : Exception(message)
{
    /// <summary>The extended result code.</summary>
    public int Code { get; } = code;
}

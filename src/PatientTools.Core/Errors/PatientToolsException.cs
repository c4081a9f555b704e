namespace PatientTools;

/// <summary>What kind of thing went wrong; the cmdlets turn it into PowerShell's error category.</summary>
public enum ErrorKind
{
    /// <summary>Something named does not exist.</summary>
    NotFound,

    /// <summary>Something exists already and would be overwritten.</summary>
    AlreadyExists,

    /// <summary>A value given by the caller cannot be used.</summary>
    InvalidArgument,

    /// <summary>Data that was read is not what it has to be.</summary>
    InvalidData,

    /// <summary>The operation does not fit the present state.</summary>
    InvalidOperation,

    /// <summary>Somebody else changed the same thing, or an identity is claimed twice.</summary>
    Conflict,

    /// <summary>The right to do this is missing.</summary>
    Denied,

    /// <summary>Who somebody is has not been shown.</summary>
    Unauthenticated,

    /// <summary>Something is in use by somebody else for longer than we wait.</summary>
    Busy,

    /// <summary>A file, a folder or the system below refused.</summary>
    Unavailable,

    /// <summary>The disk, or a quota, is full.</summary>
    Full,

    /// <summary>Stored data is damaged.</summary>
    Damaged,

    /// <summary>This platform or version cannot do it.</summary>
    NotSupported,
}

/// <summary>
/// The base of every error the engine reports: what happened, to what, and what to do, under a stable id.
/// </summary>
public class PatientToolsException : Exception
{
    /// <summary>Makes an error.</summary>
    /// <param name="errorId">The stable id: PascalCase, never holding data.</param>
    /// <param name="message">What happened, to what, and what to do.</param>
    /// <param name="kind">The kind of error.</param>
    /// <param name="inner">The cause below, if any; kept for the debugger, never shown alone.</param>
    public PatientToolsException(string errorId, string message, ErrorKind kind, Exception? inner = null)
        : base(message, inner)
    {
        ErrorId = errorId;
        Kind = kind;
    }

    /// <summary>The stable id of the error, by which scripts tell errors apart.</summary>
    public string ErrorId { get; }

    /// <summary>The kind of error.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What the error is about: a patient's id, a path, a value. Null when it is about nothing in particular.</summary>
    public object? Target { get; init; }
}

/// <summary>JSON or another document that cannot be taken, with the place where reading stopped.</summary>
public sealed class InvalidDocumentException : PatientToolsException
{
    /// <summary>Makes the error.</summary>
    /// <param name="errorId">The stable id.</param>
    /// <param name="message">What is wrong, without the place, which is added.</param>
    /// <param name="line">The line, from 1; 0 when unknown.</param>
    /// <param name="column">The column in bytes, from 1; 0 when unknown.</param>
    /// <param name="inner">The cause below.</param>
    public InvalidDocumentException(string errorId, string message, long line = 0, long column = 0, Exception? inner = null)
        : base(errorId, Placed(message, line, column), ErrorKind.InvalidData, inner)
    {
        Problem = message;
        Line = line;
        Column = column;
    }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>The line at which reading stopped, from 1; 0 when unknown.</summary>
    public long Line { get; }

    /// <summary>The column in bytes at which reading stopped, from 1; 0 when unknown.</summary>
    public long Column { get; }

    /// <summary>The same error, told of the file in which the document lies.</summary>
    /// <param name="file">The name of the file, as people know it.</param>
    /// <param name="line">The line of the file at which the document begins, from 1.</param>
    /// <param name="column">The column in bytes at which it begins, from 1.</param>
    /// <returns>A new error with this one as its cause.</returns>
    public InvalidDocumentException In(string file, long line, long column)
    {
        var sameLine = Line <= 1;
        return new InvalidDocumentException(
            ErrorId,
            $"{file}: {Problem}",
            sameLine ? line : line + Line - 1,
            Line == 0 ? 0 : sameLine ? column + Column - 1 : Column,
            this)
        { Target = file };
    }

    private static string Placed(string message, long line, long column) =>
        line == 0 ? message : column == 0 ? $"{message} (line {line})" : $"{message} (line {line}, column {column})";
}

/// <summary>A write on an outdated version was refused, or an identity belongs to somebody else.</summary>
public sealed class ConflictException : PatientToolsException
{
    /// <summary>Makes the error.</summary>
    /// <param name="errorId">The stable id.</param>
    /// <param name="message">What conflicts with what, and what to do.</param>
    public ConflictException(string errorId, string message)
        : base(errorId, message, ErrorKind.Conflict)
    {
    }
}

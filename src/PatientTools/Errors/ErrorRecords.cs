using System.Management.Automation;
using PatientTools.Interchange;

namespace PatientTools.Errors;

/// <summary>The one place that turns errors into PowerShell's error records. What to do stands in the message itself.</summary>
internal static class ErrorRecords
{
    /// <summary>The record of an error the engine reports.</summary>
    /// <param name="error">The error; its id becomes the first part of the record's <c>FullyQualifiedErrorId</c>.</param>
    /// <param name="target">What the record is about when the error itself does not say.</param>
    public static ErrorRecord From(PatientToolsException error, object? target = null) =>
        new(error, error.ErrorId, Category(error.Kind), error.Target ?? target);

    /// <summary>The record of something an import could not take; its target is the place.</summary>
    /// <param name="item">What was rejected.</param>
    public static ErrorRecord From(RejectedItem item)
    {
        var (reason, place) = (item.Reason, item.Place);
        return new ErrorRecord(reason, reason.ErrorId, Category(reason.Kind), place)
        {
            ErrorDetails = reason.Message.Contains(place.File, StringComparison.Ordinal) ? null : new ErrorDetails($"{place}: {reason.Message}"),
        };
    }

    /// <summary>The record of an error nobody foresaw: a sentence for the reader, the cause for the debugger.</summary>
    /// <param name="error">The cause.</param>
    public static ErrorRecord Unexpected(Exception error) => From(new PatientToolsException(
        "InternalError",
        $"Something happened that PatientTools does not foresee ({error.GetType().Name}). What was reported as written is safe. Please report it with the output of Get-Error.",
        ErrorKind.NotSupported,
        error));

    private static ErrorCategory Category(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.AlreadyExists => ErrorCategory.ResourceExists,
        ErrorKind.InvalidArgument => ErrorCategory.InvalidArgument,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.InvalidOperation => ErrorCategory.InvalidOperation,
        ErrorKind.Conflict => ErrorCategory.ResourceExists,
        ErrorKind.Denied => ErrorCategory.PermissionDenied,
        ErrorKind.Unauthenticated => ErrorCategory.AuthenticationError,
        ErrorKind.Busy => ErrorCategory.ResourceBusy,
        ErrorKind.Unavailable => ErrorCategory.ResourceUnavailable,
        ErrorKind.Full => ErrorCategory.LimitsExceeded,
        ErrorKind.Damaged => ErrorCategory.InvalidData,
        ErrorKind.NotSupported => ErrorCategory.NotImplemented,
        _ => ErrorCategory.NotSpecified,
    };
}

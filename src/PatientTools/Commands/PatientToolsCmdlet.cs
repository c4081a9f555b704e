using System.Management.Automation;
using PatientTools.Errors;

namespace PatientTools.Commands;

/// <summary>
/// The base of every cmdlet: errors of the engine become error records, and stopping the pipeline stops the engine.
/// </summary>
public abstract class PatientToolsCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>Cancelled when the pipeline is stopped: by Ctrl+C, or from another thread.</summary>
    protected CancellationToken Cancellation => _cancellation.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Called once before the first object of the pipeline.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Called for each object of the pipeline, once when there is no pipeline.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>Called once after the last object of the pipeline.</summary>
    protected virtual void End()
    {
    }

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _cancellation.Cancel();

    /// <summary>Releases what the cmdlet holds; PowerShell calls it whatever way the pipeline ended.</summary>
    /// <param name="disposing">Whether called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _cancellation.Dispose();
        }
    }

    /// <summary>Does something about one item of many: its error is reported, and the next item goes on.</summary>
    /// <param name="target">What the item is.</param>
    /// <param name="action">What to do.</param>
    protected void ForItem(object? target, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        try
        {
            action();
        }
        catch (PatientToolsException e) when (ConcernsItem(e))
        {
            WriteError(ErrorRecords.From(e, target));
        }
    }

    /// <summary>Whether an error is about one item, so that the next one may go on, rather than about the store.</summary>
    private static bool ConcernsItem(PatientToolsException error) =>
        error.Kind is not (ErrorKind.Busy or ErrorKind.Full or ErrorKind.Unavailable or ErrorKind.Damaged or ErrorKind.Denied)
        && error.ErrorId is not ("SessionClosed" or "NotConnected");

    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (PatientToolsException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e));
        }
        catch (Exception e) when (!BelongsToPowerShell(e))
        {
            ThrowTerminatingError(ErrorRecords.Unexpected(e));
        }
    }

    /// <summary>
    /// Stopped pipelines, <c>break</c> and <c>exit</c> downstream, <c>-ErrorAction Stop</c>, questions nobody can answer, and
    /// whatever else has a record already are PowerShell's own business.
    /// </summary>
    private static bool BelongsToPowerShell(Exception error) => error is IContainsErrorRecord or FlowControlException;
}

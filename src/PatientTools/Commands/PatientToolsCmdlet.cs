using System.Management.Automation;
using PatientTools.Auditing;
using PatientTools.Errors;

namespace PatientTools.Commands;

/// <summary>
/// The base of every cmdlet: errors of the engine become error records, and stopping the pipeline stops the engine.
/// </summary>
public abstract class PatientToolsCmdlet : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private bool _ended;
    private string? _reporting;

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
    protected sealed override void EndProcessing()
    {
        Guard(End);
        Conclude(AuditOutcome.Succeeded, null);
    }

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _cancellation.Cancel();

    /// <summary>Told once how the call ended.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="errorId">The stable id of the error that ended it.</param>
    private protected virtual void Ended(AuditOutcome outcome, string? errorId)
    {
    }

    /// <summary>Releases what the cmdlet holds; PowerShell calls it whatever way the pipeline ended.</summary>
    /// <param name="disposing">Whether called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            // Whoever has not come to an end by now was stopped: from outside, or because somebody downstream had enough.
            Conclude(AuditOutcome.Stopped, null);
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
            Report(ErrorRecords.From(e, target));
        }
    }

    /// <summary>Reports an error that ends nothing, unless the caller wants it to.</summary>
    /// <param name="error">The record of an error of the engine.</param>
    protected void Report(ErrorRecord error)
    {
        ArgumentNullException.ThrowIfNull(error);

        // With -ErrorAction Stop the pipeline is stopped from within, and what comes up from there does not tell by what.
        _reporting = (error.Exception as PatientToolsException)?.ErrorId;
        WriteError(error);
        _reporting = null;
    }

    /// <summary>Whether an error is about one item, so that the next one may go on, rather than about the store.</summary>
    private static bool ConcernsItem(PatientToolsException error) =>
        error.ErrorId is "BackupKeyRequired" or "BackupKeyWrong"
        || (error.Kind is not (ErrorKind.Busy or ErrorKind.Full or ErrorKind.Unavailable or ErrorKind.Damaged or ErrorKind.Denied or ErrorKind.Unauthenticated)
        && error.ErrorId is not ("SessionClosed" or "NotConnected" or "ReasonRequired"));

    /// <summary>What comes first counts.</summary>
    private void Conclude(AuditOutcome outcome, string? errorId)
    {
        if (!_ended)
        {
            _ended = true;
            Ended(outcome, errorId);
        }
    }

    private void Guard(Action step)
    {
        try
        {
            step();
        }
        catch (OperationCanceledException) when (_cancellation.IsCancellationRequested)
        {
            Conclude(AuditOutcome.Stopped, null);
            throw new PipelineStoppedException();
        }
        catch (PatientToolsException e)
        {
            Conclude(AuditOutcome.Failed, e.ErrorId);
            ThrowTerminatingError(ErrorRecords.From(e));
        }
        catch (Exception e) when (!BelongsToPowerShell(e))
        {
            var unexpected = ErrorRecords.Unexpected(e);
            Conclude(AuditOutcome.Failed, unexpected.FullyQualifiedErrorId);
            ThrowTerminatingError(unexpected);
        }
        catch (Exception e)
        {
            // Of errors that are not ours nothing is told: their ids may hold whatever somebody threw.
            var ours = ((e as IContainsErrorRecord)?.ErrorRecord?.Exception as PatientToolsException)?.ErrorId ?? _reporting;
            Conclude(ours is null ? AuditOutcome.Stopped : AuditOutcome.Failed, ours);
            throw;
        }
    }

    /// <summary>
    /// Stopped pipelines, <c>break</c> and <c>exit</c> downstream, <c>-ErrorAction Stop</c>, questions nobody can answer, and
    /// whatever else has a record already are PowerShell's own business.
    /// </summary>
    private static bool BelongsToPowerShell(Exception error) => error is IContainsErrorRecord or FlowControlException;
}

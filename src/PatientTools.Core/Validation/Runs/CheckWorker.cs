using PatientTools.Validation.Rules.Run;

namespace PatientTools.Validation.Runs;

/// <summary>One who checks patients, one after the other, under the eyes of a watchdog.</summary>
/// <remarks>
/// A patient begins with writing a number and ends with exchanging it: no clock is looked at and no token source made. The
/// watchdog sees that a number has stood for too long, marks it as overdue and cancels; if the rule does not heed the token, it
/// marks the worker as lost. Both marks lie in the number itself, so that whoever comes too late knows it.
/// </remarks>
internal sealed class CheckWorker : IDisposable
{
    private const long Idle = 0;
    private const long Overdue = 1;
    private const long Lost = 2;

    /// <summary>What two patients' numbers differ by: the last two bits are for the marks.</summary>
    private const long Step = 4;

    private readonly Lock _lock = new();
    private readonly CancellationToken _stop;
    private CancellationTokenSource _source;
    private IPatientCheck _check;
    private long _state;
    private long _last;
    private long _seen;
    private long _since;

    /// <summary>Makes one.</summary>
    /// <param name="terms">How is checked.</param>
    /// <param name="isCallers">Whether it works on the thread of whoever waits for the results, who cannot be replaced.</param>
    /// <param name="stop">Stops.</param>
    public CheckWorker(CheckTerms terms, bool isCallers, CancellationToken stop)
    {
        (Terms, _stop, IsCallers) = (terms, stop, isCallers);
        _check = terms.Rent();
        _source = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <summary>How is checked.</summary>
    public CheckTerms Terms { get; }

    /// <summary>Whether it works on the thread of whoever waits for the results.</summary>
    public bool IsCallers { get; }

    /// <summary>What it is working on; null between two batches.</summary>
    public CheckBatch? Batch { get; set; }

    /// <summary>Checks a patient.</summary>
    /// <param name="patient">The patient.</param>
    /// <returns>What was found; null when the worker was given up meanwhile, so that nothing may be touched any more.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public PatientValidationResult? Check(in PatientInput patient)
    {
        var mine = _last += Step;
        Volatile.Write(ref _state, mine);
        PatientValidationResult? result = null;
        Exception? error = null;
        try
        {
            result = _check.Validate(patient, _source.Token);
        }
        catch (Exception e)
        {
            error = e;
        }

        var state = Interlocked.CompareExchange(ref _state, Idle, mine);
        return state == mine && error is null ? result : Settle(patient, mine, result, error);
    }

    /// <summary>Looks at how long the present patient has been taking. Called by the watchdog alone.</summary>
    /// <param name="now">The time.</param>
    /// <returns>The rule that was running, wrapped, when the worker has to be replaced; else null.</returns>
    public LostCheck? Look(TimeSpan now)
    {
        var state = Volatile.Read(ref _state);
        if (state != _seen)
        {
            (_seen, _since) = (state, now.Ticks);
            return null;
        }

        var waited = TimeSpan.FromTicks(now.Ticks - _since);
        if (state % Step == Overdue)
        {
            return !IsCallers && waited >= Terms.Grace && Interlocked.CompareExchange(ref _state, state - Overdue + Lost, state) == state ? new LostCheck(_check.Current) : null;
        }

        if (state != Idle && state % Step == 0 && (waited >= Terms.Timeout || _stop.IsCancellationRequested))
        {
            MarkOverdue(state, now);
        }

        return null;
    }

    /// <summary>Gives back what can be used again.</summary>
    public void Dispose()
    {
        Terms.Return(_check);
        _source.Dispose();
    }

    private void MarkOverdue(long state, TimeSpan now)
    {
        lock (_lock)
        {
            if (Interlocked.CompareExchange(ref _state, state + Overdue, state) == state)
            {
                (_seen, _since) = (state + Overdue, now.Ticks);
                _source.Cancel();
            }
        }
    }

    private PatientValidationResult? Settle(in PatientInput patient, long mine, PatientValidationResult? result, Exception? error)
    {
        var isOverdue = Interlocked.CompareExchange(ref _state, Idle, mine + Overdue) == mine + Overdue;
        if (Volatile.Read(ref _state) == mine + Lost)
        {
            return null;
        }

        if (isOverdue)
        {
            Renew();
        }

        _stop.ThrowIfCancellationRequested();
        if (result is not null)
        {
            return result;
        }

        if (isOverdue && error is OperationCanceledException)
        {
            return _check.TimedOut(patient);
        }

        // Whoever failed may be in any state, so another takes its place.
        var running = _check.Current;
        _check = Terms.Rent(fresh: true);
        return Terms.Unfinished(patient, issues => RuleFailed.Report(running, error!, issues));
    }

    /// <summary>The watchdog may be about to cancel the old source: it holds the lock from its mark on until it has.</summary>
    private void Renew()
    {
        lock (_lock)
        {
            _source.Dispose();
            _source = CancellationTokenSource.CreateLinkedTokenSource(_stop);
        }
    }
}

/// <summary>A check whose rule heeds no token.</summary>
/// <param name="Running">The rule that is running; null when the document is still being read.</param>
internal sealed record LostCheck(PatientRule? Running);

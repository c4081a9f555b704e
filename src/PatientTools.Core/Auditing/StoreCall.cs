using PatientTools.Accounts;
using PatientTools.Storage;

namespace PatientTools.Auditing;

/// <summary>
/// One call of somebody, such as one invocation of a cmdlet: for each operation it uses the trail has one event, however
/// many patients it concerns. Safe to use from many threads.
/// </summary>
public sealed class StoreCall : IDisposable
{
    private readonly OpenSession _session;
    private readonly Lock _gate = new();
    private readonly List<AuditedEvent> _events = [];
    private AuditedEvent? _last;
    private bool _over;

    internal StoreCall(OpenSession session, string? command, string? reason)
    {
        _session = session;
        Command = command;
        Reason = reason;
        Session = new PatientStoreSession(session, this);
    }

    /// <summary>The session, for the use of this call: whatever is done by it belongs to the call.</summary>
    public PatientStoreSession Session { get; }

    /// <summary>The cmdlet.</summary>
    public string? Command { get; }

    /// <summary>Why, in the words of the caller.</summary>
    public string? Reason { get; }

    /// <summary>The call ends with an error, or is stopped.</summary>
    /// <param name="outcome">How.</param>
    /// <param name="errorId">The error's stable id.</param>
    public void Fail(AuditOutcome outcome, string? errorId)
    {
        lock (_gate)
        {
            foreach (var e in _events)
            {
                e.Fail(outcome, errorId);
            }
        }
    }

    /// <summary>Ends the call.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_over)
            {
                return;
            }

            _over = true;
            foreach (var e in _events)
            {
                e.End();
            }
        }
    }

    /// <summary>The event of an operation; the same one for the whole call.</summary>
    internal AuditedEvent EventOf(StoreOperation operation)
    {
        if (_last is { } last && last.Operation == operation)
        {
            return last;
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_over, this);
            var found = _events.Find(e => e.Operation == operation);
            if (found is null)
            {
                _events.Add(found = _session.NewEvent(operation, Command, Reason));
            }

            return _last = found;
        }
    }
}

using PatientTools.Accounts;

namespace PatientTools.Storage;

/// <summary>
/// Applies changes that come one by one in transactions that grow: the first change is durable at once, and of many not
/// each pays for a flush of its own.
/// </summary>
public sealed class GroupCommit
{
    private const int Largest = 512;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);
    private readonly PatientWriter _writer;
    private readonly bool _stopAtRefusal;
    private readonly TimeProvider _time;
    private readonly List<PatientWrite> _waiting = [];
    private long _firstWaiting;
    private long _lastAdded;
    private int _size = 1;

    /// <summary>Begins.</summary>
    /// <param name="session">The store.</param>
    /// <param name="stopAtRefusal">Whether nothing behind a refused change is applied.</param>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>, <c>StoreReadOnly</c>.</exception>
    [Requires(StoreOperation.AddPatient, StoreOperation.ChangePatient, StoreOperation.RemovePatient, StoreOperation.RestorePatient, StoreOperation.PurgePatient, StoreOperation.ImportPatients)]
    public GroupCommit(PatientStoreSession session, bool stopAtRefusal)
    {
        ArgumentNullException.ThrowIfNull(session);
        _writer = session.Writer();
        _stopAtRefusal = stopAtRefusal;
        _time = session.Options.Time;
        _lastAdded = _time.GetTimestamp();
    }

    /// <summary>Takes a change; when enough wait, or the first has waited long enough, they are applied.</summary>
    /// <param name="write">The change.</param>
    /// <param name="cancellation">Gives up before the commit.</param>
    /// <returns>What became of the applied ones, in order.</returns>
    /// <exception cref="PatientToolsException">The store cannot be written; then nothing that waited was.</exception>
    [Requires(StoreOperation.AddPatient, StoreOperation.ChangePatient, StoreOperation.RemovePatient, StoreOperation.RestorePatient, StoreOperation.PurgePatient, StoreOperation.ImportPatients)]
    public IReadOnlyList<PatientWriteResult> Add(PatientWrite write, CancellationToken cancellation)
    {
        if (_time.GetElapsedTime(_lastAdded) > Patience)
        {
            // Who brings changes slowly waits for each.
            _size = 1;
        }

        _lastAdded = _time.GetTimestamp();
        _firstWaiting = _waiting.Count == 0 ? _lastAdded : _firstWaiting;
        _waiting.Add(write);
        return _waiting.Count >= _size || _time.GetElapsedTime(_firstWaiting) > Patience ? Flush(cancellation) : [];
    }

    /// <summary>Applies what waits.</summary>
    /// <param name="cancellation">Gives up before the commit.</param>
    /// <returns>What became of each, in order; shorter when a refusal stopped the rest.</returns>
    /// <exception cref="PatientToolsException">The store cannot be written; then nothing that waited was.</exception>
    [Requires(StoreOperation.AddPatient, StoreOperation.ChangePatient, StoreOperation.RemovePatient, StoreOperation.RestorePatient, StoreOperation.PurgePatient, StoreOperation.ImportPatients)]
    public IReadOnlyList<PatientWriteResult> Flush(CancellationToken cancellation)
    {
        if (_waiting.Count == 0)
        {
            return [];
        }

        PatientWrite[] writes = [.. _waiting];
        _waiting.Clear();
        _size = Math.Min(_size * 2, Largest);
        return _writer.Apply(writes, _stopAtRefusal, cancellation);
    }
}

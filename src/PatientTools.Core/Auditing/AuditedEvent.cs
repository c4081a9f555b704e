using PatientTools.Accounts;
using PatientTools.Patients;

namespace PatientTools.Auditing;

/// <summary>
/// An event under way: whom it has concerned so far, and how it ends. Safe to use from many threads. The journal takes what
/// is not written yet about twice a second, so that nothing is known for longer than a second to memory alone.
/// </summary>
/// <remarks>
/// What is new is taken only inside write transactions, of which there is one at a time: whoever finds that something was
/// taken already knows that its transaction is over and its outcome about to be told, and waits for that. So the entries of
/// an event follow each other in the chain, and nobody holds anything that another one waits for.
/// </remarks>
internal sealed class AuditedEvent
{
    /// <summary>What stands between two things that were said of an event.</summary>
    public const string BetweenDetails = "; ";

    private const int IdLength = 16;
    private const int ChunkLength = AuditChain.MostPatients * IdLength;
    private const int MostDetails = 1000;
    private static readonly AuditContent NothingMore = new();
    private readonly object _gate = new();
    private readonly AuditJournal _journal;
    private readonly DateTime _began;
    private readonly List<ReadOnlyMemory<byte>> _chunks = [];
    private byte[] _ids = [];
    private int _length;
    private PatientId? _lastSeen;
    private AuditOutcome? _failure;
    private string? _errorId;
    private string? _details;
    private string? _lastDetails;
    private bool _oneFailed;
    private string? _oneErrorId;
    private bool _over;
    private bool _isWaiting;
    private Told _told = Told.Nothing;
    private Taken? _taken;

    /// <summary>Begins; the journal knows of it from now on.</summary>
    public AuditedEvent(AuditJournal journal, StoreOperation operation, string? account, AuditContent content)
    {
        _journal = journal;
        _began = journal.Time.GetUtcNow().UtcDateTime;
        Operation = operation;
        Account = account;
        Content = content;
        _details = content.Details;
        journal.Relieve();
        Wake();
    }

    /// <summary>An event that is over already, known by its one entry.</summary>
    public AuditedEvent(AuditJournal journal, AuditDraft draft)
    {
        _journal = journal;
        _began = draft.Time;
        _over = true;
        (_failure, _errorId, _details) = (draft.Outcome, draft.Content.ErrorId, draft.Content.Details);
        Operation = draft.Operation;
        Account = draft.Account;
        Content = draft.Content;
        if (!draft.Patients.IsEmpty)
        {
            _chunks.Add(draft.Patients);
        }

        journal.Relieve();
        Wake();
    }

    public StoreOperation Operation { get; }

    public string? Account { get; }

    /// <summary>What is told besides in the first entry.</summary>
    public AuditContent Content { get; }

    /// <summary>Says what it is about; said again, it is added, up to a bound, but not the same twice in a row.</summary>
    public void Describe(string details)
    {
        lock (_gate)
        {
            var known = _told.Details + (_details?.Length ?? 0);
            if (string.Equals(details, _lastDetails, StringComparison.Ordinal) || known > MostDetails)
            {
                return;
            }

            _lastDetails = details;
            var added = known + details.Length > MostDetails ? "…" : details;
            _details = Joined(_details, added);
            Wake();
        }
    }

    /// <summary>A patient's data was handed to the caller; more of the same patient's right afterwards is not told again. Never told inside a write transaction, which the journal may have to wait for.</summary>
    /// <exception cref="PatientToolsException"><c>SessionClosed</c>: the trail takes nothing more, so that the patient must not be handed on.</exception>
    public void Saw(PatientId patient)
    {
        if (_journal.Forgets)
        {
            return;
        }

        lock (_gate)
        {
            if (_lastSeen == patient)
            {
                return;
            }

            _lastSeen = patient;
            if (_length == _ids.Length)
            {
                Array.Resize(ref _ids, Math.Clamp(4 * _length, 4 * IdLength, ChunkLength));
            }

            patient.Value.TryWriteBytes(_ids.AsSpan(_length), bigEndian: true, out _);
            _length += IdLength;
            if (!Wake())
            {
                // What is not logged must not happen.
                throw _journal.Closed();
            }

            if (_length < ChunkLength)
            {
                return;
            }

            _chunks.Add(_ids);
            (_ids, _length) = (new byte[ChunkLength], 0);
            _journal.ChunksWait(1);
        }

        _journal.Relieve();
    }

    /// <summary>Something went wrong, of which only the id is told. The first one counts.</summary>
    public void Fail(AuditOutcome outcome, string? errorId)
    {
        lock (_gate)
        {
            if (_failure is null && !_over)
            {
                (_failure, _errorId) = (outcome, errorId);
            }
        }
    }

    /// <summary>One of many things was not done. The event fails by it only if it has concerned nobody when it ends.</summary>
    public void FailOne(string? errorId)
    {
        lock (_gate)
        {
            (_oneFailed, _oneErrorId) = (true, _oneFailed ? _oneErrorId : errorId);
        }
    }

    /// <summary>The event is over; what is not written yet will be within a second.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (!_over)
            {
                if (_oneFailed && _failure is null && _told.Count == 0 && _length == 0 && _chunks.Count == 0)
                {
                    (_failure, _errorId) = (AuditOutcome.Failed, _oneErrorId);
                }

                _over = true;
                Wake();
            }
        }
    }

    /// <summary>
    /// Takes what is not written yet into a transaction that writes patients: the write and its event are one. What is committed
    /// has succeeded, so that its entry says so at once, whatever the event does next.
    /// </summary>
    /// <param name="patients">The patients that the transaction writes.</param>
    /// <returns>The entries to append, in order; once the transaction is committed, <see cref="Written"/> is told, else <see cref="NotWritten"/>.</returns>
    public IReadOnlyList<AuditDraft> TakeWith(IReadOnlyList<PatientId> patients)
    {
        var ids = new byte[patients.Count * IdLength];
        for (var i = 0; i < patients.Count; i++)
        {
            patients[i].Value.TryWriteBytes(ids.AsSpan(i * IdLength), bigEndian: true, out _);
        }

        lock (_gate)
        {
            return Take(ids, _failure ?? AuditOutcome.Succeeded);
        }
    }

    /// <summary>What was taken last is in the chain.</summary>
    /// <param name="first">The number of the event's first entry.</param>
    public void Written(long first)
    {
        lock (_gate)
        {
            if (OwnTaken is { } taken)
            {
                _told = taken.Told with { First = first };
                Settle();
            }
        }
    }

    /// <summary>What was taken last is not in the chain: the transaction was undone.</summary>
    public void NotWritten()
    {
        lock (_gate)
        {
            if (OwnTaken is not { } taken)
            {
                return;
            }

            _chunks.InsertRange(0, taken.Chunks);
            _journal.ChunksWait(taken.Chunks.Count);
            _details = Joined(taken.Details, _details);
            Settle();
            Wake();
        }
    }

    /// <summary>Takes what is not written yet into the journal's transaction.</summary>
    public IReadOnlyList<AuditDraft> Take()
    {
        lock (_gate)
        {
            _isWaiting = false;
            return Take(ReadOnlyMemory<byte>.Empty, Outcome);
        }
    }

    /// <summary>Whether there is something to be written; if not, the journal lets go of it until there is.</summary>
    public bool IsToBeWritten()
    {
        lock (_gate)
        {
            return _isWaiting = HasNews(Outcome) || _taken is not null;
        }
    }

    /// <summary>What this thread has taken: only the one whose transaction it is knows what became of it.</summary>
    private Taken? OwnTaken => _taken?.Thread == Environment.CurrentManagedThreadId ? _taken : null;

    private AuditOutcome Outcome => _over ? _failure ?? AuditOutcome.Succeeded : AuditOutcome.Pending;

    private bool HasNews(AuditOutcome outcome) =>
        _told.First == 0 || _length > 0 || _chunks.Count > 0 || _details is not null || outcome != _told.Outcome && outcome != AuditOutcome.Pending;

    private AuditDraft[] Take(ReadOnlyMemory<byte> written, AuditOutcome outcome)
    {
        while (_taken is { } taken)
        {
            if (taken.Thread == Environment.CurrentManagedThreadId)
            {
                throw new InvalidOperationException("What became of the entries taken last has not been told.");
            }

            Monitor.Wait(_gate);
        }

        if (written.IsEmpty && !HasNews(outcome))
        {
            return [];
        }

        if (_length > 0)
        {
            _chunks.Add(_ids.AsMemory(0, _length));
            _journal.ChunksWait(1);
            (_ids, _length) = ([], 0);
        }

        var seen = _chunks.ToArray();
        _chunks.Clear();
        _journal.ChunksWait(-seen.Length);
        var drafts = Drafts([.. seen, .. Chunks(written)], outcome);
        _taken = new Taken(Environment.CurrentManagedThreadId, seen, _details, new Told(0, outcome, drafts[^1].Count, _told.Details + (_details?.Length ?? 0)));
        _details = null;
        return drafts;
    }

    private AuditDraft[] Drafts(ReadOnlyMemory<byte>[] chunks, AuditOutcome outcome)
    {
        var drafts = new AuditDraft[Math.Max(chunks.Length, 1)];
        var (count, isBegun) = (_told.Count, _told.First > 0);
        for (var i = 0; i < drafts.Length; i++)
        {
            var isLast = i == drafts.Length - 1;
            var ids = i < chunks.Length ? chunks[i] : ReadOnlyMemory<byte>.Empty;
            var content = isBegun || i > 0 ? NothingMore : Content;
            var (details, errorId) = (i == 0 ? _details : null, isLast ? _errorId : null);
            count += ids.Length / IdLength;
            drafts[i] = new AuditDraft(
                isBegun || i > 0 ? Now() : _began,
                isBegun ? _told.First : null,
                Account,
                Operation,
                isLast ? outcome : AuditOutcome.Pending,
                details is null && errorId is null ? content : content with { Details = details, ErrorId = errorId },
                count,
                ids)
            { First = isBegun || i == 0 ? null : drafts[0] };
        }

        return drafts;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Chunks(ReadOnlyMemory<byte> ids)
    {
        for (var at = 0; at < ids.Length; at += ChunkLength)
        {
            yield return ids.Slice(at, Math.Min(ChunkLength, ids.Length - at));
        }
    }

    private DateTime Now() => _journal.Time.GetUtcNow().UtcDateTime;

    private void Settle()
    {
        _taken = null;
        Monitor.PulseAll(_gate);
    }

    /// <summary>Lets the journal know, once until it has looked.</summary>
    /// <returns>Whether what is new will be written.</returns>
    private bool Wake()
    {
        if (!_isWaiting && !_journal.Forgets)
        {
            _isWaiting = _journal.Wait(this);
        }

        return _journal.Forgets || (_isWaiting && !_journal.IsOver);
    }

    private static string? Joined(string? before, string? behind) => before is null ? behind : behind is null ? before : $"{before}{BetweenDetails}{behind}";

    /// <summary>What the chain tells of the event: the number of its first entry (0 when there is none), its outcome, how many patients, and the length of the words.</summary>
    private sealed record Told(long First, AuditOutcome Outcome, long Count, int Details)
    {
        public static Told Nothing { get; } = new(0, AuditOutcome.Pending, 0, 0);
    }

    /// <summary>What a transaction has taken: the ids and words to put back when it is undone, and what the chain tells when it is not.</summary>
    private sealed record Taken(int Thread, IReadOnlyList<ReadOnlyMemory<byte>> Chunks, string? Details, Told Told);
}

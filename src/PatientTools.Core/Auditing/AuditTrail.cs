using PatientTools.Accounts;
using PatientTools.Storage;

namespace PatientTools.Auditing;

/// <summary>Reads and checks the trail. Nothing here or elsewhere changes what is in it.</summary>
public sealed class AuditTrail
{
    private readonly StoreAccess _access;

    internal AuditTrail(StoreAccess access) => _access = access;

    /// <summary>Reads events, in the order of their numbers; what this session has done so far is written first; that of others may take a second.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <returns>The events, read while they are enumerated, in short transactions. The reading itself is an event that comes afterwards.</returns>
    /// <exception cref="PatientToolsException">The trail cannot be read, or what waits cannot be written.</exception>
    [Requires(StoreOperation.ReadAuditTrail)]
    public IEnumerable<AuditEvent> Read(AuditQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Enumerate(query, cancellation);
    }

    /// <summary>Reads the head, to be kept elsewhere.</summary>
    /// <returns>The head, behind everything this process has seen, this reading included.</returns>
    /// <exception cref="PatientToolsException">The trail cannot be read, or what waits cannot be written.</exception>
    [Requires(StoreOperation.CheckAuditTrail)]
    public AuditHead ReadHead() => _access.Run(StoreOperation.CheckAuditTrail, use =>
    {
        use.Event.Describe("Head");
        use.Event.End();
        _access.Session.Journal.Flush();
        using var reader = use.BeginRead();
        return HeadOf(reader.ReadLastAuditEntry());
    });

    /// <summary>Checks that the trail is as it was written.</summary>
    /// <param name="heads">Heads that were kept elsewhere.</param>
    /// <param name="progress">Told how many entries of how many are checked.</param>
    /// <param name="cancellation">Stops checking.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="PatientToolsException"><c>AuditHeadOfOtherStore</c>.</exception>
    [Requires(StoreOperation.CheckAuditTrail)]
    public AuditTrailCheck Check(IReadOnlyList<AuditHead> heads, Action<long, long>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(heads);
        return _access.Run(StoreOperation.CheckAuditTrail, use =>
        {
            var time = _access.Session.Options.Time;
            var started = time.GetTimestamp();
            var store = _access.Session.Store.Identity;
            if (heads.FirstOrDefault(head => head.StoreId != store.StoreId) is { } other)
            {
                throw new PatientToolsException(
                    "AuditHeadOfOtherStore",
                    $"The head of entry {other.Number} is that of the store {other.StoreId}; this one is {store.StoreId}. Give the heads of this store.",
                    ErrorKind.InvalidArgument)
                { Target = other };
            }

            _access.Session.Journal.Flush(use.Event);
            var (entries, head) = ReadEnd(use);
            var finding = new AuditTrailScan(use, store.StoreId, heads, cancellation).Run(head.Number, progress);
            use.Event.Describe(finding.FirstWrong is null ? "Valid" : $"Not valid from entry {finding.FirstWrong}");
            return new AuditTrailCheck
            {
                IsValid = finding.Problem is null,
                Result = finding.Result,
                Entries = entries,
                FirstWrong = finding.FirstWrong,
                Event = finding.FirstWrong is { } wrong ? EventOf(use, wrong) : null,
                ProvenUntil = finding.Proven?.Number,
                UnprovenSince = finding.UnprovenSince,
                Head = head,
                Duration = time.GetElapsedTime(started),
            };
        });
    }

    private static AuditEvent? EventOf(StoreUse use, long number)
    {
        using var reader = use.BeginRead();
        return Find(number) is { } entry && Find(entry.Continues ?? entry.Number) is { } first ? AuditEvents.Of(first, reader.ReadContinuations(first.Number)) : null;

        AuditEntry? Find(long wanted) => reader.ReadAuditEntries(wanted - 1, 1).FirstOrDefault(found => found.Number == wanted);
    }

    private IEnumerable<AuditEvent> Enumerate(AuditQuery query, CancellationToken cancellation)
    {
        using var use = _access.Begin(StoreOperation.ReadAuditTrail);
        if (AuditWalk.ShapeOf(query) is { } shape)
        {
            use.Event.Describe(shape);
        }

        var batches = use.Do(reading =>
        {
            _access.Session.Journal.Flush(reading.Event);
            return new AuditWalk(reading, query, cancellation).Read();
        });
        foreach (var batch in use.Watch(batches))
        {
            foreach (var found in batch)
            {
                yield return found;
            }
        }
    }

    private (long Entries, AuditHead Head) ReadEnd(StoreUse use)
    {
        using var reader = use.BeginRead();
        var last = reader.ReadLastAuditEntry();
        return (last?.Number ?? 0, HeadOf(last));
    }

    private AuditHead HeadOf(AuditEntry? last)
    {
        var store = _access.Session.Store.Identity;
        return last is null
            ? new AuditHead(store.StoreId, 0, store.Created, Convert.ToHexStringLower(AuditChain.Origin(store.StoreId)))
            : new AuditHead(store.StoreId, last.Number, last.Time, Convert.ToHexStringLower(last.Hash.Span));
    }
}

using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Backups.Restoring;

/// <summary>
/// Puts a chain together to what the store was at its point. The newest backup comes first: the first state that is met of a
/// key is the present one, whatever comes later are older ones. So each present state is written once, with its search
/// entries, which other threads make.
/// </summary>
/// <param name="chain">The chain.</param>
/// <param name="plan">What of it is wanted.</param>
/// <param name="losses">Told of what cannot be restored.</param>
/// <param name="cancellation">Gives up.</param>
internal sealed class BackupMerge(BackupChain chain, RestorePlan plan, RestoreLosses losses, CancellationToken cancellation)
{
    private const long ReportEach = 1000;
    private readonly MemberReading _reading = new(losses, cancellation);
    private readonly Dictionary<PatientId, PurgeMark> _marks = [];
    private readonly HashSet<PatientId> _backAgain = [];
    private readonly HashSet<PatientId> _found = [];
    private readonly HashSet<PatientId> _purgedLater = [];
    private readonly HashSet<long> _dropped = [];
    private readonly HashSet<long> _refused = [];
    private readonly PresentStates _patients = new();
    private readonly PresentStates _records = new();
    private long _done;
    private long _total;

    /// <summary>How many patients were restored.</summary>
    public long Patients { get; private set; }

    /// <summary>How many entries of records.</summary>
    public long Records { get; private set; }

    /// <summary>How many older states of both.</summary>
    public long Versions { get; private set; }

    /// <summary>How many patients of the backup were left out, since they were purged later.</summary>
    public long PurgesApplied => _purgedLater.Count;

    /// <summary>What the restored store has to hold; only with <see cref="RestorePlan.WithDigests"/>.</summary>
    public BackupDigests Digests { get; } = new();

    /// <summary>The last entry of the audit trail that was restored.</summary>
    public AuditEntry? LastAuditEntry { get; private set; }

    /// <summary>Hands everything on.</summary>
    /// <param name="loader">Takes it.</param>
    /// <exception cref="PatientToolsException"><c>BackupDamaged</c>, unless losses are accepted; <c>PatientNotInBackup</c>, <c>PatientPurged</c>.</exception>
    public void Fill(IStoreLoader loader)
    {
        _total = chain.OldestFirst.Sum(backup => backup.Manifest.Members.Where(member => IsState(member.Kind)).Sum(member => member.Lines));
        foreach (var (_, line) in Read(chain.OldestFirst, BackupMemberKind.Purges, BackupLines.ReadPurge))
        {
            _marks[line.Item.Id] = line.Item;
        }

        AddSettings(loader);
        AddPatients(loader);
        AddPatientVersions(loader);
        AddRecords(loader);
        AddRecordVersions(loader);
        AddMarks(loader);
        AddTrail(loader);
        foreach (var (name, value) in chain.Point.Manifest.Counters)
        {
            loader.SetCounter(name, value);
        }

        loader.SetSequence(chain.Header.LastSequence + 1);
        plan.Progress?.Invoke(_total, _total);
    }

    private static bool IsState(BackupMemberKind kind) =>
        kind is BackupMemberKind.Patients or BackupMemberKind.PatientVersions or BackupMemberKind.Records or BackupMemberKind.RecordVersions;

    private void AddSettings(IStoreLoader loader)
    {
        foreach (var (_, line) in Read([chain.Point], BackupMemberKind.Settings, BackupLines.ReadSetting))
        {
            loader.AddSetting(line.Item.Key, line.Item.Value);
            Digests.Add(BackupMemberKind.Settings, line.Digest);
        }

        if (!plan.WithAccounts)
        {
            return;
        }

        foreach (var (_, line) in Read([chain.Point], BackupMemberKind.Accounts, BackupLines.ReadAccount))
        {
            loader.AddAccount(line.Item);
            Digests.Add(BackupMemberKind.Accounts, line.Digest);
        }
    }

    private void AddPatients(IStoreLoader loader)
    {
        foreach (var (backup, line) in Read(chain.NewestFirst, BackupMemberKind.Patients, BackupLines.ReadPatient, EntriesOf, _patients))
        {
            var stamp = line.Item.Stamp;
            if (!IsWanted(line.Item))
            {
                continue;
            }

            if (_patients.Contains(stamp.Key))
            {
                AddVersion(loader, backup, line);
            }
            else if (!_refused.Contains(stamp.Key))
            {
                AddPatient(loader, backup, line);
            }
            else
            {
                losses.WentWithIt(backup, BackupMemberKind.PatientVersions, LossReason.WithoutOwner);
            }
        }

        RefuseMissing();
    }

    private void AddPatient(IStoreLoader loader, BackupReader backup, Line<PatientState> line)
    {
        var stamp = line.Item.Stamp;
        try
        {
            loader.AddPatient(line.Item, line.Entries);
        }
        catch (ConflictException)
        {
            // Only where newer states are lost, which would tell who has the number by now.
            losses.WentWithIt(backup, BackupMemberKind.Patients, LossReason.Conflict);
            _refused.Add(stamp.Key);
            return;
        }

        _patients.Add(stamp.Key, stamp.Version);
        Patients++;
        Digests.Add(BackupMemberKind.Patients, line.Digest);
        if (_marks.ContainsKey(stamp.Id) || plan.LaterPurges.ContainsKey(stamp.Id))
        {
            _backAgain.Add(stamp.Id);
        }

        if (plan.Patients is not null)
        {
            _found.Add(stamp.Id);
        }
    }

    private void AddPatientVersions(IStoreLoader loader)
    {
        foreach (var (backup, line) in Read(chain.NewestFirst, BackupMemberKind.PatientVersions, BackupLines.ReadPatient))
        {
            if (!IsWanted(line.Item))
            {
                continue;
            }

            if (_patients.Contains(line.Item.Stamp.Key))
            {
                AddVersion(loader, backup, line);
            }
            else
            {
                losses.WentWithIt(backup, BackupMemberKind.PatientVersions, LossReason.WithoutOwner);
            }
        }
    }

    private void AddVersion(IStoreLoader loader, BackupReader backup, Line<PatientState> line)
    {
        if (_patients.IsOutrun(line.Item.Stamp.Key, line.Item.Stamp.Version))
        {
            losses.WentWithIt(backup, BackupMemberKind.PatientVersions, LossReason.Outrun);
        }
        else if (loader.AddPatientVersion(line.Item))
        {
            Versions++;
            Digests.Add(BackupMemberKind.PatientVersions, line.Digest);
        }
    }

    private void AddRecords(IStoreLoader loader)
    {
        foreach (var (backup, line) in Read(chain.NewestFirst, BackupMemberKind.Records, BackupLines.ReadRecord, EntriesOf, _records))
        {
            var state = line.Item;
            if (_records.Contains(state.Key))
            {
                AddVersion(loader, backup, line);
            }
            else if (_patients.Contains(state.PatientKey))
            {
                AddRecord(loader, backup, line);
            }
            else
            {
                MissOwner(backup, BackupMemberKind.Records, state);
            }
        }
    }

    private void AddRecord(IStoreLoader loader, BackupReader backup, Line<RecordState> line)
    {
        try
        {
            if (!loader.AddRecord(line.Item, line.Entries))
            {
                return;
            }
        }
        catch (ConflictException)
        {
            losses.WentWithIt(backup, BackupMemberKind.Records, LossReason.Conflict);
            return;
        }

        _records.Add(line.Item.Key, line.Item.Version);
        Records++;
        Digests.Add(BackupMemberKind.Records, line.Digest);
    }

    private void AddRecordVersions(IStoreLoader loader)
    {
        foreach (var (backup, line) in Read(chain.NewestFirst, BackupMemberKind.RecordVersions, BackupLines.ReadRecord))
        {
            if (_records.Contains(line.Item.Key))
            {
                AddVersion(loader, backup, line);
            }
            else
            {
                MissOwner(backup, BackupMemberKind.RecordVersions, line.Item);
            }
        }
    }

    private void AddVersion(IStoreLoader loader, BackupReader backup, Line<RecordState> line)
    {
        if (_records.IsOutrun(line.Item.Key, line.Item.Version))
        {
            losses.WentWithIt(backup, BackupMemberKind.RecordVersions, LossReason.Outrun);
        }
        else if (loader.AddRecordVersion(line.Item))
        {
            Versions++;
            Digests.Add(BackupMemberKind.RecordVersions, line.Digest);
        }
    }

    /// <summary>Of those who are purged or not asked for nothing is missed.</summary>
    private void MissOwner(BackupReader backup, BackupMemberKind kind, RecordState state)
    {
        if (plan.Patients is null && !_dropped.Contains(state.PatientKey))
        {
            losses.WentWithIt(backup, kind, LossReason.WithoutOwner);
        }
    }

    /// <summary>
    /// The marks of the point; one of somebody who is there again, brought back later, is gone. Later ones are kept in any case: the
    /// restored store has to know them when it is itself replaced by a backup in between.
    /// </summary>
    private void AddMarks(IStoreLoader loader)
    {
        foreach (var mark in _marks.Values.Where(mark => !_backAgain.Contains(mark.Id)).OrderBy(mark => mark.Sequence))
        {
            loader.AddPurge(mark);
            if (plan.WithDigests)
            {
                Digests.Add(BackupMemberKind.Purges, LineDigests.Of(mark));
            }
        }

        foreach (var mark in plan.LaterPurges.Values.Where(mark => !_backAgain.Contains(mark.Id) && !_marks.ContainsKey(mark.Id)))
        {
            loader.AddPurge(mark with { Sequence = chain.Header.LastSequence + 1 });
        }
    }

    private void AddTrail(IStoreLoader loader)
    {
        if (!plan.WithTrail)
        {
            return;
        }

        foreach (var (_, line) in Read(chain.OldestFirst, BackupMemberKind.AuditEvents, BackupLines.ReadAuditEntry))
        {
            loader.AddAuditEntry(line.Item);
            LastAuditEntry = line.Item;
            Digests.Add(BackupMemberKind.AuditEvents, line.Digest);
        }
    }

    /// <summary>Whether a state is of somebody who is asked for, and was not purged after it was written.</summary>
    private bool IsWanted(PatientState state)
    {
        var id = state.Stamp.Id;
        if (plan.Patients?.Contains(id) == false)
        {
            return false;
        }

        if (_marks.TryGetValue(id, out var mark) && mark.Sequence > state.Stamp.Sequence)
        {
            _dropped.Add(state.Stamp.Key);
            return false;
        }

        if (plan.ApplyLaterPurges && plan.LaterPurges.ContainsKey(id))
        {
            _purgedLater.Add(id);
            _dropped.Add(state.Stamp.Key);
            return false;
        }

        return true;
    }

    private void RefuseMissing()
    {
        if (plan.Patients is null || plan.Patients.Count == _found.Count)
        {
            return;
        }

        var missing = plan.Patients.Except(_found).Order().ToList();
        var purged = missing.Find(_purgedLater.Contains);
        throw _purgedLater.Contains(purged) ? RestoreErrors.Purged(purged)
            : new PatientToolsException(
                "PatientNotInBackup",
                $"Not in '{chain.Point.Path}': {string.Join(", ", missing.Take(5))}{(missing.Count > 5 ? " and others" : "")}. Leave them out, or restore another backup.",
                ErrorKind.NotFound)
            { Target = missing[0] };
    }

    /// <summary>Those of a state that is older than one already taken are not made.</summary>
    private IReadOnlyList<SearchEntry> EntriesOf(PatientState state) => plan.ForSearch ? SearchEntries.Of(state, []) : [];

    private IReadOnlyList<SearchEntry> EntriesOf(RecordState state) =>
        plan.ForSearch && !state.IsRemoved ? SearchEntries.OfRecord(state.ResourceType, state.Json.Span) : [];

    /// <summary>Reads lines; where some of <paramref name="presents"/>' members are lost, what follows may be outdated.</summary>
    private IEnumerable<(BackupReader Backup, Line<T> Line)> Read<T>(
        IEnumerable<BackupReader> backups, BackupMemberKind kind, Func<ReadOnlyMemory<byte>, T> parse, Func<T, IReadOnlyList<SearchEntry>>? entries = null, PresentStates? presents = null)
    {
        var lost = losses.MembersLost;
        foreach (var read in _reading.Read(backups, kind, line => LineOf(line, parse, entries)))
        {
            if (presents is not null && losses.MembersLost > lost)
            {
                presents.Doubt();
            }

            if (IsState(kind) && ++_done % ReportEach == 0)
            {
                plan.Progress?.Invoke(_done, _total);
            }

            yield return read;
        }
    }

    private Line<T> LineOf<T>(ReadOnlyMemory<byte> line, Func<ReadOnlyMemory<byte>, T> parse, Func<T, IReadOnlyList<SearchEntry>>? entries)
    {
        var item = parse(line);
        return new(item, entries?.Invoke(item) ?? [], plan.WithDigests ? BackupDigest.Of(line.Span) : default);
    }

    private readonly record struct Line<T>(T Item, IReadOnlyList<SearchEntry> Entries, BackupDigest Digest);
}

using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Backups.Restoring;

/// <summary>Some patients of a backup, in memory, to be written into a store that is there.</summary>
internal sealed class CollectedPatients : IStoreLoader
{
    private readonly Dictionary<long, CollectedPatient> _patients = [];
    private readonly Dictionary<long, CollectedEntry> _entries = [];

    /// <summary>The patients, in the order of their keys.</summary>
    public IEnumerable<CollectedPatient> All => _patients.OrderBy(pair => pair.Key).Select(pair => pair.Value);

    public void AddPatient(PatientState state, IReadOnlyList<SearchEntry> entries) => _patients.Add(state.Stamp.Key, new(state, [], []));

    public bool AddPatientVersion(PatientState state)
    {
        var found = _patients.TryGetValue(state.Stamp.Key, out var patient);
        patient?.Versions.Add(state);
        return found;
    }

    public bool AddRecord(RecordState state, IReadOnlyList<SearchEntry> entries)
    {
        var found = _patients.TryGetValue(state.PatientKey, out var patient);
        if (found)
        {
            var entry = new CollectedEntry(state, []);
            patient!.Record.Add(entry);
            _entries.Add(state.Key, entry);
        }

        return found;
    }

    public bool AddRecordVersion(RecordState state)
    {
        var found = _entries.TryGetValue(state.Key, out var entry);
        entry?.Versions.Add(state);
        return found;
    }

    // What belongs to a whole store and to nobody in particular is not brought back.
    public void AddPurge(PurgeMark mark)
    {
    }

    public void AddAccount(AccountState account)
    {
    }

    public void AddSetting(string name, string value)
    {
    }

    public void AddAuditEntry(AuditEntry entry)
    {
    }

    public void SetCounter(string name, long value)
    {
    }

    public void SetSequence(long value)
    {
    }
}

/// <summary>A patient as it was.</summary>
/// <param name="Present">The state at the point of the backup.</param>
/// <param name="Versions">Older states.</param>
/// <param name="Record">The record.</param>
internal sealed record CollectedPatient(PatientState Present, List<PatientState> Versions, List<CollectedEntry> Record);

/// <summary>An entry of a record as it was.</summary>
/// <param name="Present">The state at the point of the backup.</param>
/// <param name="Versions">Older states.</param>
internal sealed record CollectedEntry(RecordState Present, List<RecordState> Versions);

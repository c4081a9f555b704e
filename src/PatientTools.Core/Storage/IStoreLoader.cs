using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Search;

namespace PatientTools.Storage;

/// <summary>
/// Fills a store that nobody can see yet: rows as they were in another store, with their keys, versions and sequences. Used
/// by one thread. A patient comes before its versions and its record, an entry of a record before its versions.
/// </summary>
internal interface IStoreLoader
{
    /// <summary>Adds a patient's present state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="entries">Its search entries: those of <see cref="SearchEntries.Of(PatientState, IReadOnlyList{RecordState})"/> without the record's.</param>
    /// <exception cref="ConflictException"><c>MrnInUse</c>, <c>SourceIdInUse</c>: nothing of the patient is there then.</exception>
    void AddPatient(PatientState state, IReadOnlyList<SearchEntry> entries);

    /// <summary>Adds an older state of a patient.</summary>
    /// <param name="state">The state.</param>
    /// <returns>False, and nothing is added, when there is no such patient.</returns>
    bool AddPatientVersion(PatientState state);

    /// <summary>Adds the present state of an entry of a patient's record.</summary>
    /// <param name="state">The state.</param>
    /// <param name="entries">The patient's search entries that come from it; none of one that is removed.</param>
    /// <returns>False, and nothing is added, when there is no such patient.</returns>
    bool AddRecord(RecordState state, IReadOnlyList<SearchEntry> entries);

    /// <summary>Adds an older state of an entry of a record.</summary>
    /// <param name="state">The state.</param>
    /// <returns>False, and nothing is added, when there is no such entry.</returns>
    bool AddRecordVersion(RecordState state);

    /// <summary>Adds the mark of a purged patient.</summary>
    /// <param name="mark">The mark.</param>
    void AddPurge(PurgeMark mark);

    /// <summary>Adds an account.</summary>
    /// <param name="account">The account.</param>
    void AddAccount(AccountState account);

    /// <summary>Adds a setting.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="value">The value.</param>
    void AddSetting(string name, string value);

    /// <summary>Adds an entry of the audit trail.</summary>
    /// <param name="entry">The entry, whose number is greater than the last one's.</param>
    void AddAuditEntry(AuditEntry entry);

    /// <summary>Sets what a counter stands at.</summary>
    /// <param name="name">A name as <see cref="IStoreReader.ReadCounters"/> gives it.</param>
    /// <param name="value">The last number that was drawn.</param>
    void SetCounter(string name, long value);

    /// <summary>Sets the sequence.</summary>
    /// <param name="value">The last number that was drawn.</param>
    void SetSequence(long value);
}

using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Search;

namespace PatientTools.Storage;

/// <summary>Writes in one transaction, and reads its own writes. Used by one thread.</summary>
internal interface IStoreWriter : IStoreReader
{
    /// <summary>Draws the next sequence number; every change takes one.</summary>
    /// <returns>The number.</returns>
    long NextSequence();

    /// <summary>Draws the next number of a named counter, from 1.</summary>
    /// <param name="counter">The counter's name.</param>
    /// <returns>A number that was never drawn before from a committed transaction.</returns>
    long DrawNumber(string counter);

    /// <summary>Runs one item of a batch so that it happens wholly or not at all, whatever becomes of the others.</summary>
    /// <param name="item">The item's writes; an exception undoes them and is rethrown.</param>
    void RunItem(Action item);

    /// <summary>Writes a new patient with its search entries.</summary>
    /// <param name="state">The first state; its key is ignored.</param>
    /// <param name="entries">Its search entries.</param>
    /// <returns>The new key.</returns>
    /// <exception cref="ConflictException"><c>MrnInUse</c>, <c>SourceIdInUse</c>.</exception>
    long InsertPatient(PatientState state, IReadOnlyList<SearchEntry> entries);

    /// <summary>Replaces a patient's state, keeping the old one as a version.</summary>
    /// <param name="old">The present state, as read in this transaction.</param>
    /// <param name="oldEntries">The search entries of the present state.</param>
    /// <param name="state">The next state, with the same key and the next version.</param>
    /// <param name="entries">The search entries of the next state.</param>
    /// <exception cref="ConflictException"><c>MrnInUse</c>.</exception>
    void UpdatePatient(PatientState old, IReadOnlyList<SearchEntry> oldEntries, PatientState state, IReadOnlyList<SearchEntry> entries);

    /// <summary>Erases a patient: state, versions, search entries, record. <see cref="IPatientStore.Scrub"/> has to follow.</summary>
    /// <param name="key">The key.</param>
    /// <param name="mark">What stays, so that no backup brings the patient back unasked.</param>
    void PurgePatient(long key, PurgeMark mark);

    /// <summary>Takes the mark of a purged patient back, who has been brought back from a backup.</summary>
    /// <param name="id">The patient; one that has no mark does not matter.</param>
    void DeletePurge(PatientId id);

    /// <summary>Adds or replaces a place, by its path.</summary>
    /// <param name="place">The place.</param>
    void WritePlace(StorePlace place);

    /// <summary>Forgets a place.</summary>
    /// <param name="path">Its path; one that is not known does not matter.</param>
    void DeletePlace(string path);

    /// <summary>Finds an entry of a patient's record.</summary>
    /// <param name="patientKey">The patient's key.</param>
    /// <param name="resourceType">The FHIR resource type.</param>
    /// <param name="entryId">The resource's FHIR id, or its content key.</param>
    /// <returns>The entry, removed or not; null when there is none.</returns>
    RecordState? FindRecord(long patientKey, string resourceType, string entryId);

    /// <summary>Writes a new entry of a patient's record.</summary>
    /// <param name="entry">The first state; its key is ignored.</param>
    /// <returns>The new entry's key.</returns>
    long InsertRecord(RecordState entry);

    /// <summary>Replaces an entry's state, keeping the old one as a version.</summary>
    /// <param name="old">The present state.</param>
    /// <param name="entry">The next state, with the same key and the next version.</param>
    void UpdateRecord(RecordState old, RecordState entry);

    /// <summary>Removes all search entries, before they are made anew.</summary>
    void ClearSearchEntries();

    /// <summary>Adds search entries of a patient; one that is there already stays as it is.</summary>
    /// <param name="key">The patient's key.</param>
    /// <param name="entries">The entries.</param>
    void AddSearchEntries(long key, IReadOnlyList<SearchEntry> entries);

    /// <summary>Removes search entries of a patient.</summary>
    /// <param name="key">The patient's key.</param>
    /// <param name="entries">The entries; one that is not there does not matter.</param>
    void RemoveSearchEntries(long key, IReadOnlyList<SearchEntry> entries);

    /// <summary>Sets a setting.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="value">The value; null goes back to the default.</param>
    void WriteSetting(string name, string? value);

    /// <summary>Makes <see cref="IStoreReader.AccessMark"/> grow.</summary>
    void ChangeAccess();

    /// <summary>Adds or replaces an account, by its id.</summary>
    /// <param name="account">The account.</param>
    void WriteAccount(AccountState account);

    /// <summary>Removes an account.</summary>
    /// <param name="id">Its id.</param>
    void DeleteAccount(Guid id);

    /// <summary>Adds or replaces a session, by its id.</summary>
    /// <param name="session">The session.</param>
    void WriteSession(SessionEntry session);

    /// <summary>Removes a session.</summary>
    /// <param name="id">Its id; one that is gone does not matter.</param>
    void DeleteSession(Guid id);

    /// <summary>Appends an entry to the audit trail.</summary>
    /// <param name="entry">The entry, whose number follows the last one's.</param>
    void AppendAuditEntry(AuditEntry entry);

    /// <summary>Makes everything written so far durable and visible. The writer can only be disposed afterwards.</summary>
    /// <exception cref="PatientToolsException"><c>StoreFull</c>, <c>StoreUnavailable</c>: then nothing was written.</exception>
    void Commit();
}

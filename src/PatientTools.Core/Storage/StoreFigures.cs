namespace PatientTools.Storage;

/// <summary>Figures for the status page.</summary>
/// <param name="FileBytes">Size of the store's main file.</param>
/// <param name="LogBytes">Size of the write-ahead log.</param>
/// <param name="FreeBytes">Unused space inside the main file.</param>
/// <param name="Patients">Patients that are not removed.</param>
/// <param name="RemovedPatients">Patients that are removed and can be restored.</param>
/// <param name="Records">Record resources.</param>
/// <param name="Versions">Kept old versions of patients and records.</param>
/// <param name="JournalMode">How durability is done, in the database's words, such as <c>wal</c>.</param>
/// <param name="Synchronous">How often it flushes, in the database's words, such as <c>FULL</c>.</param>
/// <param name="CacheBytes">How much of the file is kept in memory at most, per connection.</param>
/// <param name="Engine">Name and version of the database engine.</param>
public sealed record StoreFigures(
    long FileBytes,
    long LogBytes,
    long FreeBytes,
    long Patients,
    long RemovedPatients,
    long Records,
    long Versions,
    string JournalMode,
    string Synchronous,
    long CacheBytes,
    string Engine);

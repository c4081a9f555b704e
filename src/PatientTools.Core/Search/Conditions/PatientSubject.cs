using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Search.Conditions;

/// <summary>A patient as a condition sees it in memory: one state with its record, on one day. Used by one thread.</summary>
public sealed class PatientSubject
{
    private readonly Func<IReadOnlyList<RecordState>> _readRecord;

    /// <summary>Makes a subject of a stored state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="readRecord">Reads the present entries of the record; called once, and only when a condition asks for them.</param>
    /// <param name="today">The day for which ages are told.</param>
    public PatientSubject(PatientState state, Func<IReadOnlyList<RecordState>> readRecord, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(state);
        State = state;
        _readRecord = readRecord;
        Today = today;
    }

    /// <summary>The state.</summary>
    public PatientState State { get; }

    /// <summary>The day for which ages are told.</summary>
    public DateOnly Today { get; }

    /// <summary>What the document says, in friendly properties.</summary>
    public PatientProperties Properties => State.Document.Properties;

    /// <summary>The present entries of the record.</summary>
    public IReadOnlyList<RecordState> Record => field ??= _readRecord();

    /// <summary>The search entries of document, record and state.</summary>
    public IReadOnlyList<SearchEntry> Entries => field ??= SearchEntries.Of(State, Record);
}

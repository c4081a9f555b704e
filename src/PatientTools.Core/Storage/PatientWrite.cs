using System.Collections.Concurrent;
using System.Reflection;
using PatientTools.Accounts;
using PatientTools.Interchange;
using PatientTools.Patients;

namespace PatientTools.Storage;

/// <summary>One change somebody wants. Several go into one transaction, each wholly or not at all.</summary>
public abstract record PatientWrite
{
    private static readonly ConcurrentDictionary<Type, StoreOperation> Operations = new();

    /// <summary>Which operation a change is, as its type says.</summary>
    internal static StoreOperation OperationOf(PatientWrite write) => Operations.GetOrAdd(
        write.GetType(),
        type => type.GetCustomAttribute<RequiresAttribute>()?.Operations[0] ?? throw new ArgumentException($"{type.Name} says no operation.", nameof(write)));
}

/// <summary>Adds a patient made here.</summary>
/// <param name="Document">The document.</param>
/// <param name="DrawMrn">Whether to draw a medical record number from the store's counter when the document has none.</param>
[Requires(StoreOperation.AddPatient)]
public sealed record AddPatient(PatientDocument Document, bool DrawMrn) : PatientWrite;

/// <summary>Changes a patient's document.</summary>
/// <param name="Id">The patient.</param>
/// <param name="Change">Makes the new document of the present one; called inside the transaction.</param>
/// <param name="ExpectedVersion">The version the change is meant for; null to change whatever is there.</param>
[Requires(StoreOperation.ChangePatient)]
public sealed record ChangePatient(PatientId Id, Func<PatientDocument, PatientDocument> Change, long? ExpectedVersion) : PatientWrite;

/// <summary>Hides a patient until it is restored.</summary>
/// <param name="Id">The patient.</param>
/// <param name="ExpectedVersion">The version that is meant; null for whatever is there.</param>
[Requires(StoreOperation.RemovePatient)]
public sealed record RemovePatient(PatientId Id, long? ExpectedVersion) : PatientWrite;

/// <summary>Brings a removed patient back.</summary>
/// <param name="Id">The patient.</param>
[Requires(StoreOperation.RestorePatient)]
public sealed record RestorePatient(PatientId Id) : PatientWrite;

/// <summary>Erases a patient, removed or not, everywhere in the store.</summary>
/// <param name="Id">The patient.</param>
[Requires(StoreOperation.PurgePatient)]
public sealed record PurgePatient(PatientId Id) : PatientWrite;

/// <summary>Adds what was read from a source, or brings the patient that came from there before up to date.</summary>
/// <param name="Item">What was read.</param>
/// <param name="Source">The source's name.</param>
[Requires(StoreOperation.ImportPatients)]
public sealed record ImportPatient(PatientItem Item, string Source) : PatientWrite;

/// <summary>What became of a change.</summary>
public enum WriteOutcome
{
    /// <summary>A new patient.</summary>
    Added,

    /// <summary>A new version of a patient, or of its record.</summary>
    Changed,

    /// <summary>Everything was so already; nothing was written.</summary>
    Unchanged,

    /// <summary>Hidden.</summary>
    Removed,

    /// <summary>Brought back.</summary>
    Restored,

    /// <summary>Erased.</summary>
    Purged,

    /// <summary>Not done; the error says why.</summary>
    Refused,
}

/// <summary>What became of one change. When it is returned, it is durable.</summary>
/// <param name="Write">The change.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="State">The patient afterwards; null when refused, purged.</param>
/// <param name="Error">Why it was refused.</param>
public sealed record PatientWriteResult(PatientWrite Write, WriteOutcome Outcome, PatientState? State, PatientToolsException? Error = null);

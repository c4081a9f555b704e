using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Search.Index;

namespace PatientTools.Search;

/// <summary>What kind of values a property has.</summary>
public enum SearchPropertyType
{
    /// <summary>Text: compared without case unless asked, ordered as German phone books do (DIN 5007-2).</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A date that may be partial: an interval of days.</summary>
    Date,

    /// <summary>A moment, told in local time.</summary>
    Time,

    /// <summary>True or false.</summary>
    Boolean,
}

/// <summary>Something of a patient that can be asked for in a filter, and mostly sorted and grouped by.</summary>
public sealed class SearchProperty
{
    private readonly Func<PatientSubject, IReadOnlyList<object>> _read;

    /// <summary>Makes a property.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its values.</param>
    /// <param name="description">What it is.</param>
    /// <param name="read">Reads the values of a patient in memory.</param>
    internal SearchProperty(string name, SearchPropertyType type, string description, Func<PatientSubject, IReadOnlyList<object>> read) =>
        (Name, Type, Description, _read) = (name, type, description, read);

    /// <summary>The name as it is written: <c>FamilyName</c>, <c>Identifier.http://fhir.de/sid/gkv/kvid-10</c>, <c>Document.maritalStatus.text</c>.</summary>
    public string Name { get; }

    /// <summary>What kind of values it has; text for a member of the document, whose values are what JSON says.</summary>
    public SearchPropertyType Type { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Description { get; }

    /// <summary>Whether a patient can have several values; then a comparison holds when it holds for any of them.</summary>
    public bool IsMultiple { get; internal init; }

    /// <summary>Whether an answer can be sorted by it: there is an index in its order.</summary>
    public bool IsSortable { get; internal init; }

    /// <summary>Whether patients can be counted by it.</summary>
    public bool IsGroupable { get; internal init; }

    /// <summary>The kind of entries whose terms are its values, in its order; null where there is none.</summary>
    public SearchEntryKind? Kind { get; internal init; }

    /// <summary>The column of numbers that are its values; null where there is none.</summary>
    public PatientColumn? Column { get; internal init; }

    /// <summary>Whether it is the store's own id, for which nothing but an id can be asked.</summary>
    internal bool IsId { get; init; }

    /// <summary>Whether its values are what the document's JSON says: text, numbers and truth values.</summary>
    internal bool IsOfAnyType { get; init; }

    /// <summary>How the index answers for it; null where only documents tell.</summary>
    internal PropertyIndex? Index { get; init; }

    /// <summary>Reads the value off a patient's row; null where the row does not tell.</summary>
    internal Func<Patient, object?>? ReadRow { get; init; }

    /// <summary>
    /// The values of a patient in memory: string, long, PartialDate, DateTime (UTC) or bool, and decimal for a number of the
    /// document; none when it is missing.
    /// </summary>
    /// <param name="subject">The patient.</param>
    /// <returns>The values.</returns>
    public IReadOnlyList<object> ValuesOf(PatientSubject subject) => _read(subject);

    /// <summary>The value of a patient as it was read from its row, without its document: of several the first.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="value">The value, as <see cref="ValuesOf"/> gives it; null when it is missing.</param>
    /// <returns>Whether the row tells; false for what only document or record tell.</returns>
    public bool TryValueOf(Patient patient, out object? value)
    {
        value = ReadRow?.Invoke(patient);
        return ReadRow is not null;
    }

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}

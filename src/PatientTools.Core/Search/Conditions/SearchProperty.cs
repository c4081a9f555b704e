using PatientTools.Patients;

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
    internal SearchProperty(string name, SearchPropertyType type, string description) => (Name, Type, Description) = (name, type, description);

    /// <summary>The name as it is written: <c>FamilyName</c>, <c>Identifier.http://fhir.de/sid/gkv/kvid-10</c>, <c>Document.maritalStatus.text</c>.</summary>
    public string Name { get; }

    /// <summary>What kind of values it has.</summary>
    public SearchPropertyType Type { get; }

    /// <summary>What it is, in a few words.</summary>
    public string Description { get; }

    /// <summary>Whether a patient can have several values; then a comparison holds when it holds for any of them.</summary>
    public bool IsMultiple { get; internal init; }

    /// <summary>Whether an answer can be sorted by it.</summary>
    public bool IsSortable { get; internal init; }

    /// <summary>Whether patients can be counted by it.</summary>
    public bool IsGroupable { get; internal init; }

    /// <summary>The kind of entries whose terms are its values, in its order; null where there is none.</summary>
    public SearchEntryKind? Kind { get; internal init; }

    /// <summary>The column of numbers that are its values; null where there is none.</summary>
    public Index.PatientColumn? Column { get; internal init; }

    /// <summary>The values of a patient in memory: string, long, PartialDate, DateTime (UTC) or bool; none when it is missing.</summary>
    /// <param name="subject">The patient.</param>
    /// <returns>The values.</returns>
    public IReadOnlyList<object> ValuesOf(Conditions.PatientSubject subject) => throw new NotSupportedException();

    /// <summary>The value of a patient as it was read from its row, without its document.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="value">The value, as <see cref="ValuesOf"/> gives it; null when it is missing.</param>
    /// <returns>Whether the row tells; false for what only document or record tell.</returns>
    public bool TryValueOf(Patient patient, out object? value) => throw new NotSupportedException();

    /// <summary>The name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}

/// <summary>The properties there are.</summary>
public static class SearchProperties
{
    /// <summary>Those with a fixed name, in the order in which they are offered.</summary>
    public static IReadOnlyList<SearchProperty> All => throw new NotSupportedException();

    /// <summary>Finds a property; case does not matter.</summary>
    /// <param name="name">A fixed name, <c>Identifier.</c> and a system (or its last part), or <c>Document.</c> and a path.</param>
    /// <returns>The property, or null when there is none.</returns>
    public static SearchProperty? Find(string name) => throw new NotSupportedException();

    /// <summary>The property somebody probably meant.</summary>
    /// <param name="name">The wrong name.</param>
    /// <returns>The nearest name.</returns>
    public static string Nearest(string name) => throw new NotSupportedException();
}

using PatientTools.Patients;
using PatientTools.Search.Conditions;
using PatientTools.Search.Text;

namespace PatientTools.Search;

/// <summary>Reads values of properties out of what is in memory of a patient.</summary>
internal static class PropertyValues
{
    private static readonly object[] True = [true];
    private static readonly object[] False = [false];

    internal static IReadOnlyList<object> One(string? text) => text is null ? [] : [text];

    internal static IReadOnlyList<object> One(long? number) => number is { } known ? [known] : [];

    internal static IReadOnlyList<object> One(PartialDate? date) => date is { } known ? [known] : [];

    internal static IReadOnlyList<object> One(DateTime time) => [time];

    internal static IReadOnlyList<object> One(bool? flag) => flag is { } known ? known ? True : False : [];

    /// <summary>The age as <see cref="Patient.Age"/> has it.</summary>
    internal static long? Age(PatientSubject subject)
    {
        var properties = subject.Properties;
        return properties.BirthDate is not { } born ? null
            : !properties.Deceased ? born.YearsUntil(subject.Today)
            : properties.DeceasedDate is { } died ? born.YearsUntil(died.First)
            : null;
    }

    internal static List<object> Names(PatientSubject subject)
    {
        var values = new List<object>();
        foreach (var name in subject.Properties.Names)
        {
            Add(values, name.WholeFamily);
            Add(values, name.AllGiven);
        }

        return values;
    }

    internal static List<object> AddressParts(PatientSubject subject)
    {
        var values = new List<object>();
        foreach (var address in subject.Properties.Addresses)
        {
            Add(values, address.Street);
            Add(values, address.PostalCode);
            Add(values, address.City);
            Add(values, address.State);
            Add(values, address.Country);
        }

        return values;
    }

    internal static List<object> Telecoms(PatientSubject subject) => [.. subject.Properties.Telecoms.Select(telecom => telecom.Value)];

    internal static List<object> Identifiers(PatientSubject subject, Func<PatientIdentifier, bool> filter) =>
        [.. subject.Properties.Identifiers.Where(filter).Select(identifier => identifier.Value)];

    internal static List<object> Conditions(PatientSubject subject) => OfRecord(subject, "Condition", SearchEntryKind.Condition, SearchEntryKind.Condition);

    internal static List<object> Payers(PatientSubject subject) => OfRecord(subject, "Coverage", SearchEntryKind.Payer, SearchEntryKind.PayerNumber);

    private static List<object> OfRecord(PatientSubject subject, string resourceType, SearchEntryKind kind, SearchEntryKind otherKind)
    {
        var values = new List<object>();
        foreach (var resource in subject.Record)
        {
            if (resource.ResourceType != resourceType)
            {
                continue;
            }

            foreach (var entry in SearchEntries.OfRecord(resource.ResourceType, resource.Json.Span))
            {
                if (entry.Kind == kind || entry.Kind == otherKind)
                {
                    Add(values, ValueTerm.TextOf(System.Text.Encoding.UTF8.GetBytes(entry.Term)));
                }
            }
        }

        return values;
    }

    private static void Add(List<object> values, string? text)
    {
        if (text is not null)
        {
            values.Add(text);
        }
    }
}

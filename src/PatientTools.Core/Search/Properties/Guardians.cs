using System.Text.Json;
using PatientTools.Patients;
using PatientTools.Search.Conditions;

namespace PatientTools.Search;

/// <summary>
/// Reads who stands in for a patient by law or by birth: guardians and parents among the contacts of the document and the
/// RelatedPerson resources of the record.
/// </summary>
/// <remarks>
/// Somebody with a power of attorney, or who is appointed for one lawsuit (POWATT, GUADLTM of v3-RoleCode), is none: the patient
/// chose the one, and the other has no say in treatment. Nor is somebody whose period is over.
/// </remarks>
internal static class Guardians
{
    private const string Unnamed = "unnamed";
    private static readonly JsonDocumentOptions DocumentOptions = new() { MaxDepth = JsonText.MaxDepth };

    /// <summary>The names; for somebody without one the words for the relationship, so that nobody who is there is missing.</summary>
    internal static List<object> Of(PatientSubject subject)
    {
        var names = new List<object>();
        AddContacts(subject.State.Document.Utf8.Span, subject.Today, names);
        foreach (var resource in subject.Record)
        {
            if (resource.ResourceType == "RelatedPerson")
            {
                using var person = JsonDocument.Parse(resource.Json, DocumentOptions);
                Add(person.RootElement, subject.Today, names);
            }
        }

        return names;
    }

    private static void AddContacts(ReadOnlySpan<byte> document, DateOnly today, List<object> names)
    {
        var reader = new Utf8JsonReader(document, JsonText.ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isContact = reader.ValueTextEquals("contact"u8);
            reader.Read();
            if (!isContact)
            {
                reader.Skip();
                continue;
            }

            foreach (var contact in Items(JsonElement.ParseValue(ref reader)))
            {
                Add(contact, today, names);
            }
        }
    }

    private static void Add(JsonElement person, DateOnly today, List<object> names)
    {
        if (Member(person, "active").ValueKind != JsonValueKind.False
            && !IsOver(Member(person, "period"), today)
            && Items(Member(person, "relationship")).Where(IsGuardian).Cast<JsonElement?>().FirstOrDefault() is { } relationship)
        {
            names.Add(Items(Member(person, "name")).Select(NameOf).FirstOrDefault(name => name is not null) ?? WordsFor(relationship) ?? Unnamed);
        }
    }

    private static bool IsGuardian(JsonElement relationship) =>
        GuardianTerms.IsMeantBy(Text(relationship, "text"))
        || Items(Member(relationship, "coding")).Any(coding => GuardianTerms.IsCode(Text(coding, "code")) || GuardianTerms.IsMeantBy(Text(coding, "display")));

    private static bool IsOver(JsonElement period, DateOnly today) => PartialDate.TryParse(Text(period, "end"), out var end) && end.Last < today;

    /// <summary>The name as it is spoken.</summary>
    private static string? NameOf(JsonElement name)
    {
        string?[] parts = [.. Items(Member(name, "prefix")).Concat(Items(Member(name, "given"))).Select(TextOf), Text(name, "family")];
        var spoken = string.Join(' ', parts.Where(part => part is not null));
        return spoken.Length > 0 ? spoken : Text(name, "text");
    }

    private static string? WordsFor(JsonElement relationship) =>
        Text(relationship, "text") ?? Items(Member(relationship, "coding")).Select(coding => Text(coding, "display")).FirstOrDefault(display => display is not null);

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : default;

    private static string? Text(JsonElement element, string name) => TextOf(Member(element, name));

    private static string? TextOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text ? text : null;

    /// <summary>The items of an array, or the one value where somebody left the brackets out.</summary>
    private static IEnumerable<JsonElement> Items(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                yield return item;
            }
        }
        else if (element.ValueKind != JsonValueKind.Undefined)
        {
            yield return element;
        }
    }
}

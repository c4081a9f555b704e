using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using PatientTools.Patients;

namespace PatientTools.Interchange;

/// <summary>Makes patients of dictionaries, as scripts write them.</summary>
/// <remarks>
/// A dictionary shaped as FHIR (with <c>resourceType</c>, or with <c>name</c>, <c>identifier</c>, <c>address</c> or
/// <c>telecom</c> holding objects) becomes the document as it is. Otherwise its keys are friendly names, those of
/// <see cref="PatientField"/> and those that head CSV columns; keys that are no such name are kept as legacy.
/// </remarks>
public static class PatientItemBuilder
{
    private static readonly string[] FhirMembers = ["name", "identifier", "address", "telecom", "contact", "extension"];

    /// <summary>Makes a patient.</summary>
    /// <param name="values">Keys that are text, and values: text, numbers, dates, truth values, dictionaries, lists.</param>
    /// <param name="place">Where the dictionary came from, for messages.</param>
    /// <returns>The patient.</returns>
    /// <exception cref="PatientToolsException">
    /// <c>InvalidDate</c>, <c>InvalidGender</c>, <c>InvalidFlag</c>, <c>InvalidFhirId</c>; <c>UnsupportedValue</c> for a value that
    /// JSON has no form for; <c>NoPatientKeys</c> when no key is known; or as <see cref="PatientDocument.Parse(string)"/>.
    /// </exception>
    public static PatientItem FromDictionary(IDictionary values, SourcePlace place = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var at = place == default ? new SourcePlace("pipeline") : place;
        return IsFhir(values) ? FromFhir(values, at) : FromFields(values, at);
    }

    /// <summary>The text of a dictionary shaped as FHIR, of which nothing else has to be right.</summary>
    /// <param name="values">As <see cref="FromDictionary"/> takes them.</param>
    /// <returns>JSON in UTF-8; null for a dictionary of friendly names.</returns>
    /// <exception cref="PatientToolsException"><c>UnsupportedValue</c> for a value that JSON has no form for.</exception>
    public static byte[]? ToFhirText(IDictionary values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return IsFhir(values) ? FhirText(values) : null;
    }

    private static bool IsFhir(IDictionary values)
    {
        foreach (DictionaryEntry entry in values)
        {
            var key = Key(entry);
            if (key == "resourceType" || (FhirMembers.Contains(key, StringComparer.Ordinal) && entry.Value is IEnumerable and not string))
            {
                return true;
            }
        }

        return false;
    }

    private static PatientItem FromFhir(IDictionary values, SourcePlace place) =>
        ResourceReader.ReadPatient(FhirText(values), new JsonOrigin(place, 1, 1));

    private static byte[] FhirText(IDictionary values)
    {
        var node = Object(values, 0);
        if (!node.ContainsKey("resourceType"))
        {
            node.Insert(0, "resourceType", "Patient");
        }

        return PatientDocument.Serialize(node);
    }

    private static PatientItem FromFields(IDictionary values, SourcePlace place)
    {
        var fields = new PatientFields();
        var legacy = new JsonObject();
        string? houseNumber = null, line2 = null;
        foreach (DictionaryEntry entry in values)
        {
            var target = PatientColumns.Recognise(Key(entry));
            if (target is null)
            {
                legacy[Key(entry)] = Node(entry.Value, 0);
            }
            else if (target == ColumnTarget.HouseNumber)
            {
                houseNumber = Text(entry);
            }
            else if (target == ColumnTarget.AddressLine2)
            {
                line2 = Text(entry);
            }
            else if (target.Field is { } field)
            {
                var text = Text(entry);
                fields[field] = text is null ? null : FieldText.Read(field, text) ?? text;
            }
        }

        if (fields.Mentioned.Count == 0)
        {
            throw new PatientToolsException(
                "NoPatientKeys", $"None of the keys is the name of a patient's property. There are: {string.Join(", ", PatientColumns.Names)}.", ErrorKind.InvalidArgument);
        }

        if (houseNumber is not null || line2 is not null)
        {
            fields[PatientField.Street] = $"{fields[PatientField.Street]} {houseNumber}".Trim() + (line2 is null ? "" : $"\n{line2}");
        }

        return ResourceReader.Item(PatientDocumentEditor.Create(fields), legacy.Count == 0 ? null : PatientDocument.Serialize(legacy), [], place);
    }

    private static string Key(DictionaryEntry entry) => Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";

    private static string? Text(DictionaryEntry entry) => entry.Value switch
    {
        null => null,
        string text => string.IsNullOrWhiteSpace(text) ? null : text.Trim(),
        DateTime time => DateOnly.FromDateTime(time).ToString("O", CultureInfo.InvariantCulture),
        DateTimeOffset time => DateOnly.FromDateTime(time.DateTime).ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        IDictionary => throw Unsupported(entry.Value),
        IEnumerable list => string.Join(' ', list.Cast<object?>().Select(part => Convert.ToString(part, CultureInfo.InvariantCulture))),
        var value => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    private static JsonObject Object(IDictionary values, int depth)
    {
        var node = new JsonObject();
        foreach (DictionaryEntry entry in values)
        {
            node[Key(entry)] = Node(entry.Value, depth + 1);
        }

        return node;
    }

    private static JsonNode? Node(object? value, int depth) => value switch
    {
        _ when depth > JsonText.MaxDepth => throw new PatientToolsException(
            "UnsupportedValue", $"The dictionary nests deeper than {JsonText.MaxDepth} levels, or holds itself.", ErrorKind.InvalidArgument),
        null => null,
        JsonNode node => node.DeepClone(),
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        DateTime time => JsonValue.Create(time.TimeOfDay == TimeSpan.Zero && time.Kind == DateTimeKind.Unspecified
            ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : time.ToString("O", CultureInfo.InvariantCulture)),
        DateTimeOffset time => JsonValue.Create(time.ToString("O", CultureInfo.InvariantCulture)),
        DateOnly day => JsonValue.Create(day.ToString("O", CultureInfo.InvariantCulture)),
        PartialDate date => JsonValue.Create(date.ToString()),
        decimal number => JsonValue.Create(number),
        double number when double.IsFinite(number) => JsonValue.Create(number),
        float number when float.IsFinite(number) => JsonValue.Create(number),
        sbyte or byte or short or ushort or int or uint or long => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong number => JsonValue.Create(number),
        char or Guid or Uri or Enum => JsonValue.Create(value.ToString()),
        IDictionary values => Object(values, depth),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(item => Node(item, depth + 1))]),
        _ => throw Unsupported(value),
    };

    private static PatientToolsException Unsupported(object value) =>
        new("UnsupportedValue", $"A value of type {value.GetType().Name} has no form in a patient document. Give text, a number, a date, true or false, a dictionary or a list.", ErrorKind.InvalidArgument);
}

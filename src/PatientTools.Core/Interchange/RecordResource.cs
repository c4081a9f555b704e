using System.Text.Json;
using PatientTools.Patients;
using PatientTools.Search;

namespace PatientTools.Interchange;

/// <summary>One resource of a patient's record.</summary>
/// <param name="ResourceType">Its FHIR type.</param>
/// <param name="FhirId">Its FHIR id; null when it has none.</param>
/// <param name="FullUrl">Its absolute address in the bundle it came in; null when it has none.</param>
/// <param name="Json">Its compact JSON text in UTF-8; not to be changed.</param>
/// <param name="Code">What it is about: the first code of <c>code</c>, <c>vaccineCode</c>, <c>medication</c>, <c>type</c>, <c>class</c> or <c>category</c>.</param>
/// <param name="Date">When it was so: onset, effective, performed, occurrence, period, authored or recorded date.</param>
public sealed record RecordResource(string ResourceType, string? FhirId, string? FullUrl, byte[] Json, string? Code, PartialDate? Date)
{
    private static readonly string[] CodeMembers = ["code", "vaccineCode", "medicationCodeableConcept", "type", "class", "category"];

    private static readonly string[] DateMembers =
    [
        "onsetDateTime", "onsetPeriod", "effectiveDateTime", "effectivePeriod", "effectiveInstant", "performedDateTime", "performedPeriod",
        "occurrenceDateTime", "occurrencePeriod", "servicedDate", "servicedPeriod", "period", "billablePeriod", "start", "started",
        "authoredOn", "whenHandedOver", "date", "recordedDate", "recorded", "created", "issued",
    ];

    /// <summary>The ways to find the patient by this resource; made once.</summary>
    public IReadOnlyList<SearchEntry> SearchEntries => field ??= Search.SearchEntries.OfRecord(ResourceType, Json);

    /// <summary>Takes a resource.</summary>
    /// <param name="utf8">UTF-8 text of one JSON object.</param>
    /// <param name="fullUrl">Its absolute address, if known.</param>
    /// <returns>The resource.</returns>
    /// <exception cref="InvalidDocumentException">
    /// <c>InvalidJson</c>, <c>DuplicateJsonMember</c>, or <c>NotAResource</c> when it has no <c>resourceType</c>.
    /// </exception>
    public static RecordResource Parse(ReadOnlySpan<byte> utf8, string? fullUrl = null)
    {
        var json = JsonText.CompactObject(utf8);
        var reader = new Utf8JsonReader(json, JsonText.ReaderOptions);
        string? type = null, id = null, code = null;
        PartialDate? date = null;
        int codeRank = CodeMembers.Length, dateRank = DateMembers.Length;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var codeMember = Rank(ref reader, CodeMembers, codeRank);
            var dateMember = Rank(ref reader, DateMembers, dateRank);
            var isType = reader.ValueTextEquals("resourceType"u8);
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isType || isId)
            {
                var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                (type, id) = isType ? (text, id) : (type, text);
                reader.Skip();
            }
            else if (codeMember < codeRank && FirstCode(ref reader) is { } found)
            {
                (code, codeRank) = (found, codeMember);
            }
            else if (dateMember < dateRank && FirstDate(ref reader) is { } day)
            {
                (date, dateRank) = (day, dateMember);
            }
            else
            {
                reader.Skip();
            }
        }

        return string.IsNullOrEmpty(type)
            ? throw new InvalidDocumentException("NotAResource", "The JSON object has no resourceType, so it is no FHIR resource.")
            : new RecordResource(type, string.IsNullOrEmpty(id) ? null : id, fullUrl, json, code, date);
    }

    /// <summary>The rank of the member among those that would be better than what was found so far.</summary>
    private static int Rank(ref Utf8JsonReader reader, string[] members, int below)
    {
        for (var i = 0; i < below; i++)
        {
            if (reader.ValueTextEquals(members[i]))
            {
                return i;
            }
        }

        return members.Length;
    }

    /// <summary>The first <c>code</c> inside a code, Coding, CodeableConcept or a list of them. Leaves the reader at the value's end.</summary>
    private static string? FirstCode(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString();
        }

        string? code = null;
        var depth = reader.CurrentDepth;
        while (IsInside(ref reader, depth))
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("extension"u8))
            {
                reader.Read();
                reader.Skip();
            }
            else if (code is null && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("code"u8))
            {
                reader.Read();
                code = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }
        }

        return code;
    }

    /// <summary>A date, or the start of a period. Leaves the reader at the value's end.</summary>
    private static PartialDate? FirstDate(ref Utf8JsonReader reader)
    {
        PartialDate? date = null;
        if (reader.TokenType == JsonTokenType.String)
        {
            return PartialDate.TryParse(reader.GetString(), out var day) ? day : null;
        }

        var depth = reader.CurrentDepth;
        while (IsInside(ref reader, depth))
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth + 1 && reader.ValueTextEquals("start"u8))
            {
                reader.Read();
                date = reader.TokenType == JsonTokenType.String && PartialDate.TryParse(reader.GetString(), out var day) ? day : null;
            }
        }

        return date;
    }

    /// <summary>Steps on within an object or array; false at its end, and at once for a plain value.</summary>
    private static bool IsInside(ref Utf8JsonReader reader, int depth) =>
        (reader.CurrentDepth > depth || reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        && reader.Read()
        && reader.CurrentDepth > depth;
}

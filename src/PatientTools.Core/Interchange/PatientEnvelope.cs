using System.Buffers;
using System.Text.Json;
using PatientTools.Patients;

namespace PatientTools.Interchange;

/// <summary>
/// A patient document, its record and its legacy in one JSON object: the document's members, then <c>record</c> (an array of
/// resources) and <c>legacy</c> (an object). It is ours, not FHIR's.
/// </summary>
internal static class PatientEnvelope
{
    private static ReadOnlySpan<byte> RecordMember => "record"u8;

    private static ReadOnlySpan<byte> LegacyMember => "legacy"u8;

    /// <summary>Takes the parts apart.</summary>
    public static PatientItem Read(ReadOnlySpan<byte> json, SourcePlace place)
    {
        List<Range> kept = [], record = [];
        Range? legacy = null;
        var hasRecord = false;
        var reader = new Utf8JsonReader(json, ResourceReader.WrapperOptions);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new InvalidDocumentException("InvalidJson", "The JSON is not an object.", 1, 1);
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var start = (int)reader.TokenStartIndex;
                if (reader.ValueTextEquals(RecordMember))
                {
                    Once(ref hasRecord, "record");
                    FindResources(ref reader, record);
                }
                else if (reader.ValueTextEquals(LegacyMember))
                {
                    var hasLegacy = legacy is not null;
                    Once(ref hasLegacy, "legacy");
                    legacy = ObjectRange(ref reader, "legacy");
                }
                else
                {
                    reader.Read();
                    reader.Skip();
                    kept.Add(start..(int)reader.BytesConsumed);
                }
            }

            // What stands behind the object makes the reader complain.
            reader.Read();
        }
        catch (JsonException e)
        {
            throw JsonText.Malformed(e);
        }

        var (document, resources, extra) = Parts(json, kept, record, legacy);
        return ResourceReader.Item(document, extra, resources, place);
    }

    /// <summary>Puts the parts together.</summary>
    public static void Write(Stream output, ReadOnlySpan<byte> document, IEnumerable<ReadOnlyMemory<byte>> record, ReadOnlySpan<byte> legacy)
    {
        output.Write(document[..^1]);
        var hasMember = document.Length > 2;
        var count = 0;
        foreach (var resource in record)
        {
            output.Write(count++ > 0 ? ","u8 : hasMember ? ",\"record\":["u8 : "\"record\":["u8);
            output.Write(resource.Span);
        }

        if (count > 0)
        {
            output.Write("]"u8);
            hasMember = true;
        }

        if (!legacy.IsEmpty)
        {
            output.Write(hasMember ? ",\"legacy\":"u8 : "\"legacy\":"u8);
            output.Write(legacy);
        }

        output.Write("}"u8);
    }

    private static (PatientDocument Document, List<RecordResource> Record, byte[]? Legacy) Parts(
        ReadOnlySpan<byte> json, List<Range> kept, List<Range> record, Range? legacy)
    {
        var text = new ArrayBufferWriter<byte>(json.Length);
        foreach (var range in kept)
        {
            text.Write(text.WrittenCount == 0 ? "{"u8 : ","u8);
            text.Write(json[range]);
        }

        text.Write(text.WrittenCount == 0 ? "{}"u8 : "}"u8);
        var document = Part(json, kept.Count > 0 ? kept[0] : 0..0, () => PatientDocument.Parse(text.WrittenSpan));
        var resources = new List<RecordResource>(record.Count);
        foreach (var range in record)
        {
            var bytes = json[range].ToArray();
            resources.Add(Part(json, range, () => RecordResource.Parse(bytes)));
        }

        var extra = legacy is { } found ? json[found].ToArray() : null;
        return (document, resources, extra is null ? null : Part(json, legacy!.Value, () => JsonText.CompactObject(extra)));
    }

    /// <summary>Checks a part; the place of an error is told as that of the part, which is exact to the member.</summary>
    private static T Part<T>(ReadOnlySpan<byte> json, Range range, Func<T> parse)
    {
        try
        {
            return parse();
        }
        catch (InvalidDocumentException e)
        {
            var (line, column) = JsonText.Place(json, range.Start.Value);
            throw new InvalidDocumentException(e.ErrorId, e.Problem, line, column, e);
        }
    }

    private static void Once(ref bool seen, string member)
    {
        if (seen)
        {
            throw new InvalidDocumentException("DuplicateJsonMember", $"The member '{member}' stands twice in one object.");
        }

        seen = true;
    }

    private static void FindResources(ref Utf8JsonReader reader, List<Range> resources)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new InvalidDocumentException("InvalidRecord", "The member 'record' has to be an array of FHIR resources.");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            resources.Add(Object(ref reader, "record"));
        }
    }

    private static Range ObjectRange(ref Utf8JsonReader reader, string member)
    {
        reader.Read();
        return Object(ref reader, member);
    }

    private static Range Object(ref Utf8JsonReader reader, string member)
    {
        var start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new InvalidDocumentException("InvalidRecord", $"The member '{member}' has to hold JSON objects.");
        }

        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }
}

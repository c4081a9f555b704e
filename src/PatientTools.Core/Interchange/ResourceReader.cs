using System.Text.Json;
using PatientTools.Patients;

namespace PatientTools.Interchange;

/// <summary>Reads one JSON value that is a Patient, a Patient with record and legacy, or a Bundle.</summary>
internal static class ResourceReader
{
    /// <summary>
    /// For finding where the parts of a document lie. The parts are checked one by one under the usual limit of depth, to
    /// which a wrapper of ours adds this much.
    /// </summary>
    public static readonly JsonReaderOptions WrapperOptions = new() { MaxDepth = JsonText.MaxDepth + 4, CommentHandling = JsonCommentHandling.Disallow };

    public static void Read(ReadOnlySpan<byte> json, JsonOrigin origin, List<ImportItem> items)
    {
        try
        {
            if (TypeOf(json) == "Bundle")
            {
                items.AddRange(BundleReader.Read(json, origin));
            }
            else
            {
                items.Add(ReadPatient(json, origin));
            }
        }
        catch (InvalidDocumentException e)
        {
            items.Add(origin.Reject(e));
        }
    }

    /// <summary>The resource type; null when there is none or the text is malformed, which whoever parses it will say better.</summary>
    public static string? TypeOf(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, WrapperOptions);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("resourceType"u8);
                reader.Read();
                if (isType)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }

                reader.Skip();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }

        return null;
    }

    public static PatientItem ReadPatient(ReadOnlySpan<byte> json, JsonOrigin origin) => MayBeEnvelope(json)
        ? PatientEnvelope.Read(json, origin.Place)
        : Item(PatientDocument.Parse(json), null, [], origin.Place);

    /// <summary>Whether a text is one document and nothing more: no Bundle, and without record and legacy.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> json) => HoldsOnlyPlain(json) || !(MayBeEnvelope(json) || TypeOf(json) == "Bundle");

    /// <summary>Whether each document of a text certainly <see cref="IsPlain"/>, told by a search at memory speed.</summary>
    public static bool HoldsOnlyPlain(ReadOnlySpan<byte> json) => !MayBeEnvelope(json) && json.IndexOf("\"Bundle\""u8) < 0;

    /// <summary>No FHIR Patient has such members.</summary>
    private static bool MayBeEnvelope(ReadOnlySpan<byte> json) => json.IndexOf("\"record\""u8) >= 0 || json.IndexOf("\"legacy\""u8) >= 0;

    public static PatientItem Item(PatientDocument document, byte[]? legacy, IReadOnlyList<RecordResource> record, SourcePlace place) =>
        new(place, document, legacy, record, document.Properties.FhirId ?? document.ContentKey());
}

using System.Text.Json;
using PatientTools.Patients;

namespace PatientTools.Search;

/// <summary>Reads the search entries of a record's resources in one pass over their bytes.</summary>
internal static class RecordEntryReader
{
    private delegate void MemberReader(ref Utf8JsonReader reader, SearchEntryCollector entries);

    /// <summary>Reads a resource; one of a type of which no entries are made gives none.</summary>
    /// <param name="resourceType">The FHIR type.</param>
    /// <param name="json">Well-formed JSON: one object.</param>
    /// <param name="entries">Takes the entries.</param>
    public static void Read(string resourceType, ReadOnlySpan<byte> json, SearchEntryCollector entries)
    {
        switch (resourceType)
        {
            case "Condition":
                ReadMember(json, "code"u8, ReadConcept, entries);
                break;
            case "Coverage":
                ReadMember(json, "payor"u8, ReadPayer, entries);
                break;
            default:
                break;
        }
    }

    private static void ReadMember(ReadOnlySpan<byte> json, ReadOnlySpan<byte> member, MemberReader read, SearchEntryCollector entries)
    {
        var reader = new Utf8JsonReader(json, JsonText.ReaderOptions);
        reader.Read();
        ReadMember(ref reader, member, read, entries);
    }

    /// <summary>Visits what a member of the object holds that the reader has begun; it is left at the object's end.</summary>
    private static void ReadMember(ref Utf8JsonReader reader, ReadOnlySpan<byte> member, MemberReader read, SearchEntryCollector entries)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMember = reader.ValueTextEquals(member);
            reader.Read();
            if (isMember)
            {
                Each(ref reader, read, entries);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadConcept(ref Utf8JsonReader reader, SearchEntryCollector entries) => ReadMember(ref reader, "coding"u8, ReadCoding, entries);

    private static void ReadCoding(ref Utf8JsonReader reader, SearchEntryCollector entries)
    {
        if (Text(ref reader, "code"u8) is { } code)
        {
            entries.Add(SearchEntryKind.Condition, PatientEntryWriter.OfThread.ValueTermOf(code));
        }
    }

    private static void ReadPayer(ref Utf8JsonReader reader, SearchEntryCollector entries)
    {
        string? name = null, number = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isName, isIdentifier) = (reader.ValueTextEquals("display"u8), reader.ValueTextEquals("identifier"u8));
            reader.Read();
            if (isName && reader.TokenType == JsonTokenType.String)
            {
                name = reader.GetString();
            }
            else if (isIdentifier && reader.TokenType == JsonTokenType.StartObject)
            {
                number = Text(ref reader, "value"u8);
            }
            else
            {
                reader.Skip();
            }
        }

        Add(SearchEntryKind.Payer, string.IsNullOrEmpty(name) ? number : name, entries);
        Add(SearchEntryKind.PayerNumber, string.IsNullOrEmpty(name) ? null : number, entries);
    }

    private static void Add(SearchEntryKind kind, string? value, SearchEntryCollector entries)
    {
        if (value is not null)
        {
            entries.Add(kind, PatientEntryWriter.OfThread.ValueTermOf(value));
        }
    }

    /// <summary>The text of a member of the object that the reader has begun; it is left at the object's end.</summary>
    private static string? Text(ref Utf8JsonReader reader, ReadOnlySpan<byte> member)
    {
        string? text = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMember = reader.ValueTextEquals(member);
            reader.Read();
            if (isMember && reader.TokenType == JsonTokenType.String)
            {
                text = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>Visits each object of an array, or the one object where somebody left the brackets out.</summary>
    private static void Each(ref Utf8JsonReader reader, MemberReader read, SearchEntryCollector entries)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            read(ref reader, entries);
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    read(ref reader, entries);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }
}

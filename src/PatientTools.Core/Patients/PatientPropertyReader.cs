using System.Text.Json;

namespace PatientTools.Patients;

/// <summary>Reads <see cref="PatientProperties"/> in one pass over the bytes, without a tree.</summary>
internal sealed class PatientPropertyReader
{
    private readonly List<PatientName> _names = [];
    private readonly List<PatientIdentifier> _identifiers = [];
    private readonly List<PatientAddress> _addresses = [];
    private readonly List<PatientTelecom> _telecoms = [];
    private string? _id;
    private bool? _active;
    private PartialDate? _birthDate;
    private string? _gender;
    private bool _deceased;
    private PartialDate? _deceasedDate;

    public PatientProperties Read(ReadOnlySpan<byte> document)
    {
        var reader = new Utf8JsonReader(document, JsonText.ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref reader);
        }

        return new PatientProperties
        {
            FhirId = _id,
            Active = _active,
            BirthDate = _birthDate,
            Gender = _gender,
            Deceased = _deceased,
            DeceasedDate = _deceasedDate,
            Names = _names,
            Identifiers = _identifiers,
            Addresses = _addresses,
            Telecoms = _telecoms,
        };
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("id"u8))
        {
            _id = Text(ref reader);
        }
        else if (reader.ValueTextEquals("active"u8))
        {
            _active = Flag(ref reader);
        }
        else if (reader.ValueTextEquals("birthDate"u8))
        {
            _birthDate = Date(ref reader);
        }
        else if (reader.ValueTextEquals("gender"u8))
        {
            _gender = Text(ref reader);
        }
        else if (reader.ValueTextEquals("deceasedBoolean"u8))
        {
            _deceased |= Flag(ref reader) ?? false;
        }
        else if (reader.ValueTextEquals("deceasedDateTime"u8))
        {
            _deceasedDate = Date(ref reader);
            _deceased = true;
        }
        else if (reader.ValueTextEquals("name"u8))
        {
            Each(ref reader, ReadName);
        }
        else if (reader.ValueTextEquals("identifier"u8))
        {
            Each(ref reader, ReadIdentifier);
        }
        else if (reader.ValueTextEquals("address"u8))
        {
            Each(ref reader, ReadAddress);
        }
        else if (reader.ValueTextEquals("telecom"u8))
        {
            Each(ref reader, ReadTelecom);
        }
        else
        {
            reader.Read();
            reader.Skip();
        }
    }

    private void ReadName(ref Utf8JsonReader reader)
    {
        string? use = null, family = null, text = null;
        List<string> given = [], prefix = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("use"u8))
            {
                use = Text(ref reader);
            }
            else if (reader.ValueTextEquals("family"u8))
            {
                family = Text(ref reader);
            }
            else if (reader.ValueTextEquals("text"u8))
            {
                text = Text(ref reader);
            }
            else if (reader.ValueTextEquals("given"u8))
            {
                Texts(ref reader, given);
            }
            else if (reader.ValueTextEquals("prefix"u8))
            {
                Texts(ref reader, prefix);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        _names.Add(new PatientName(use, family, given, prefix, text));
    }

    private void ReadIdentifier(ref Utf8JsonReader reader)
    {
        string? system = null, value = null;
        var isMrn = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("system"u8))
            {
                system = Text(ref reader);
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                value = Text(ref reader);
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                isMrn = IsMrnType(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (value is not null)
        {
            _identifiers.Add(new PatientIdentifier(system, value, isMrn));
        }
    }

    private static bool IsMrnType(ref Utf8JsonReader reader)
    {
        var isMrn = false;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("coding"u8))
            {
                Each(ref reader, (ref Utf8JsonReader coding) => isMrn |= IsMrnCoding(ref coding));
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return isMrn;
    }

    /// <summary>The code counts without a system too: German hospital systems often leave it out.</summary>
    private static bool IsMrnCoding(ref Utf8JsonReader reader)
    {
        var isCode = false;
        var isOtherSystem = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("code"u8))
            {
                reader.Read();
                isCode = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(IdentifierSystems.MedicalRecordNumber);
            }
            else if (reader.ValueTextEquals("system"u8))
            {
                reader.Read();
                isOtherSystem = reader.TokenType == JsonTokenType.String
                    && !reader.ValueTextEquals(IdentifierSystems.TypeCodes)
                    && !reader.ValueTextEquals("http://hl7.org/fhir/v2/0203");
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        return isCode && !isOtherSystem;
    }

    private void ReadAddress(ref Utf8JsonReader reader)
    {
        string? use = null, postalCode = null, city = null, state = null, country = null;
        List<string> lines = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("use"u8))
            {
                use = Text(ref reader);
            }
            else if (reader.ValueTextEquals("line"u8))
            {
                Texts(ref reader, lines);
            }
            else if (reader.ValueTextEquals("postalCode"u8))
            {
                postalCode = Text(ref reader);
            }
            else if (reader.ValueTextEquals("city"u8))
            {
                city = Text(ref reader);
            }
            else if (reader.ValueTextEquals("state"u8))
            {
                state = Text(ref reader);
            }
            else if (reader.ValueTextEquals("country"u8))
            {
                country = Text(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        _addresses.Add(new PatientAddress(use, lines, postalCode, city, state, country));
    }

    private void ReadTelecom(ref Utf8JsonReader reader)
    {
        string? system = null, value = null, use = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("system"u8))
            {
                system = Text(ref reader);
            }
            else if (reader.ValueTextEquals("value"u8))
            {
                value = Text(ref reader);
            }
            else if (reader.ValueTextEquals("use"u8))
            {
                use = Text(ref reader);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        if (value is not null)
        {
            _telecoms.Add(new PatientTelecom(system, value, use));
        }
    }

    private delegate void ObjectReader(ref Utf8JsonReader reader);

    /// <summary>Visits each object of an array, or the one object where somebody left the brackets out.</summary>
    private static void Each(ref Utf8JsonReader reader, ObjectReader read)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            read(ref reader);
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                read(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void Texts(ref Utf8JsonReader reader, List<string> texts)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            AddText(reader.GetString(), texts);
            return;
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String)
            {
                AddText(reader.GetString(), texts);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void AddText(string? text, List<string> texts)
    {
        if (!string.IsNullOrEmpty(text))
        {
            texts.Add(text);
        }
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String)
        {
            return reader.GetString() is { Length: > 0 } text ? text : null;
        }

        reader.Skip();
        return null;
    }

    private static bool? Flag(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.True:
                return true;
            case JsonTokenType.False:
                return false;
            default:
                reader.Skip();
                return null;
        }
    }

    private static PartialDate? Date(ref Utf8JsonReader reader) =>
        Text(ref reader) is { } text && PartialDate.TryParse(text, out var date) ? date : null;
}

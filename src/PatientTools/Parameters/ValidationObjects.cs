using System.Collections;
using System.Management.Automation;
using System.Text;
using System.Text.Json;
using PatientTools.Interchange;
using PatientTools.Output;
using PatientTools.Patients;
using PatientTools.Synthesis;
using PatientTools.Validation;

namespace PatientTools.Parameters;

/// <summary>Makes patients to be checked of what comes down a pipeline; nothing of them has to be right.</summary>
internal static class ValidationObjects
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = JsonText.MaxDepth };

    /// <summary>Which patient of the store an object names; null when it is a document itself.</summary>
    /// <param name="given">A patient, an id, a result, or an object with an id of the store.</param>
    public static PatientIdentity? IdentityOf(PSObject given) => given.BaseObject switch
    {
        Patient patient => new PatientIdentity(patient),
        PatientId id => new PatientIdentity(id),
        Guid id => new PatientIdentity(id),
        PatientValidationResult { Id: { } id } => new PatientIdentity(id),
        PSCustomObject when given.Properties["Id"]?.Value is { } id => IdentityOf(id, isAlone: given.Properties.Count() == 1 || given.TypeNames.Contains(SelectedPatient.TypeName)),
        IDictionary { Count: 1 } map when map["Id"] is { } id => IdentityOf(id, isAlone: true),
        _ => null,
    };

    /// <summary>The document that an object is; why it is none, when it is none.</summary>
    /// <param name="given">A sample, a hashtable or an object with properties.</param>
    /// <param name="place">Which object of the pipeline it is.</param>
    public static PatientInput Read(PSObject given, SourcePlace place)
    {
        try
        {
            return given.BaseObject switch
            {
                PatientSample sample => new PatientInput { Place = place, Document = sample.Document.Utf8, Record = sample.Record },
                IDictionary or PSCustomObject => FromMembers((IDictionary)PlainValues.Of(given)!, place),
                var other => throw new PatientToolsException(
                    "UnsupportedInput",
                    $"A {other.GetType().Name} is nothing that can be checked. Pipe files, patients, samples, hashtables, objects with properties, or JSON text.",
                    ErrorKind.InvalidArgument),
            };
        }
        catch (PatientToolsException e) when (e.ErrorId != "UnsupportedInput")
        {
            return new PatientInput { Place = place, Record = [], Refusal = e };
        }
    }

    /// <summary>The document that a JSON text is.</summary>
    /// <param name="json">The text.</param>
    /// <param name="place">Which object of the pipeline it is.</param>
    public static PatientInput FromText(string json, SourcePlace place)
    {
        try
        {
            return new PatientInput { Place = place, Document = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(json), Record = [] };
        }
        catch (EncoderFallbackException e)
        {
            return new PatientInput { Place = place, Record = [], Refusal = new InvalidDocumentException("InvalidJson", "The text holds half of a surrogate pair, which is no character.", 0, 0, e) };
        }
    }

    /// <summary>
    /// Whether a text is one document and nothing else, so that it can be checked as it is. Only a text of several lines is
    /// looked through for that.
    /// </summary>
    /// <param name="utf8">The text.</param>
    public static bool IsOneDocument(ReadOnlySpan<byte> utf8)
    {
        var text = utf8.Trim(" \t\r\n"u8);
        return text is [(byte)'{', ..]
            && text.IndexOf("\"Bundle\""u8) < 0 && text.IndexOf("\"record\""u8) < 0 && text.IndexOf("\"legacy\""u8) < 0
            && (text.IndexOf((byte)'\n') < 0 || IsOneValue(text));
    }

    private static PatientIdentity? IdentityOf(object id, bool isAlone) => (id is PSObject wrapped ? wrapped.BaseObject : id) switch
    {
        PatientId known => new PatientIdentity(known),
        string text when isAlone => new PatientIdentity(text),
        Guid known when isAlone => new PatientIdentity(known),
        _ => null,
    };

    private static PatientInput FromMembers(IDictionary members, SourcePlace place)
    {
        if (PatientItemBuilder.ToFhirText(members) is { } text && IsOneDocument(text))
        {
            return new PatientInput { Place = place, Document = text, Record = [] };
        }

        var item = PatientItemBuilder.FromDictionary(members, place);
        return new PatientInput { Place = place, Document = item.Document.Utf8, Record = [.. item.Record.Select(resource => (ReadOnlyMemory<byte>)resource.Json)] };
    }

    private static bool IsOneValue(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, ReaderOptions);
        try
        {
            reader.Read();
            reader.Skip();
            return reader.BytesConsumed == text.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}

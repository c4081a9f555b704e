using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using PatientTools.Patients;

namespace PatientTools.Synthesis;

/// <summary>Writes persons as FHIR R4 resources in compact JSON. One per thread, its buffer used again and again.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The JSON writer stands over a managed buffer: there is nothing to release, and the thread keeps both.")]
internal sealed class SampleWriter
{
    /// <summary>The system of samples' medical record numbers, under the arc that is kept for examples (2.999).</summary>
    public const string MrnSystem = "urn:oid:2.999.1";

    [ThreadStatic]
    private static SampleWriter? _ofThread;

    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _json;

    private SampleWriter() => _json = new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

    public static SampleWriter OfThread => _ofThread ??= new SampleWriter();

    /// <summary>Writes the patient resource.</summary>
    public byte[] Patient(SamplePerson person)
    {
        Begin("Patient"u8, person.Id);
        _json.WriteStartArray("identifier"u8);
        MedicalRecordNumber(person.Mrn);
        if (person.RepeatsIdentifier)
        {
            MedicalRecordNumber(person.Mrn);
        }

        if (person.Kvnr is { } kvnr)
        {
            _json.WriteStartObject();
            Identifier(IdentifierSystems.Kvnr, kvnr);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
        _json.WriteBoolean("active"u8, true);
        Name(person);
        Telecom(person);
        _json.WriteString("gender"u8, person.Gender);
        Optional("birthDate"u8, person.BirthDate);
        Optional("deceasedDateTime"u8, person.DeceasedDate);
        Address(person);
        if (person.MaritalStatus is { } status)
        {
            Concept("maritalStatus"u8, "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", status);
        }

        if (person.HasUnknownMember)
        {
            _json.WriteString("favouriteColour"u8, "blau"u8);
        }

        return End();
    }

    /// <summary>Writes the insurance.</summary>
    public byte[] Coverage(SamplePerson person)
    {
        Begin("Coverage"u8, person.Id + "-coverage");
        _json.WriteString("status"u8, "active"u8);
        Concept("type"u8, "http://fhir.de/CodeSystem/versicherungsart-de-basis", person.IsPrivatelyInsured ? "PKV" : "GKV");
        Reference("beneficiary"u8, person.Id);
        _json.WriteStartArray("payor"u8);
        _json.WriteStartObject();
        _json.WriteStartObject("identifier"u8);
        Identifier(IdentifierSystems.InstitutionNumber, person.Insurer.InstitutionNumber);
        _json.WriteEndObject();
        _json.WriteString("display"u8, person.Insurer.Name);
        _json.WriteEndObject();
        _json.WriteEndArray();
        return End();
    }

    /// <summary>Writes one diagnosis.</summary>
    public byte[] Condition(SamplePerson person, SampleCondition condition)
    {
        Begin("Condition"u8, $"{person.Id}-condition-{condition.Number}");
        Concept("clinicalStatus"u8, "http://terminology.hl7.org/CodeSystem/condition-clinical", "active");
        _json.WriteStartObject("code"u8);
        _json.WriteStartArray("coding"u8);
        _json.WriteStartObject();
        _json.WriteString("system"u8, "http://fhir.de/CodeSystem/bfarm/icd-10-gm"u8);
        _json.WriteString("version"u8, PersonComposer.Text(condition.Recorded)[..4]);
        _json.WriteString("code"u8, condition.Code);
        _json.WriteString("display"u8, condition.Display);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
        Reference("subject"u8, person.Id);
        _json.WriteString("recordedDate"u8, PersonComposer.Text(condition.Recorded));
        return End();
    }

    private void Name(SamplePerson person)
    {
        if (person.FamilyName is null && person.GivenNames.Length == 0)
        {
            return;
        }

        _json.WriteStartArray("name"u8);
        _json.WriteStartObject();
        _json.WriteString("use"u8, "official"u8);
        Optional("family"u8, person.FamilyName);
        _json.WriteStartArray("given"u8);
        foreach (var name in person.GivenNames)
        {
            _json.WriteStringValue(name);
        }

        _json.WriteEndArray();
        if (person.Title is { } title)
        {
            _json.WriteStartArray("prefix"u8);
            _json.WriteStringValue(title);
            _json.WriteEndArray();
        }

        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void Telecom(SamplePerson person)
    {
        if (person.Phone is null && person.Email is null)
        {
            return;
        }

        _json.WriteStartArray("telecom"u8);
        ContactPoint("phone"u8, person.Phone);
        ContactPoint("email"u8, person.Email);
        _json.WriteEndArray();
    }

    private void ContactPoint(ReadOnlySpan<byte> system, string? value)
    {
        if (value is not null)
        {
            _json.WriteStartObject();
            _json.WriteString("system"u8, system);
            _json.WriteString("value"u8, value);
            _json.WriteEndObject();
        }
    }

    private void Address(SamplePerson person)
    {
        _json.WriteStartArray("address"u8);
        _json.WriteStartObject();
        _json.WriteStartArray("line"u8);
        _json.WriteStringValue(person.Street);
        _json.WriteEndArray();
        _json.WriteString("city"u8, person.City);
        _json.WriteString("postalCode"u8, person.PostalCode);
        _json.WriteString("country"u8, "DE"u8);
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void MedicalRecordNumber(string mrn)
    {
        _json.WriteStartObject();
        Concept("type"u8, IdentifierSystems.TypeCodes, IdentifierSystems.MedicalRecordNumber);
        Identifier(MrnSystem, mrn);
        _json.WriteEndObject();
    }

    private void Identifier(string system, string value)
    {
        _json.WriteString("system"u8, system);
        _json.WriteString("value"u8, value);
    }

    private void Concept(ReadOnlySpan<byte> member, string system, string code)
    {
        _json.WriteStartObject(member);
        _json.WriteStartArray("coding"u8);
        _json.WriteStartObject();
        _json.WriteString("system"u8, system);
        _json.WriteString("code"u8, code);
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    private void Reference(ReadOnlySpan<byte> member, string patientId)
    {
        _json.WriteStartObject(member);
        _json.WriteString("reference"u8, "Patient/" + patientId);
        _json.WriteEndObject();
    }

    private void Optional(ReadOnlySpan<byte> member, string? value)
    {
        if (value is not null)
        {
            _json.WriteString(member, value);
        }
    }

    private void Begin(ReadOnlySpan<byte> resourceType, string id)
    {
        _buffer.ResetWrittenCount();
        _json.Reset();
        _json.WriteStartObject();
        _json.WriteString("resourceType"u8, resourceType);
        _json.WriteString("id"u8, id);
    }

    private byte[] End()
    {
        _json.WriteEndObject();
        _json.Flush();
        return _buffer.WrittenSpan.ToArray();
    }
}

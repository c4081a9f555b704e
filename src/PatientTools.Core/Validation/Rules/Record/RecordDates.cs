using System.Collections.Frozen;
using System.Text;
using PatientTools.Patients;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Record;

/// <summary>A member that says when a resource happened.</summary>
/// <param name="Member">The member.</param>
/// <param name="Inner">Its member that does, such as <c>start</c> of a period; empty when it is the date itself.</param>
internal sealed record RecordDateMember(byte[] Member, byte[] Inner);

/// <summary>
/// The dates by which resources happened. Source: the W5 mapping of hl7.org/fhir/R4/fivews.html (done, recorded, init) of the
/// resources of a patient's compartment. Left out are billing, insurance, consent and documents, which may lie before birth
/// or long after death.
/// </summary>
internal static class RecordDates
{
    private const string Table = """
        AllergyIntolerance onsetDateTime onsetPeriod.start lastOccurrence recordedDate
        Condition onsetDateTime onsetPeriod.start recordedDate
        Immunization occurrenceDateTime
        MedicationAdministration effectiveDateTime effectivePeriod.start
        MedicationStatement effectiveDateTime effectivePeriod.start
        MedicationRequest authoredOn
        MedicationDispense whenPrepared whenHandedOver
        Procedure performedDateTime performedPeriod.start
        Observation effectiveDateTime effectivePeriod.start effectiveInstant
        DiagnosticReport effectiveDateTime effectivePeriod.start
        ImagingStudy started
        Specimen collection.collectedDateTime
        Encounter period.start
        EpisodeOfCare period.start
        CarePlan period.start
        ClinicalImpression effectiveDateTime effectivePeriod.start
        ServiceRequest authoredOn
        RiskAssessment occurrenceDateTime
        VisionPrescription dateWritten
        NutritionOrder dateTime
        """;

    private static readonly FrozenDictionary<string, RecordDateMember[]> OfType = Table.Split('\n')
        .Select(row => row.Split(' '))
        .SelectMany(row => row[1..], (row, path) => (Type: row[0], Member: Read(path)))
        .GroupBy(row => row.Type, row => row.Member, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);

    /// <summary>The members of a resource that say when it happened.</summary>
    /// <param name="resource">The resource.</param>
    /// <returns>The members, which it need not have.</returns>
    public static RecordDateMember[] Of(ResourceContent resource) =>
        resource.Type is { } type && OfType.TryGetValue(type.Name, out var members) ? members : [];

    /// <summary>Finds a date.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="member">Where it stands.</param>
    /// <param name="date">The date, in its own time zone where it has one.</param>
    /// <param name="hasTime">Whether it is a moment, which may fall on the day beside where the patient lived.</param>
    /// <returns>The value; 0 when there is none, or none that can be read.</returns>
    public static int Find(ResourceContent resource, RecordDateMember member, out PartialDate date, out bool hasTime)
    {
        (date, hasTime) = (default, false);
        var node = resource.Member(0, member.Member);
        if (node != 0 && member.Inner.Length > 0)
        {
            node = resource.Member(node, member.Inner);
        }

        return node != 0 && resource.Nodes[node].Kind == ContentKind.Text && TryRead(resource.TextOf(node), out date, out hasTime) ? node : 0;
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out PartialDate date, out bool hasTime)
    {
        const int dayLength = 10;
        Span<char> characters = stackalloc char[dayLength];
        hasTime = text.Length > dayLength && text[dayLength] == (byte)'T';
        date = default;
        var day = hasTime ? text[..dayLength] : text;
        return day.Length <= dayLength && Encoding.UTF8.TryGetChars(day, characters, out var length) && PartialDate.TryParse(characters[..length], out date);
    }

    private static RecordDateMember Read(string path)
    {
        var parts = path.Trim().Split('.');
        return new RecordDateMember(Encoding.UTF8.GetBytes(parts[0]), parts.Length > 1 ? Encoding.UTF8.GetBytes(parts[1]) : []);
    }
}

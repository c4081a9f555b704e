using System.Collections.Frozen;
using System.Text;
using PatientTools.Patients;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Record;

/// <summary>What a date of a resource is about.</summary>
internal enum RecordDateKind
{
    /// <summary>Something that only the living do or suffer: falling ill, being vaccinated, taking medicine.</summary>
    Life,

    /// <summary>Something that is done for somebody, and may follow death for some weeks: examining, writing down, coding.</summary>
    Care,
}

/// <summary>A member that says when a resource happened.</summary>
/// <param name="Member">The member.</param>
/// <param name="Inner">Its member that does, such as <c>start</c> of a period; empty when it is the date itself.</param>
/// <param name="Kind">What the date is about.</param>
internal sealed record RecordDateMember(byte[] Member, byte[] Inner, RecordDateKind Kind);

/// <summary>
/// The dates by which resources happened. Source: the W5 mapping of hl7.org/fhir/R4/fivews.html (done, recorded, init) of the
/// resources of a patient's compartment. Left out are billing, insurance, consent and documents, which may lie before birth
/// or long after death.
/// </summary>
internal static class RecordDates
{
    private const string Table = """
        AllergyIntolerance Life onsetDateTime onsetPeriod.start lastOccurrence
        AllergyIntolerance Care recordedDate
        Condition Life onsetDateTime onsetPeriod.start
        Condition Care recordedDate
        Immunization Life occurrenceDateTime
        MedicationAdministration Life effectiveDateTime effectivePeriod.start
        MedicationStatement Life effectiveDateTime effectivePeriod.start
        MedicationRequest Care authoredOn
        MedicationDispense Care whenPrepared whenHandedOver
        Procedure Care performedDateTime performedPeriod.start
        Observation Care effectiveDateTime effectivePeriod.start effectiveInstant
        DiagnosticReport Care effectiveDateTime effectivePeriod.start
        ImagingStudy Care started
        Specimen Care collection.collectedDateTime
        Encounter Care period.start
        EpisodeOfCare Care period.start
        CarePlan Care period.start
        ClinicalImpression Care effectiveDateTime effectivePeriod.start
        ServiceRequest Care authoredOn
        RiskAssessment Care occurrenceDateTime
        VisionPrescription Care dateWritten
        NutritionOrder Care dateTime
        """;

    private static readonly FrozenDictionary<string, RecordDateMember[]> OfType = Table.Split('\n')
        .Select(row => row.Split(' '))
        .SelectMany(row => row[2..], (row, path) => (Type: row[0], Member: Read(path, Enum.Parse<RecordDateKind>(row[1]))))
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
    /// <param name="first">The first day it can mean, in any time zone.</param>
    /// <param name="last">The last day it can mean, in any time zone.</param>
    /// <returns>The value; 0 when there is none, or none that can be read.</returns>
    public static int Find(ResourceContent resource, RecordDateMember member, out DateOnly first, out DateOnly last)
    {
        (first, last) = (default, default);
        var node = resource.Member(0, member.Member);
        if (node != 0 && member.Inner.Length > 0)
        {
            node = resource.Member(node, member.Inner);
        }

        if (node == 0 || resource.Nodes[node].Kind != ContentKind.Text || !TryRead(resource.TextOf(node), out var date, out var hasTime))
        {
            return 0;
        }

        // A moment may fall on another day where the patient lived.
        (first, last) = (date.First.AddDays(hasTime && date.First > DateOnly.MinValue ? -1 : 0), date.Last.AddDays(hasTime && date.Last < DateOnly.MaxValue ? 1 : 0));
        return node;
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

    private static RecordDateMember Read(string path, RecordDateKind kind)
    {
        var parts = path.Trim().Split('.');
        return new RecordDateMember(Encoding.UTF8.GetBytes(parts[0]), parts.Length > 1 ? Encoding.UTF8.GetBytes(parts[1]) : [], kind);
    }
}

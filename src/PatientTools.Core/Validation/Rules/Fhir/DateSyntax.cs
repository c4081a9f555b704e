using PatientTools.Validation.Content;
using PatientTools.Validation.Fhir;

namespace PatientTools.Validation.Rules.Fhir;

/// <summary>Dates and times of another form, or that the calendar does not have. Source: hl7.org/fhir/R4/datatypes.html#dateTime.</summary>
internal sealed class DateSyntax() : FaultRule(nameof(DateSyntax), IssueSeverity.Error, IssueType.Value)
{
    private static readonly LocalText Wrong = new(
        "'{0}' is no {1} as FHIR writes it.",
        "„{0}“ ist kein Wert des Typs {1}, wie FHIR ihn schreibt.");

    private static readonly LocalText NoSuchDay = new(
        "The calendar has no day {0}.",
        "Einen Tag {0} gibt es im Kalender nicht.");

    private static readonly LocalText MendDate = new(
        "Write the day as 2026-11-24, or leave out what is unknown: 2026-11, 2026. See {2}.",
        "Schreiben Sie den Tag wie 2026-11-24, oder lassen Sie weg, was unbekannt ist: 2026-11, 2026. Siehe {2}.");

    private static readonly LocalText MendDateTime = new(
        "Write 2026-11-24T08:30:00+01:00 with seconds and zone, or only the date: 2026-11-24, 2026-11, 2026. See {2}.",
        "Schreiben Sie 2026-11-24T08:30:00+01:00 mit Sekunden und Zone, oder nur das Datum: 2026-11-24, 2026-11, 2026. Siehe {2}.");

    private static readonly LocalText MendInstant = new(
        "Write 2026-11-24T08:30:00.000+01:00, with date, seconds and zone. See {2}.",
        "Schreiben Sie 2026-11-24T08:30:00.000+01:00, mit Datum, Sekunden und Zone. Siehe {2}.");

    private static readonly LocalText MendTime = new(
        "Write 08:30:00, with seconds and without a zone. See {2}.",
        "Schreiben Sie 08:30:00, mit Sekunden und ohne Zone. Siehe {2}.");

    /// <inheritdoc/>
    public override string Example => "deceasedDateTime: \"2026-02-30\"";

    /// <inheritdoc/>
    public override string Reference => "https://hl7.org/fhir/R4/datatypes.html#dateTime";

    /// <inheritdoc/>
    internal override LocalText About { get; } = new(
        "A date or a time has another form than FHIR demands, or is not in the calendar.",
        "Ein Datum oder eine Zeit hat eine andere Form, als FHIR verlangt, oder steht nicht im Kalender.");

    /// <inheritdoc/>
    protected override bool Concerns(ReadOnlySpan<StructureFault> faults, int index) => faults[index].Kind == StructureFaultKind.WrongDate;

    /// <inheritdoc/>
    protected override void Tell(ResourceContent resource, in StructureFault fault, IssueSink issues)
    {
        var type = FhirModel.Element(fault.Element).Primitive;
        var hint = type switch
        {
            FhirPrimitive.Date => MendDate,
            FhirPrimitive.DateTime => MendDateTime,
            FhirPrimitive.Instant => MendInstant,
            _ => MendTime,
        };
        var isDay = FhirDateSyntax.IsImpossibleDay(resource.TextOf(fault.Node));
        issues.Add(this, resource, fault.Node, isDay ? NoSuchDay : Wrong, hint, null, resource.ValueOf(fault.Node), type.NameOf(), FhirTerms.PageOf(type));
    }
}

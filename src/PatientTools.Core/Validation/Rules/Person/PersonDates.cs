using PatientTools.Patients;
using PatientTools.Validation.Content;

namespace PatientTools.Validation.Rules.Person;

/// <summary>What several rules ask about the dates of a person.</summary>
internal static class PersonDates
{
    private static readonly PartialDate[] Placeholders = [new(1900, 1, 1), new(1901, 1, 1), new(1, 1, 1), new(9999, 12, 31)];

    /// <summary>The birth date, when it is one that FHIR allows; partial dates are intervals.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="date">The date.</param>
    /// <returns>Whether it is known.</returns>
    public static bool TryBirth(PatientContent patient, out PartialDate date) => TryGet(patient, patient.BirthDate, out date);

    /// <summary>The date of death, when it is one that FHIR allows.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="date">The date.</param>
    /// <returns>Whether it is known.</returns>
    public static bool TryDeath(PatientContent patient, out PartialDate date) => TryGet(patient, patient.DeceasedDate, out date);

    /// <summary>Whether a birth date stands for an unknown one in many systems.</summary>
    /// <param name="date">The date.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsPlaceholder(PartialDate date) => Array.IndexOf(Placeholders, date) >= 0;

    /// <summary>Whether a birth date certainly lies ahead.</summary>
    /// <param name="date">The date.</param>
    /// <param name="today">The day on which is checked.</param>
    /// <returns>Whether all of it does.</returns>
    public static bool IsAhead(PartialDate date, DateOnly today) => date.First > today;

    /// <summary>Whether a date of death certainly lies ahead. With a time of day it may be tomorrow: where the patient died, that day has begun.</summary>
    /// <param name="patient">The patient.</param>
    /// <param name="death">The patient's date of death.</param>
    /// <returns>Whether all of it does.</returns>
    public static bool IsDeathAhead(PatientContent patient, PartialDate death) =>
        IsAhead(death, patient.Today) && (ZoneOf(patient.Document.TextOf(patient.DeceasedDate.Node)).IsEmpty || death.First.DayNumber > patient.Today.DayNumber + 1);

    /// <summary>The time zone of a moment, as it is written.</summary>
    /// <param name="text">A date or a moment, in UTF-8.</param>
    /// <returns><c>Z</c>, <c>+01:00</c> or the like; empty for a date.</returns>
    public static ReadOnlySpan<byte> ZoneOf(ReadOnlySpan<byte> text)
    {
        const int dayLength = 10;
        return text.Length <= dayLength ? default : text[^1] == (byte)'Z' ? text[^1..] : text[^Math.Min(6, text.Length)..];
    }

    /// <summary>Whether the form of a value was found wrong.</summary>
    /// <param name="document">The document.</param>
    /// <param name="node">The value.</param>
    /// <returns>Whether there is a fault about it.</returns>
    public static bool IsFaulty(ResourceContent document, int node)
    {
        foreach (ref readonly var fault in document.Faults)
        {
            if (fault.Node == node && fault.Kind != StructureFaultKind.Missing)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryGet(PatientContent patient, DateContent content, out PartialDate date)
    {
        date = content.Date.GetValueOrDefault();
        return content.Date is not null && !IsFaulty(patient.Document, content.Node);
    }
}

using System.Diagnostics.CodeAnalysis;

namespace PatientTools.Patients;

/// <summary>
/// The store's own identity of a patient: a UUID of version 7 (RFC 9562), which sorts by the time of its making.
/// </summary>
/// <param name="Value">The UUID.</param>
public readonly record struct PatientId(Guid Value) : IComparable<PatientId>
{
    /// <summary>Draws a new id.</summary>
    /// <param name="time">The time that the id carries.</param>
    /// <returns>An id nobody else has.</returns>
    public static PatientId New(DateTimeOffset time) => new(Guid.CreateVersion7(time));

    /// <summary>Reads an id from its usual text form.</summary>
    /// <param name="text">The text; braces and upper case are accepted.</param>
    /// <param name="id">The id, when the text is one.</param>
    /// <returns>Whether the text is an id.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out PatientId id)
    {
        var parsed = Guid.TryParse(text, out var value);
        id = new PatientId(value);
        return parsed;
    }

    /// <summary>Reads an id from its usual text form.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The id.</returns>
    /// <exception cref="PatientToolsException"><c>InvalidPatientId</c> when the text is not an id.</exception>
    public static PatientId Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new PatientToolsException(
            "InvalidPatientId",
            $"'{text}' is not a patient id. An id looks like 01935c1e-7b1a-7c3e-9d2f-0123456789ab; to look up a medical record number use -Mrn.",
            ErrorKind.InvalidArgument)
        { Target = text };

    /// <inheritdoc/>
    public int CompareTo(PatientId other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("D");
}

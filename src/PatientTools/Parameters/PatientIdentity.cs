using System.Collections;
using PatientTools.Patients;

namespace PatientTools.Parameters;

/// <summary>Which patient is meant: given as an id, as its text, or as a patient.</summary>
/// <remarks>Text that is no id is kept until it is used, so that one bad line of many is one error among many objects.</remarks>
public sealed class PatientIdentity
{
    private readonly PatientId? _id;
    private readonly string? _text;

    /// <summary>By the text of an id.</summary>
    /// <param name="text">The text.</param>
    public PatientIdentity(string text) => (_id, _text) = (PatientId.TryParse(text, out var id) ? id : null, text);

    /// <summary>By an id.</summary>
    /// <param name="id">The id.</param>
    public PatientIdentity(PatientId id) => _id = id;

    /// <summary>By the UUID of an id.</summary>
    /// <param name="id">The UUID.</param>
    public PatientIdentity(Guid id) => _id = new PatientId(id);

    /// <summary>By a patient.</summary>
    /// <param name="patient">The patient; its version is remembered.</param>
    public PatientIdentity(Patient patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        _id = patient.Id;
        Patient = patient;
    }

    /// <summary>The identity of whatever names a patient: one, an id, or a row with a column <c>Id</c>.</summary>
    /// <param name="given">What was given.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="PatientToolsException"><c>NoPatientId</c> when it names no patient.</exception>
    internal static PatientIdentity Of(object given) => PlainValues.Of(given) switch
    {
        Patient patient => new PatientIdentity(patient),
        PatientId id => new PatientIdentity(id),
        Guid id => new PatientIdentity(id),
        string text => new PatientIdentity(text),
        IDictionary row when row["Id"] is { } id => Of(id),
        _ => throw new PatientToolsException("NoPatientId", "The object names no patient. Pipe patients, ids, or objects with a property Id.", ErrorKind.InvalidArgument) { Target = given },
    };

    /// <summary>The patient, when the identity was given as one.</summary>
    public Patient? Patient { get; }

    /// <summary>The id.</summary>
    /// <exception cref="PatientToolsException"><c>InvalidPatientId</c>.</exception>
    public PatientId Id => _id ?? PatientId.Parse(_text!);

    /// <inheritdoc/>
    public override string ToString() => Patient is { } patient ? $"{patient} ({patient.Id})" : _id?.ToString() ?? _text!;
}

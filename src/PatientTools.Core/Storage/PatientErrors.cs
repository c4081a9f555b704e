using PatientTools.Patients;

namespace PatientTools.Storage;

/// <summary>Errors raised in more than one room.</summary>
internal static class PatientErrors
{
    public static PatientToolsException NotFound(PatientId id) =>
        new("PatientNotFound", $"The store has no patient {id}.", ErrorKind.NotFound) { Target = id };
}

using System.Text;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>What two patients of a store cannot have in common.</summary>
internal static class StoreConflicts
{
    public static ConflictException MrnInUse(string term, PatientId holder)
    {
        SearchEntries.ReadIdentifier(Encoding.UTF8.GetBytes(term), out var value, out _);
        return new(
            "MrnInUse",
            $"The medical record number '{Encoding.UTF8.GetString(value)}' belongs to patient {holder}, removed patients included. Change that patient, give another number, or purge the removed patient.");
    }

    public static ConflictException PatientExists(PatientId id) =>
        new("PatientExists", $"There is a patient {id} already, or one of the same key. Nobody can be there twice.");

    public static ConflictException SourceIdInUse(PatientStamp stamp, PatientId holder) => new(
        "SourceIdInUse",
        $"The id '{stamp.SourceId}' of the source '{stamp.Source}' belongs to patient {holder}, removed patients included. Update that patient, or import under another source name.");
}

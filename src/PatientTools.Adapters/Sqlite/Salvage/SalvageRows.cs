using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite.Salvage;

/// <summary>What rows of each table look like, in every format there was, and what they say.</summary>
internal static class SalvageRows
{
    private const int PatientColumns = 29;
    private const int VersionColumns = 8;

    /// <summary>Format 1 had no legacy column in front of the document.</summary>
    private const int OlderPatientColumns = PatientColumns - 1;

    private const int OlderVersionColumns = VersionColumns - 1;

    public static bool IsPatient(SalvagedRow row) =>
        row.Count is PatientColumns or OlderPatientColumns
        && row.IsNull(0) && row.IsBlob(1) && row.Bytes(1).Length == 16 && AreIntegers(row, 2, 6) && row.IsBlob(row.Count - 1);

    public static bool IsVersion(SalvagedRow row) =>
        row.Count is VersionColumns or OlderVersionColumns && row.IsNull(0) && AreIntegers(row, 1, 5) && row.IsBlob(row.Count - 1);

    public static bool IsRecord(SalvagedRow row) =>
        row.Count == 12 && row.IsNull(0) && row.IsInteger(1) && row.IsText(2) && row.IsText(3) && AreIntegers(row, 5, 8) && row.IsBlob(11);

    public static bool IsChunk(SalvagedRow row) => row.Count == 6 && row.IsNull(0) && AreIntegers(row, 1, 4) && row.IsBlob(5);

    /// <summary>Whether a row is a segment of the search entries that every patient has one of: few rows that name everybody.</summary>
    public static bool IsCensus(SalvagedRow row) =>
        row.Count == 4 && row.IsInteger(0) && row.Int64(0) == (int)SearchEntryKind.State && row.IsBlob(1) && row.IsInteger(2) && row.IsBlob(3);

    public static PatientStamp Stamp(SalvagedRow row) => new(
        row.Key,
        new PatientId(new Guid(row.Bytes(1), bigEndian: true)),
        row.Int64(2),
        row.Int64(3),
        StoredTime.Decode(row.Int64(4)),
        StoredTime.Decode(row.Int64(5)),
        row.Int64(6) != 0,
        row.Text(7),
        row.Text(8));

    /// <summary>The stamp of an old version, as far as it differs from the present one.</summary>
    public static PatientStamp VersionStamp(SalvagedRow row, PatientStamp present) => present with
    {
        Version = row.Int64(2),
        Sequence = row.Int64(3),
        Modified = StoredTime.Decode(row.Int64(4)),
        IsRemoved = row.Int64(5) != 0,
    };

    /// <summary>The column of the legacy members; null where the format had none.</summary>
    public static int? LegacyColumn(SalvagedRow row) => row.Count is PatientColumns or VersionColumns ? row.Count - 2 : null;

    public static RecordState Record(SalvagedRow row, byte[] json) => new(
        row.Key,
        row.Int64(1),
        row.Text(2)!,
        row.Text(3)!,
        row.Text(4),
        row.Int64(5),
        row.Int64(6),
        StoredTime.Decode(row.Int64(7)),
        row.Int64(8) != 0,
        row.Text(9),
        PatientRows.DecodeDate(row.Int64(10)),
        json);

    private static bool AreIntegers(SalvagedRow row, int first, int last)
    {
        for (var column = first; column <= last; column++)
        {
            if (!row.IsInteger(column))
            {
                return false;
            }
        }

        return true;
    }
}

using System.Globalization;

namespace PatientTools.Storage;

/// <summary>How much a store holds.</summary>
/// <param name="Patients">Patients that are not removed.</param>
/// <param name="RemovedPatients">Patients that are removed and can be restored.</param>
/// <param name="Records">Entries of records, removed ones included.</param>
/// <param name="Versions">Kept older states of patients and of entries of records.</param>
public sealed record StoreTotals(long Patients, long RemovedPatients, long Records, long Versions)
{
    /// <summary>The totals in one line.</summary>
    /// <returns>Such as <c>1,000 patients, 3 removed, 0 entries of records, 12 versions</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Patients:N0} patients, {RemovedPatients:N0} removed, {Records:N0} entries of records, {Versions:N0} versions");
}

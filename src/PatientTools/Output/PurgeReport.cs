using System.Globalization;
using PatientTools.Backups;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Output;

/// <summary>Which backups and stores kept aside still hold patients that were purged: by patient, and for people by place.</summary>
internal sealed class PurgeReport
{
    /// <summary>More places than anybody reads on a screen; -PassThru tells all.</summary>
    private const int MostPlaces = 10;
    private readonly Dictionary<PatientId, IReadOnlyList<BackupHolding>> _expected = [];
    private readonly Dictionary<string, (BackupHolding Holding, long Patients)> _places = new(StringComparer.Ordinal);

    /// <summary>Whether anybody was purged.</summary>
    public bool Any { get; private set; }

    /// <summary>Takes what was found before the purge.</summary>
    public void Expect(IReadOnlyDictionary<PatientId, IReadOnlyList<BackupHolding>> holdings)
    {
        foreach (var (patient, places) in holdings)
        {
            _expected[patient] = places;
        }
    }

    /// <summary>Counts a patient that is purged.</summary>
    public PatientPurge Add(PatientId patient)
    {
        Any = true;
        var places = _expected.Remove(patient, out var found) ? found : [];
        foreach (var place in places)
        {
            var known = _places.GetValueOrDefault(place.Path);
            _places[place.Path] = (known.Holding is { IsCertain: true } certain ? certain : place, known.Patients + 1);
        }

        return new PatientPurge(patient, places);
    }

    /// <summary>A line for each place, the oldest first, and one that counts those that are not named.</summary>
    public IEnumerable<string> Warnings()
    {
        foreach (var (holding, patients) in _places.Values.OrderBy(place => place.Holding.Time).Take(MostPlaces))
        {
            var what = holding.Kind == StorePlaceKind.Backups ? "The backup" : "The store kept aside";
            var time = holding.Time is { } known ? string.Create(CultureInfo.InvariantCulture, $" of {known.ToLocalTime():yyyy-MM-dd HH:mm}") : "";
            var who = patients == 1 ? "1 purged patient" : string.Create(CultureInfo.InvariantCulture, $"{patients:N0} purged patients");
            yield return $"{what} '{holding.Path}'{time} {(holding.IsCertain ? "still holds" : "may still hold")} {who}{(holding.Note is { } note ? $": {note}" : ".")}";
        }

        if (_places.Count > MostPlaces)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{_places.Count - MostPlaces:N0} more backups and stores kept aside hold, or may hold, purged patients. -PassThru writes all of them.");
        }
    }
}

using PatientTools.Accounts;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>Finds which copies of a store hold, or may hold, patients. What cannot be ruled out is told.</summary>
internal sealed class PatientHoldings
{
    private readonly IPatientStoreProvider _provider;
    private readonly StoreIdentity _store;
    private readonly IReadOnlyList<StorePlace> _places;
    private readonly List<Held> _patients;

    /// <summary>Looks at the patients in a snapshot of the store, which is free again afterwards.</summary>
    public PatientHoldings(StoreUse use, OpenSession session, IReadOnlyList<PatientId> patients)
    {
        using var reader = use.BeginRead();
        _provider = session.Provider;
        _store = session.Store.Identity with { Epoch = reader.Epoch };
        _places = reader.ReadPlaces();
        _patients = [.. patients.Distinct().Select(id => Of(reader, id)).OfType<Held>()];
    }

    /// <summary>Looks into the copies.</summary>
    /// <param name="cancellation">Stops.</param>
    /// <returns>For each patient that is in the store what holds it.</returns>
    public IReadOnlyDictionary<PatientId, IReadOnlyList<BackupHolding>> Find(CancellationToken cancellation)
    {
        foreach (var place in _patients is [] ? [] : _places)
        {
            cancellation.ThrowIfCancellationRequested();
            if (place.Kind == StorePlaceKind.Backups)
            {
                LookIntoFolder(place, cancellation);
            }
            else
            {
                LookIntoStore(place);
            }
        }

        return _patients.ToDictionary(patient => patient.Id, patient => (IReadOnlyList<BackupHolding>)patient.Holdings);
    }

    private static Held? Of(IStoreReader reader, PatientId id) =>
        reader.FindKey(id) is { } key && reader.ReadState(key) is { } state ? new Held(id, state.Stamp.Created, reader.ReadSequencesOf(key), []) : null;

    private void LookIntoFolder(StorePlace place, CancellationToken cancellation)
    {
        IReadOnlyList<PatientBackup> backups;
        try
        {
            backups = [.. BackupFolder.Read(place.Path, cancellation).Where(backup => backup.StoreId is null || backup.StoreId == _store.StoreId)];
        }
        catch (PatientToolsException e)
        {
            AddWhere(patient => MayBeIn(patient, place), new BackupHolding(place.Kind, place.Path, null, false, $"The folder cannot be looked into. {e.Message}"));
            return;
        }

        foreach (var backup in backups)
        {
            LookAt(backup);
        }

        if (!backups.Any(backup => backup.Epoch == place.Epoch && backup.LastSequence >= place.Sequence) && place.Epoch != Guid.Empty)
        {
            AddWhere(
                patient => MayBeIn(patient, place),
                new BackupHolding(place.Kind, place.Path, place.Time, false, "The last backup that was made into this folder is not there any more. If it was moved elsewhere, look there."));
        }
    }

    private void LookAt(PatientBackup backup)
    {
        if (backup.State == BackupState.Unreadable)
        {
            AddWhere(_ => true, Uncertain(backup, $"It cannot be read. {backup.Problem}"));
        }
        else if (backup.Epoch == _store.Epoch)
        {
            AddWhere(patient => patient.Sequences.Any(sequence => sequence >= backup.FirstSequence && sequence <= backup.LastSequence), new BackupHolding(StorePlaceKind.Backups, backup.Path, backup.Time, true, null));

            // Who was brought back has sequences of that time only, and the age of before.
            AddWhere(
                patient => patient.Sequences is [var first, ..] && first > backup.LastSequence && patient.Created <= backup.Time,
                Uncertain(backup, "The patient was purged and brought back since."));
        }
        else
        {
            AddWhere(patient => patient.Created <= backup.Time, Uncertain(backup, "It is from before another backup was restored over the store, and was not looked into."));
        }
    }

    private void LookIntoStore(StorePlace place)
    {
        if (!File.Exists(place.Path) && Directory.Exists(Path.GetDirectoryName(place.Path)))
        {
            // Whoever keeps a store aside in a folder and has the folder, but not the store, has deleted it.
            return;
        }

        try
        {
            using var store = _provider.Open(place.Path, new StoreOptions { ReadOnly = true });
            using var reader = store.BeginRead();
            AddWhere(patient => reader.FindKey(patient.Id) is not null, new BackupHolding(place.Kind, place.Path, place.Time, true, null));
        }
        catch (PatientToolsException e)
        {
            AddWhere(patient => MayBeIn(patient, place), new BackupHolding(place.Kind, place.Path, place.Time, false, $"The store cannot be looked into. {e.Message}"));
        }
    }

    /// <summary>Times are those of clocks that may have been wrong; within one epoch, sequences know better.</summary>
    private bool MayBeIn(Held patient, StorePlace place) =>
        place.Epoch == _store.Epoch ? patient.Sequences is [var first, ..] && first <= place.Sequence : patient.Created <= place.Time;

    private void AddWhere(Func<Held, bool> holds, BackupHolding holding)
    {
        foreach (var patient in _patients.Where(holds))
        {
            patient.Holdings.Add(holding);
        }
    }

    private static BackupHolding Uncertain(PatientBackup backup, string note) => new(StorePlaceKind.Backups, backup.Path, backup.Time, false, note);

    /// <summary>A patient, when it and its record were written, and what holds it.</summary>
    private sealed record Held(PatientId Id, DateTime Created, IReadOnlyList<long> Sequences, List<BackupHolding> Holdings);
}

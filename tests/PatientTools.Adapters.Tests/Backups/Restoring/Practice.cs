using System.Buffers;
using System.Globalization;
using System.Text;
using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Backups;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Backups.Restoring;

/// <summary>A store in a folder of its own, backed up into another, and changed by a random script that can be repeated.</summary>
internal sealed class Practice : IDisposable
{
    public static readonly IPatientStoreProvider Provider = new SqlitePatientStoreProvider();
    private readonly Random _random;
    private readonly List<PatientId> _patients = [];
    private int _number;

    public Practice(int seed = 20261124, string? disk = null)
    {
        _random = new Random(seed);
        Folder = Directory.CreateTempSubdirectory("patienttools-restore-").FullName;
        Backups = Path.Combine(Folder, "backups");
        Location = Path.Combine(disk ?? Folder, "practice.ptstore");
        Session = PatientStoreSession.Create(Provider, Location, new StoreOptions());
    }

    public string Folder { get; }

    public string Backups { get; }

    public string Location { get; }

    public string Destination => Path.Combine(Folder, "restored.ptstore");

    public PatientStoreSession Session { get; private set; }

    /// <summary>The patients that are in the store, removed or not.</summary>
    public IReadOnlyList<PatientId> Patients => _patients;

    public PatientId Add(string family, string? mrn = null)
    {
        var result = Session.Writer().Apply(new AddPatient(StoreExtensions.NewState(family, mrn: mrn).Document, DrawMrn: mrn is null));
        _patients.Add(result.State!.Stamp.Id);
        return _patients[^1];
    }

    public void Rename(PatientId id, string family) => Session.Writer().Apply(new ChangePatient(id, _ => StoreExtensions.NewState(family).Document, null));

    public void Purge(PatientId id)
    {
        Session.Writer().Apply(new PurgePatient(id));
        _patients.Remove(id);
    }

    /// <summary>Changes patients and records at random: adds, changes, removes, restores, purges.</summary>
    public void Change(int changes)
    {
        var writes = new List<PatientWrite>();
        var touched = new HashSet<PatientId>();
        for (var i = 0; i < changes; i++)
        {
            writes.Add(Next(touched));
        }

        foreach (var result in Session.Writer().Apply(writes))
        {
            if (result.Outcome == WriteOutcome.Added)
            {
                _patients.Add(result.State!.Stamp.Id);
            }
            else if (result.Write is PurgePatient purge)
            {
                _patients.Remove(purge.Id);
            }
        }
    }

    public PatientBackup Back(bool incremental = false, BackupRecipient? recipient = null) =>
        Session.Backups().Create(new BackupRequest { Folder = Backups, Incremental = incremental, Force = true, Recipient = recipient }, null, default)!;

    public RestoreReport Restore(string backup, bool includePurged = true, bool skipDamaged = false, params IReadOnlyList<PatientId> patients)
    {
        File.Delete(Destination);
        return BackupRestore.IntoNew(
            Provider,
            new RestoreRequest { Path = backup, IncludePurged = includePurged, SkipDamaged = skipDamaged, Patients = patients.Count > 0 ? patients : null },
            Destination,
            CallerNote.None,
            null,
            default);
    }

    public void Reopen()
    {
        Session.Dispose();
        Session = PatientStoreSession.Open(Provider, Location, new StoreOptions());
    }

    /// <summary>Every state in a store, to the byte, and its settings: what a copy of it would hold.</summary>
    public static SortedSet<string> Copy(string location)
    {
        using var store = Provider.Open(location, new StoreOptions { ReadOnly = true });
        using var reader = store.BeginRead();
        var lines = new SortedSet<string>(StringComparer.Ordinal);
        Add("patient", reader.ReadPatientsSince(0), BackupLines.Write);
        Add("patient version", reader.ReadPatientVersionsSince(0), BackupLines.Write);
        Add("record", reader.ReadRecordsSince(0), BackupLines.Write);
        Add("record version", reader.ReadRecordVersionsSince(0), BackupLines.Write);
        Add("setting", reader.ReadSettings(), BackupLines.Write);
        Add("purge", reader.ReadPurgesSince(0), BackupLines.Write);
        return lines;

        void Add<T>(string kind, IEnumerable<T> rows, Action<T, IBufferWriter<byte>> write)
        {
            foreach (var row in rows)
            {
                var line = new ArrayBufferWriter<byte>();
                write(row, line);
                lines.Add($"{kind} {Encoding.UTF8.GetString(line.WrittenSpan)}");
            }
        }
    }

    public static void AssertSound(string location)
    {
        using var session = PatientStoreSession.Open(Provider, location, new StoreOptions());
        Assert.Empty(session.Maintenance().Check(full: true, default).Problems);
    }

    public static void AssertProven(string backup)
    {
        var test = BackupTest.Run(Provider, backup, BackupTestDepth.Restore, null, null, null, default);
        Assert.Empty(test.Problems);
        Assert.True(test.IsProven);
    }

    public void Dispose()
    {
        Session.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>A patient is touched once in a script, so that a purged one is not asked for again.</summary>
    private PatientWrite Next(HashSet<PatientId> touched)
    {
        var id = _patients.Count > 0 ? _patients[_random.Next(_patients.Count)] : default;
        var kind = _patients.Count == 0 || !touched.Add(id) ? 0 : _random.Next(10);
        var name = string.Create(CultureInfo.InvariantCulture, $"Name{_number++}");
        return kind switch
        {
            < 2 => new AddPatient(StoreExtensions.NewState(name, "Ä ö", city: "Bonn").Document, DrawMrn: true),
            < 5 => Import(_random.Next(40), name),
            < 7 => new ChangePatient(id, document => document.With(node => node["note"] = name), null),
            7 => new RemovePatient(id, null),
            8 => new RestorePatient(id),
            _ => new PurgePatient(id),
        };
    }

    private ImportPatient Import(int number, string name)
    {
        var sourceId = number.ToString(CultureInfo.InvariantCulture);
        var document = PatientDocument.Parse($$"""{"resourceType":"Patient","id":"{{sourceId}}","name":[{"family":"Import{{sourceId}}"}],"note":"{{name}}"}""");
        RecordResource[] record =
        [
            .. Enumerable.Range(0, _random.Next(3)).Select(i => RecordResource.Parse(Encoding.UTF8.GetBytes(
                $$"""{"resourceType":"Condition","id":"c{{i}}","code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"E1{{_random.Next(5)}}"}]},"note":[{"text":"{{name}}"}]}"""))),
        ];
        return new ImportPatient(new PatientItem(new SourcePlace("test"), document, Encoding.UTF8.GetBytes($$"""{"n":{{number}}}"""), record, sourceId), "test");
    }
}

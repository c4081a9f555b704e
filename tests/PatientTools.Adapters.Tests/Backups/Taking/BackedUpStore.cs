using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Auditing;
using PatientTools.Backups;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Backups.Taking;

/// <summary>A store with a session on it, and a folder for its backups.</summary>
internal sealed class BackedUpStore : IDisposable
{
    private readonly TemporaryStore _place = new();

    public BackedUpStore()
    {
        _place.Close();
        Session = Open();
    }

    public string Path => _place.Path;

    public string Folder => System.IO.Path.Combine(_place.Folder, "backups");

    public PatientStoreSession Session { get; private set; }

    public StoreBackups Backups => Session.Backups();

    public IReadOnlyList<PatientBackup> History => BackupFolder.Read(Folder, default);

    public PatientStoreSession Open(bool readOnly = false) => PatientStoreSession.Open(new SqlitePatientStoreProvider(), Path, new StoreOptions { ReadOnly = readOnly });

    public void Reopen(bool readOnly = false)
    {
        Session.Close();
        Session = Open(readOnly);
    }

    public PatientId Add(string family) => Session.Writer().Apply(new AddPatient(Document(family), DrawMrn: false)).State!.Stamp.Id;

    public void Change(PatientId id, string family) => Session.Writer().Apply(new ChangePatient(id, _ => Document(family), null));

    public PatientBackup? Take(bool incremental = false, bool force = false, string? folder = null) =>
        Backups.Create(new BackupRequest { Folder = folder ?? Folder, Incremental = incremental, Force = force }, null, default);

    public List<AuditEvent> EventsOf(StoreOperation operation) => [.. Session.AuditTrail().Read(new AuditQuery { Operations = [operation] })];

    /// <summary>Who is in a chain, with the sequences of their states, as its files tell it.</summary>
    public static Dictionary<PatientId, SortedSet<long>> PatientsIn(IEnumerable<string> chain)
    {
        var found = new Dictionary<PatientId, SortedSet<long>>();
        foreach (var path in chain)
        {
            using var reader = BackupReader.Open(path, null);
            foreach (var member in reader.Manifest.Members.Where(member => member.Kind is BackupMemberKind.Patients or BackupMemberKind.PatientVersions))
            {
                var content = reader.Read(member);
                while (!content.IsEmpty)
                {
                    var end = content.Span.IndexOf((byte)'\n');
                    var stamp = BackupLines.ReadPatient(content[..end]).Stamp;
                    found.TryAdd(stamp.Id, []);
                    Assert.True(found[stamp.Id].Add(stamp.Sequence), "A state stands twice in the chain.");
                    content = content[(end + 1)..];
                }
            }
        }

        return found;
    }

    public void Dispose()
    {
        Session.Dispose();
        _place.Dispose();
    }

    private static PatientDocument Document(string family) => PatientDocument.Parse($$"""{"resourceType":"Patient","name":[{"family":"{{family}}"}]}""");
}

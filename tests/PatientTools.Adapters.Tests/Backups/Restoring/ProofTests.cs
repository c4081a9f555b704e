using System.Text;
using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Backups;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Backups.Restoring;

/// <summary>A proof finds whatever is not restored as it was.</summary>
public class ProofTests
{
    public static TheoryData<string> Faults =>
    [
        "patient lost", "patient changed", "version lost", "version changed", "record lost", "record changed", "record version lost", "record version changed",
        "mark lost", "mark changed", "account lost", "account changed", "setting lost", "setting changed", "trail lost", "trail changed", "entry lost",
    ];

    [Fact]
    public void Nothing_is_wrong_with_what_is_restored_as_it_was() => Assert.Empty(Prove("nothing").Problems);

    [Theory]
    [MemberData(nameof(Faults))]
    public void One_thing_that_is_not_as_it_was_is_found(string fault)
    {
        var result = Prove(fault);

        Assert.False(result.IsValid);
        Assert.False(result.IsProven);
        Assert.NotEmpty(result.Problems);
    }

    private static BackupTestResult Prove(string fault)
    {
        using var practice = new Practice();
        practice.Change(300);
        practice.Change(200);
        practice.Session.Settings().Write("MrnDigits", "9");
        practice.Back();
        practice.Change(200);
        practice.Session.Accounts().Add(new StoreCredential("chief", "correct horse battery"), StoreRole.Administrator);
        using var session = PatientStoreSession.Open(Practice.Provider, practice.Location, new StoreOptions(), new StoreCredential("chief", "correct horse battery"));
        var backup = session.Backups().Create(new BackupRequest { Folder = practice.Backups, Incremental = true }, null, default)!;
        return BackupTest.Run(new FaultyProvider(fault), backup.Path, BackupTestDepth.Restore, null, null, null, default);
    }

    /// <summary>A database that gets one thing wrong: the third of its kind, or the only one.</summary>
    private sealed class FaultyProvider(string fault) : IPatientStoreProvider
    {
        IPatientStore IPatientStoreProvider.Create(string location, StoreOptions options, Action<IStoreWriter, StoreIdentity>? fill) => Practice.Provider.Create(location, options, fill);

        IPatientStore IPatientStoreProvider.Open(string location, StoreOptions options) => Practice.Provider.Open(location, options);

        IEnumerable<SalvagedItem> IPatientStoreProvider.Salvage(string location, CancellationToken cancellation) => Practice.Provider.Salvage(location, cancellation);

        bool IPatientStoreProvider.IsOwnedByCaller(string location) => Practice.Provider.IsOwnedByCaller(location);

        void IPatientStoreProvider.Build(string location, StoreIdentity identity, Action<IStoreLoader> fill) =>
            Practice.Provider.Build(location, identity, loader => fill(new FaultyLoader(fault, loader)));
    }

    private sealed class FaultyLoader(string fault, IStoreLoader loader) : IStoreLoader
    {
        private static readonly ReadOnlyMemory<byte> Other = Encoding.UTF8.GetBytes("""{"resourceType":"Condition"}""");
        private readonly Dictionary<string, int> _seen = [];

        public void AddPatient(PatientState state, IReadOnlyList<SearchEntry> entries) =>
            Do("patient", state, s => loader.AddPatient(s, fault == "entry lost" && s.Stamp.Key == 3 ? [.. entries.Skip(1)] : entries), s => s with { Stamp = s.Stamp with { Modified = s.Stamp.Modified.AddMilliseconds(1) } });

        public bool AddPatientVersion(PatientState state)
        {
            Do("version", state, s => loader.AddPatientVersion(s), s => s with { Legacy = Other });
            return true;
        }

        public bool AddRecord(RecordState state, IReadOnlyList<SearchEntry> entries)
        {
            Do("record", state, s => loader.AddRecord(s, entries), s => s with { FullUrl = "urn:other" });
            return true;
        }

        public bool AddRecordVersion(RecordState state)
        {
            Do("record version", state, s => loader.AddRecordVersion(s), s => s with { Json = Other });
            return true;
        }

        public void AddPurge(PurgeMark mark) => Do("mark", mark, loader.AddPurge, m => m with { Time = m.Time.AddMilliseconds(1) });

        public void AddAccount(AccountState account) => Do("account", account, loader.AddAccount, a => a with { Role = StoreRole.Reader }, 1);

        public void AddSetting(string name, string value) => Do("setting", (name, value), s => loader.AddSetting(s.name, s.value), s => (s.name, "8"), 1);

        public void AddAuditEntry(AuditEntry entry) => Do("trail", entry, loader.AddAuditEntry, e => e with { Count = e.Count + 1 });

        public void SetCounter(string name, long value) => loader.SetCounter(name, value);

        public void SetSequence(long value) => loader.SetSequence(value);

        private void Do<T>(string what, T item, Action<T> add, Func<T, T> change, int which = 3)
        {
            var number = _seen[what] = _seen.GetValueOrDefault(what) + 1;
            if (number != which || fault != $"{what} lost")
            {
                add(number == which && fault == $"{what} changed" ? change(item) : item);
            }
        }
    }
}

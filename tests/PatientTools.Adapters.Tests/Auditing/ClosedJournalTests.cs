using System.Reflection;
using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Auditing;

/// <summary>Stores that cannot be logged to, and stores that are closed already.</summary>
public sealed class ClosedJournalTests : IDisposable
{
    private readonly TemporaryStore _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public void A_store_that_cannot_be_logged_to_is_used_without_a_trail()
    {
        var id = _place.Store.Insert(StoreExtensions.NewState("Read")).Stamp.Id;
        using (var session = PatientStoreSession.Open(new UnloggedProvider(), _place.Path, new StoreOptions()))
        {
            Assert.False(session.IsAudited);
            using (var call = session.Begin(new CallerNote("Get-Patient", null)))
            {
                var search = call.Session.Search();
                for (var i = 0; i < 3 * AuditChain.MostPatients; i++)
                {
                    Assert.NotNull(search.Get(id));
                }
            }

            for (var i = 0; i < AuditJournal.MostWaiting + 10; i++)
            {
                Assert.NotNull(session.Search().Get(id));
            }

            Assert.Empty(session.AuditTrail().Read(new AuditQuery()));
            session.Close();
        }

        Assert.Empty(_place.Store.Read(reader => reader.ReadAuditEntries(0, 10)));
    }

    [Fact]
    public void A_journal_outlives_its_store_without_harm()
    {
        var journal = new AuditJournal(_place.Store, TimeProvider.System, TimeSpan.FromSeconds(1));
        var audited = new AuditedEvent(journal, StoreOperation.ReadPatient, null, new AuditContent());
        _place.Close();

        Assert.Equal("StoreClosed", Assert.Throws<PatientToolsException>(() => journal.Flush()).ErrorId);
        Assert.Equal("AuditTrailNotWritable", Assert.Throws<PatientToolsException>(journal.RefuseWhenFailing).ErrorId);
        journal.Dispose();
        journal.Dispose();
        journal.Flush();
        Assert.Equal("SessionClosed", Assert.Throws<PatientToolsException>(() => audited.Saw(PatientId.New(DateTimeOffset.UtcNow))).ErrorId);
        audited.End();
        journal.Flush();

        Assert.Empty(_place.Reopen().Read(reader => reader.ReadAuditEntries(0, 10)));
    }

    private sealed class UnloggedProvider : IPatientStoreProvider
    {
        private readonly IPatientStoreProvider _inner = new SqlitePatientStoreProvider();

        public IPatientStore Create(string location, StoreOptions options, Action<IStoreWriter, StoreIdentity>? fill = null) => throw new NotSupportedException();

        public IPatientStore Open(string location, StoreOptions options)
        {
            var store = DispatchProxy.Create<IPatientStore, UnloggedStore>();
            ((UnloggedStore)(object)store).Inner = _inner.Open(location, options);
            return store;
        }

        public IEnumerable<SalvagedItem> Salvage(string location, CancellationToken cancellation) => throw new NotSupportedException();

        public void Build(string location, StoreIdentity identity, Action<IStoreLoader> fill) => throw new NotSupportedException();

        public bool IsOwnedByCaller(string location) => _inner.IsOwnedByCaller(location);
    }

    /// <summary>A store whose file can be read and no more.</summary>
    public class UnloggedStore : DispatchProxy
    {
        internal IPatientStore Inner { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
        {
            "get_CanLog" => false,
            nameof(IPatientStore.BeginLog) or nameof(IPatientStore.BeginWrite) => throw new InvalidOperationException("Nothing can be written."),
            _ => targetMethod.Invoke(Inner, args),
        };
    }
}

using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Auditing;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Accounts;

/// <summary>A store with an administrator <c>root</c>, whose hashes cost little; the clock stands until it is moved.</summary>
internal sealed class AccountStore : IDisposable
{
    public const string RootPassword = "right for root";
    private static readonly IPatientStoreProvider Provider = new SqlitePatientStoreProvider();
    private readonly TemporaryStore _folder = new(create: false);

    public AccountStore(bool isProtected = true)
    {
        Options = new StoreOptions { Time = Clock };
        PatientStoreSession.Create(Provider, Path, Options).Dispose();
        OnStore(writer => writer.WriteSetting("PasswordCost", "4"));
        if (isProtected)
        {
            using var session = PatientStoreSession.Open(Provider, Path, Options);
            session.Accounts().Add(new StoreCredential("root", RootPassword), StoreRole.Administrator);
        }
    }

    public string Path => _folder.Path;

    public MovableClock Clock { get; } = new();

    public StoreOptions Options { get; }

    public PatientStoreSession Open(string account = "root", string? password = null, string? reason = null) =>
        PatientStoreSession.Open(Provider, Path, Options, new StoreCredential(account, password ?? $"right for {account}"), new CallerNote("Connect-PatientStore", reason));

    public PatientStoreSession OpenWithout() => PatientStoreSession.Open(Provider, Path, Options);

    public string Refused(string account, string? password = null) => Assert.Throws<PatientToolsException>(() => Open(account, password)).ErrorId;

    public void Add(string account, StoreRole role = StoreRole.Reader)
    {
        using var root = Open();
        root.Accounts().Add(new StoreCredential(account, $"right for {account}"), role);
    }

    public void OnStore(Action<IStoreWriter> write)
    {
        using var store = Provider.Open(Path, Options);
        using var writer = store.BeginWrite();
        write(writer);
        writer.ChangeAccess();
        writer.Commit();
    }

    public T Read<T>(Func<IStoreReader, T> read)
    {
        using var store = Provider.Open(Path, Options);
        using var reader = store.BeginRead();
        return read(reader);
    }

    public AccountState Account(string name) => Read(reader => reader.FindAccount(name)!);

    /// <summary>The trail's events, by the accounts' own right to read them: none is written for it.</summary>
    public IReadOnlyList<(AuditEntry Entry, AuditContent Content)> Trail() => Read(reader =>
    {
        var entries = new List<AuditEntry>();
        while (reader.ReadAuditEntries(entries.LastOrDefault()?.Number ?? 0, 1000) is { Count: > 0 } more)
        {
            entries.AddRange(more);
        }

        return entries.ConvertAll(entry => (entry, AuditContent.Parse(entry.Content.Span)!));
    });

    public void Dispose() => _folder.Dispose();
}

internal sealed class MovableClock : TimeProvider
{
    private long _moved;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 3, 1, 8, 0, 0, TimeSpan.Zero).AddTicks(Interlocked.Read(ref _moved));

    public void Move(TimeSpan by) => Interlocked.Add(ref _moved, by.Ticks);
}

using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>A folder of its own with a new store in it, both gone at the end.</summary>
public sealed class TemporaryStore : IDisposable
{
    private static readonly IPatientStoreProvider Provider = new SqlitePatientStoreProvider();

    public TemporaryStore(bool create = true)
    {
        Folder = Directory.CreateTempSubdirectory("patienttools-").FullName;
        Path = System.IO.Path.Combine(Folder, "practice.ptstore");
        Store = create ? Provider.Create(Path, new StoreOptions()) : null!;
    }

    public string Folder { get; }

    public string Path { get; }

    internal IPatientStore Store { get; private set; }

    public void Close() => Store?.Dispose();

    internal IPatientStore Reopen(StoreOptions? options = null)
    {
        Close();
        return Store = Provider.Open(Path, options ?? new StoreOptions());
    }

    /// <summary>Changes the file as somebody with a tool for SQLite does.</summary>
    public void Execute(string sql)
    {
        using var connection = StoreConnection.Open(Path, ConnectionUse.Write, TimeSpan.FromSeconds(5));
        connection.Execute(sql);
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>Short ways to write and read in tests.</summary>
public static class StoreExtensions
{
    public static readonly DateOnly Today = new(2026, 7, 1);
    private static readonly DateTime Time = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

    public static PatientState NewState(
        string family, string? given = null, string? mrn = null, string? city = null, string? birth = null, string? source = null, string? sourceId = null, string? legacy = null, string? note = null)
    {
        var json = $$"""
            {"resourceType":"Patient",
            {{(mrn is null ? "" : $$"""
            "identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"system":"urn:test","value":"{{mrn}}"}],
            """)}}
            {{(birth is null ? "" : $"\"birthDate\":\"{birth}\",")}}
            {{(city is null ? "" : $$""" "address":[{"city":"{{city}}","line":["Weg 1"],"postalCode":"53111","country":"DE"}], """)}}
            {{(note is null ? "" : $"\"note\":\"{note}\",")}}
            "name":[{"family":"{{family}}"{{(given is null ? "" : $",\"given\":[\"{given}\"]")}}}]}
            """;
        var stamp = new PatientStamp(0, PatientId.New(DateTimeOffset.UtcNow), 1, 0, Time, Time, false, source, sourceId);
        return new PatientState(stamp, PatientDocument.Parse(json), legacy is null ? null : System.Text.Encoding.UTF8.GetBytes(legacy));
    }

    public static IReadOnlyList<SearchEntry> Entries(this PatientState state) => SearchEntries.Of(state, []);

    internal static PatientState Insert(this IStoreWriter writer, PatientState state)
    {
        var stamped = state with { Stamp = state.Stamp with { Sequence = writer.NextSequence() } };
        var key = writer.InsertPatient(stamped, stamped.Entries());
        return stamped with { Stamp = stamped.Stamp with { Key = key } };
    }

    internal static PatientState Update(this IStoreWriter writer, PatientState old, PatientState next, bool? removed = null)
    {
        var stamped = next with
        {
            Stamp = old.Stamp with
            {
                Version = old.Stamp.Version + 1,
                Sequence = writer.NextSequence(),
                Modified = old.Stamp.Modified.AddMinutes(1),
                IsRemoved = removed ?? old.Stamp.IsRemoved,
            },
        };
        writer.UpdatePatient(old, old.Entries(), stamped, stamped.Entries());
        return stamped;
    }

    internal static void PurgePatient(this IStoreWriter writer, long key) => writer.PurgePatient(
        key, new PurgeMark(writer.ReadState(key)!.Stamp.Id, writer.NextSequence(), Time));

    internal static PatientState Insert(this IPatientStore store, PatientState state) => store.Write(writer => writer.Insert(state));

    internal static PatientState Update(this IPatientStore store, PatientState old, PatientState next, bool? removed = null) =>
        store.Write(writer => writer.Update(old, next, removed));

    internal static T Write<T>(this IPatientStore store, Func<IStoreWriter, T> write)
    {
        using var writer = store.BeginWrite();
        var result = write(writer);
        writer.Commit();
        return result;
    }

    internal static T Read<T>(this IPatientStore store, Func<IStoreReader, T> read)
    {
        using var reader = store.BeginRead();
        return read(reader);
    }

    /// <summary>The keys of everybody who has an entry.</summary>
    internal static List<long> Keys(this IStoreReader reader, SearchEntryKind kind, string term)
    {
        var keys = new List<long>();
        reader.VisitEntries(kind, TermRange.Exactly(term), descending: false, Add, default);
        return keys;

        bool Add(ReadOnlySpan<byte> found, long first, ReadOnlySpan<byte> gaps)
        {
            KeySegment.Read(first, gaps, keys);
            return true;
        }
    }

    internal static List<long> Keys(this IPatientStore store, SearchEntryKind kind, string term) => store.Read(reader => reader.Keys(kind, term));

    internal static List<long> Living(this IStoreReader reader) => reader.Keys(SearchEntryKind.State, StateTerms.Living);

    internal static List<long> Living(this IPatientStore store) => store.Read(Living);
}

using PatientTools.Adapters.Sqlite;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Answers;
using PatientTools.Search.Conditions;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Search;

/// <summary>Pages of one search, while others change and purge who is on them.</summary>
public sealed class PagesMeanwhileTests : IDisposable
{
    private const int Size = 3;
    private static readonly PatientQuery Arrival = new();
    private static readonly PatientQuery Sorted = new() { Order = [new SortOrder(SearchProperties.Find("City")!, Descending: true)] };
    private static readonly PatientQuery Ranked = new() { Ranking = [new LooksLikeCondition([SearchEntryKind.FamilyNamePart], "schmitd")] };

    private readonly string _folder = Directory.CreateTempSubdirectory("patienttools-").FullName;
    private readonly PatientStoreSession _session;

    public PagesMeanwhileTests()
    {
        _session = PatientStoreSession.Create(new SqlitePatientStoreProvider(), Path.Combine(_folder, "a.ptstore"), new StoreOptions());
        Write([.. Enumerable.Range(0, 10).Select(i => new AddPatient(Document($"Stadt{i}"), DrawMrn: false))]);
    }

    private PatientSearch Search => _session.Search();

    public static TheoryData<string> Questions => ["arrival", "sorted", "ranked"];

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public void Who_is_as_like_as_others_keeps_its_place_when_it_is_changed(string question)
    {
        var query = Query(question);
        var all = IdsOf(Search.Find(query, ResultWindow.All).Patients);
        for (var changed = 0; changed < all.Count; changed++)
        {
            var first = Search.Page(query, Size, 1);
            Write([new ChangePatient(all[changed], _ => Document($"Dorf{changed}"), null)]);
            List<PatientId> paged = [.. IdsOf(first.Items), .. IdsOf(Search.PageAfter(query, all.Count, first.Cursor!).Items)];
            Assert.Equal(all, paged);
            all = IdsOf(Search.Find(query, ResultWindow.All).Patients);
        }
    }

    [Theory]
    [MemberData(nameof(Questions))]
    public void Nobody_is_lost_when_the_last_of_a_page_is_purged(string question)
    {
        var query = Query(question);
        var all = IdsOf(Search.Find(query, ResultWindow.All).Patients);
        var first = Search.Page(query, Size, 1);
        Write([new PurgePatient(all[Size - 1])]);
        Assert.Equal(all[Size..], IdsOf(Search.PageAfter(query, 100, first.Cursor!).Items));
        Write([new PurgePatient(all[0])]);
        Assert.Empty(all[Size..].Except(IdsOf(Search.PageAfter(query, 100, first.Cursor!).Items)));
    }

    [Fact]
    public void A_plan_shows_what_resemblance_reads()
    {
        var step = Assert.Single(Search.Explain(Ranked, ResultWindow.All).Steps, step => step.Condition == "FamilyNamePart looks like");
        Assert.Equal((1, 10), (step.Terms, step.Patients));
    }

    [Theory]
    [InlineData(0, 3, 10)]
    [InlineData(-5, 3, 10)]
    [InlineData(1, -3, 10)]
    [InlineData(1, 11, 10)]
    [InlineData(1, 1, -1)]
    public void A_cursor_with_numbers_that_cannot_be_is_none(long lastKey, long skipped, long total)
    {
        var cursor = new PatientCursor(_session.Identity.Epoch, 1, new DateOnly(2026, 7, 1), lastKey, skipped, total, PatientCursor.MarkOf(Arrival));
        Assert.Equal("CursorInvalid", Assert.Throws<PatientToolsException>(() => Search.PageAfter(Arrival, Size, cursor.ToString())).ErrorId);
    }

    private static PatientQuery Query(string question) => question switch { "arrival" => Arrival, "sorted" => Sorted, _ => Ranked };

    private static PatientDocument Document(string city) =>
        PatientDocument.Parse($$"""{"resourceType":"Patient","name":[{"family":"Schmidt"}],"address":[{"city":"{{city}}"}]}""");

    private static List<PatientId> IdsOf(IEnumerable<Patient> patients) => [.. patients.Select(patient => patient.Id)];

    private void Write(IReadOnlyList<PatientWrite> writes) => _session.Writer().Apply(writes);
}

using System.Text;
using PatientTools.Adapters.Sqlite;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Conditions;
using PatientTools.Search.Filter;
using PatientTools.Search.Text;
using PatientTools.Storage;
using PatientTools.Tests;

namespace PatientTools.Adapters.Tests.Search;

/// <summary>The laws of the search, over patients and filters drawn from numbered cases: a number that fails, fails again.</summary>
public sealed class SearchLaws
{
    private const int PatientsInStore = 70;
    private static readonly bool Long = Environment.GetEnvironmentVariable("PATIENTTOOLS_LONG") == "1";
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 7, 1);

    public static TheoryData<int> Cases => [.. Enumerable.Range(1, Long ? 400 : 25)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Index_and_predicate_find_the_same_and_totals_are_those_of_the_objects(int seed)
    {
        using var place = new Place(seed);
        var subjects = place.Subjects();
        for (var i = 0; i < 40; i++)
        {
            var filter = place.Cases.Filter();
            var query = new PatientQuery { Where = PatientFilter.Parse(filter, null), IncludeRemoved = place.Cases.Next(3) == 0 };
            var expected = Matching(subjects, query);
            var answer = place.Search.Find(query, new ResultWindow(0, null, true));
            var found = answer.Patients.Select(patient => patient.Id).ToList();
            Assert.True(expected.Select(subject => subject.State.Stamp.Id).SequenceEqual(found), $"Case {seed}: {filter}\npredicate: {Names(expected)}\nindex: {found.Count} patients");
            Assert.Equal(found.Count, answer.Total);
            Assert.Equal(found.Count, place.Search.Count(query));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pages_by_number_and_by_cursor_are_the_whole_answer_in_its_order(int seed)
    {
        using var place = new Place(seed);
        var subjects = place.Subjects();
        for (var i = 0; i < 12; i++)
        {
            var query = Ordered(place.Cases, place.Cases.Filter(2));
            var expected = InOrder(Matching(subjects, query), query.Order).Select(subject => subject.State.Stamp.Id).ToList();
            Assert.Equal(expected, place.Search.Find(query, ResultWindow.All).Patients.Select(patient => patient.Id));
            var size = place.Cases.Next(9) + 1;
            var first = place.Search.Page(query, size, 1);
            List<Patient> byCursor = [.. first.Items];
            List<Patient> byNumber = [.. first.Items];
            for (var page = first; page.Cursor is { } cursor; byCursor.AddRange(page.Items))
            {
                page = place.Search.PageAfter(query, size, cursor);
                Assert.Equal((expected.Count, byCursor.Count + 1, byCursor.Count + page.Items.Count), (page.Total, page.From, page.To));
            }

            for (var number = 2; number <= first.PageCount; number++)
            {
                byNumber.AddRange(place.Search.Page(query, size, number).Items);
            }

            Assert.Equal(expected, byCursor.Select(patient => patient.Id));
            Assert.Equal(expected, byNumber.Select(patient => patient.Id));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Pages_by_cursor_stay_those_of_the_first_page_whatever_is_written_meanwhile(int seed)
    {
        using var place = new Place(seed);
        for (var i = 0; i < 6; i++)
        {
            var query = Ordered(place.Cases, place.Cases.Filter(2));
            var whole = place.Search.Find(query, new ResultWindow(0, null, true)).Patients.ToList();
            var page = place.Search.Page(query, 5, 1);
            List<Patient> paged = [.. page.Items];
            while (page.Cursor is { } cursor)
            {
                place.Change();
                page = place.Search.PageAfter(query, 5, cursor);
                Assert.Equal(whole.Count, page.Total);
                paged.AddRange(page.Items);
            }

            Assert.Equal(whole.Select(Look), paged.Select(Look));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Groups_add_up_to_the_patients(int seed)
    {
        using var place = new Place(seed);
        var subjects = place.Subjects();
        foreach (var property in GroupProperty.All)
        {
            var query = new PatientQuery { Where = PatientFilter.Parse(place.Cases.Filter(1), null) };
            var expected = Matching(subjects, query).Count;
            var groups = place.Search.MeasureGroups(query, [property]);
            var crossed = place.Search.MeasureGroups(query, [property, GroupProperty.Find("Gender")!]);
            Assert.All(groups, group => Assert.InRange(group.Count, 1, expected));
            Assert.Equal(groups.Count, groups.Select(group => group.Values[0].Value).Distinct().Count());
            Assert.Equal(groups.Sum(group => group.Count), crossed.Sum(group => group.Count));
            if (!property.IsMultiple)
            {
                Assert.Equal(expected, groups.Sum(group => group.Count));
            }
        }
    }

    private static string Look(Patient patient) => $"{patient.Id} {patient.Version} {patient.FamilyName} {patient.City} {patient.IsRemoved}";

    private static string Names(IEnumerable<PatientSubject> subjects) => string.Join("\n           ", subjects.Select(subject => subject.State.Document.ToString()));

    private static List<PatientSubject> Matching(IEnumerable<PatientSubject> subjects, PatientQuery query) =>
        [.. subjects.Where(subject => (query.IncludeRemoved || !subject.State.Stamp.IsRemoved) && query.Where.IsMetBy(subject))];

    private static PatientQuery Ordered(SearchCases cases, string filter)
    {
        var (properties, descending) = cases.Order();
        return new PatientQuery
        {
            Where = PatientFilter.Parse(filter, null),
            Order = [.. properties.Select(name => new SortOrder(SearchProperties.Find(name)!, descending))],
            IncludeRemoved = cases.Next(3) == 0,
        };
    }

    /// <summary>An order by values alone, as a person would make it: missing first, text by its German letters.</summary>
    private static IEnumerable<PatientSubject> InOrder(IReadOnlyList<PatientSubject> subjects, IReadOnlyList<SortOrder> order)
    {
        var sorted = subjects.OrderBy(_ => 0);
        foreach (var level in order)
        {
            byte[] KeyOf(PatientSubject subject)
            {
                var keys = level.Property.ValuesOf(subject).Select(KeyOfValue).Order(Bytes.Instance).ToList();
                return keys.Count == 0 ? [] : level.Descending ? keys[^1] : keys[0];
            }

            sorted = level.Descending ? sorted.ThenByDescending(KeyOf, Bytes.Instance) : sorted.ThenBy(KeyOf, Bytes.Instance);
        }

        return sorted;
    }

    private static byte[] KeyOfValue(object value) => value switch
    {
        string text => Encoding.UTF8.GetBytes(ValueTerm.Of(text)),
        long number => Encoding.UTF8.GetBytes(number.ToString("D19", System.Globalization.CultureInfo.InvariantCulture)),
        DateTime time => Encoding.UTF8.GetBytes(time.ToString("O", System.Globalization.CultureInfo.InvariantCulture)),
        bool flag => flag ? [2] : [1],
        _ => Encoding.UTF8.GetBytes(value.ToString()!),
    };

    private sealed class Bytes : IComparer<byte[]>
    {
        public static Bytes Instance { get; } = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }

    /// <summary>A clock that stands still.</summary>
    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }

    /// <summary>A store with drawn patients, some of them removed.</summary>
    private sealed class Place : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("patienttools-").FullName;
        private readonly PatientStoreSession _session;
        private int _number;

        public Place(int seed)
        {
            Cases = new SearchCases(seed);
            _session = PatientStoreSession.Create(new SqlitePatientStoreProvider(), Path.Combine(_folder, "a.ptstore"), new StoreOptions { Time = new Clock() });
            _session.Writer().Apply([.. Enumerable.Range(0, PatientsInStore).Select(_ => Drawn())]);
            for (var i = 0; i < 10; i++)
            {
                Change();
            }
        }

        public SearchCases Cases { get; }

        public PatientSearch Search => _session.Search();

        public List<PatientSubject> Subjects() =>
        [
            .. Search.Find(new PatientQuery { IncludeRemoved = true }, ResultWindow.All).Patients
                .Select(patient => new PatientSubject(Search.GetState(patient.Id)!, () => Search.GetRecord(patient.Id), Today)),
        ];

        /// <summary>Somebody writes: a new patient, another document, another record, a removal, a return.</summary>
        public void Change()
        {
            var all = Search.Find(new PatientQuery { IncludeRemoved = true }, ResultWindow.All).Patients.ToList();
            var one = all[Cases.Next(all.Count)];
            PatientWrite write = Cases.Next(5) switch
            {
                0 => Drawn(),
                1 => one.IsRemoved ? new RestorePatient(one.Id) : new RemovePatient(one.Id, null),
                _ when one.IsRemoved => new RestorePatient(one.Id),
                2 => Again(one),
                _ => new ChangePatient(one.Id, _ => PatientDocument.Parse(Cases.Document(++_number)), null),
            };
            _session.Writer().Apply([write]);
        }

        public void Dispose()
        {
            _session.Dispose();
            Directory.Delete(_folder, recursive: true);
        }

        /// <summary>The same document with another record.</summary>
        private ImportPatient Again(Patient patient)
        {
            var document = Search.GetState(patient.Id)!.Document;
            return new ImportPatient(Item(document, patient.SourceId!), patient.Source!);
        }

        private ImportPatient Drawn()
        {
            var document = PatientDocument.Parse(Cases.Document(++_number));
            return new ImportPatient(Item(document, $"p{_number}"), "cases");
        }

        private PatientItem Item(PatientDocument document, string sourceId) =>
            new(new SourcePlace("cases"), document, null, [.. Cases.Record(_number).Select(json => RecordResource.Parse(Encoding.UTF8.GetBytes(json)))], sourceId);
    }
}

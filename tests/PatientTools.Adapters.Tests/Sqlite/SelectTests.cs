using System.Globalization;
using CsCheck;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Text;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>Queries answer as a plain list of patients would, and totals are those of the pages.</summary>
public class SelectTests
{
    private const int Many = 700;
    private static readonly string[] Syllables = ["a", "b", "ä", "ß", "z", "\U0010FFFF", "\uFFFD", "*", "[", "m1"];
    private static readonly SearchEntryKind[] Kinds = [SearchEntryKind.FamilyNamePart, SearchEntryKind.GivenNamePart, SearchEntryKind.City];

    private static readonly Gen<string> Term = Gen.OneOf(Syllables).Array[1, 3].Select(string.Concat);
    private static readonly Gen<SearchEntry> Entry = Gen.Select(Gen.OneOf(Kinds), Term, (kind, term) => new SearchEntry(kind, term));
    private static readonly Gen<string?> Birth = Gen.OneOf<string?>(null, "1950", "1950-02", "1950-02-03", "1951-01-01", "1949-12-31");

    private static readonly Gen<Person> Persons = Gen.Select(
        Entry.Array[0, 5], Birth, Gen.Bool, (entries, birth, removed) => new Person([.. entries.Distinct()], birth, removed));

    private static readonly Gen<TextPattern> Pattern = Gen.OneOf(
        Term.Select(TextPattern.ExactTerm),
        Gen.OneOf(Term, Gen.Const(string.Empty)).Select(TextPattern.PrefixTerm),
        Gen.OneOf("a*", "*b", "?", "a?*", "*", "[ab]*", "m1*").Select(TextPattern.Wildcard));

    private static readonly Gen<DateOnly?> Day = Gen.OneOf<DateOnly?>(null, new DateOnly(1950, 1, 1), new DateOnly(1950, 2, 3), new DateOnly(1950, 12, 31), new DateOnly(1951, 1, 1));

    private static readonly Gen<PatientCondition> Condition = Gen.Frequency(
        (4, Gen.Select(Gen.OneOf(Kinds).Array[0, 3], Pattern, PatientCondition (kinds, pattern) => new EntryCondition([.. kinds.Distinct()], pattern))),
        (1, Gen.Select(Day, Day, PatientCondition (from, to) => new BirthDateCondition(from, to))));

    private static readonly Gen<PatientQuery> Query = Gen.Select(
        Condition.Array[0, 3], Gen.Bool, (conditions, removed) => new PatientQuery { Conditions = conditions, IncludeRemoved = removed });

    private static readonly Gen<ResultWindow> Window = Gen.Select(
        Gen.Long[0, 12], Gen.OneOf(Gen.Const((long?)null), Gen.Long[0, 12].Select(first => (long?)first)), Gen.Bool, (skip, first, total) => new ResultWindow(skip, first, total));

    [Theory]
    [InlineData(12)]
    [InlineData(Many)]
    public void Answers_are_those_of_a_plain_list(int count)
    {
        Gen.Select(Persons.Array[count], Gen.Select(Query, Window).Array[60]).Sample(
            (persons, questions) =>
            {
                using var place = new TemporaryStore();
                var model = Write(place.Store, persons);
                using var reader = place.Store.BeginRead();
                foreach (var (query, window) in questions)
                {
                    var expected = model.Where(pair => Matches(pair.Value, query)).Select(pair => pair.Key).Order().ToList();
                    var selection = reader.Select(query, window, default);
                    Assert.Equal(expected.Skip((int)window.Skip).Take((int?)window.First ?? int.MaxValue), selection.Keys);
                    Assert.Equal(window.IncludeTotal ? expected.Count : null, selection.Total);
                }
            },
            seed: "0000KPWn3xk4",
            iter: count == Many ? 3 : 40,
            threads: 1);
    }

    [Fact]
    public void A_writer_finds_what_it_has_not_committed()
    {
        using var place = new TemporaryStore();
        using var writer = place.Store.BeginWrite();
        var query = new PatientQuery { Conditions = [new EntryCondition([SearchEntryKind.FamilyNamePart], TextPattern.Exact("eins"))] };
        var state = writer.Insert(StoreExtensions.NewState("Eins"));
        Assert.Equal([state.Stamp.Key], writer.Select(query, ResultWindow.All, default).Keys);
        var next = writer.Update(state, StoreExtensions.NewState("Zwei"));
        Assert.Empty(writer.Select(query, ResultWindow.All, default).Keys);
        writer.Update(next, StoreExtensions.NewState("Eins"));
        writer.PurgePatient(state.Stamp.Key);
        Assert.Empty(writer.Select(query, ResultWindow.All, default).Keys);
        Assert.Empty(writer.ReadSearchEntries());
    }

    [Fact]
    public void A_cancelled_search_stops()
    {
        using var place = new TemporaryStore();
        place.Store.Insert(StoreExtensions.NewState("Eins"));
        using var reader = place.Store.BeginRead();
        Assert.Throws<OperationCanceledException>(() => reader.Select(new PatientQuery(), ResultWindow.All, new CancellationToken(true)));
        Assert.Single(reader.Select(new PatientQuery(), ResultWindow.All, default).Keys);
    }

    private static Dictionary<long, Person> Write(IPatientStore store, Person[] persons)
    {
        var model = new Dictionary<long, Person>();
        using var writer = store.BeginWrite();
        foreach (var person in persons)
        {
            var state = StoreExtensions.NewState("X", birth: person.Birth);
            var key = writer.InsertPatient(
                state with { Stamp = state.Stamp with { IsRemoved = person.Removed, Sequence = writer.NextSequence() } }, person.Entries);
            model.Add(key, person);
        }

        writer.Commit();
        return model;
    }

    private static bool Matches(Person person, PatientQuery query) =>
        (query.IncludeRemoved || !person.Removed) && query.Conditions.All(condition => condition switch
        {
            EntryCondition entry => person.Entries.Any(one => entry.Kinds.Contains(one.Kind) && entry.Pattern.IsMatch(one.Term)),
            BirthDateCondition birth => PartialDate.TryParse(person.Birth, out var date)
                && (birth.From is not { } from || date.First >= from) && (birth.To is not { } to || date.Last <= to),
            _ => false,
        });

    private sealed record Person(SearchEntry[] Entries, string? Birth, bool Removed)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"[{string.Join(' ', Entries)}] {Birth} {(Removed ? "removed" : "")}");
    }
}

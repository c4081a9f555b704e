using System.Text;
using CsCheck;
using PatientTools.Search;
using PatientTools.Search.Index;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>Search entries are what a plain dictionary would hold, whatever comes, goes and is undone.</summary>
public class EntryTests
{
    private const int Patients = 2500;
    private static readonly SearchEntryKind[] Kinds = [SearchEntryKind.FamilyNamePart, SearchEntryKind.City, SearchEntryKind.State];
    private static readonly string[] Terms = ["", "a", "a\0", "a\0A", "ab", "ä", "\U0010FFFF", "\uFFFD", "z" + new string('x', 400)];

    private static readonly Gen<Change> Changes = Gen.Select(
        Gen.OneOf(Kinds),
        Gen.OneOf(Terms),
        Gen.Frequency((3, Gen.Int[1, 40]), (1, Gen.Int[1, Patients])),
        Gen.Int[1, Patients],
        Gen.Int[1, 5],
        Gen.Frequency((2, Gen.Const(false)), (1, Gen.Const(true))),
        (kind, term, count, start, step, isRemoval) => new Change(new SearchEntry(kind, term), start, count, step, isRemoval));

    private static readonly Gen<Item> Items = Gen.Select(
        Changes.Array[1, 4], Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true))), Gen.Bool, (changes, isUndone, isRead) => new Item(changes, isUndone, isRead));

    private static readonly Gen<Batch> Batches = Gen.Select(
        Items.Array[1, 6], Gen.Frequency((4, Gen.Const(true)), (1, Gen.Const(false))), (items, isCommitted) => new Batch(items, isCommitted));

    private static readonly Gen<TermRange> Ranges = Gen.OneOf(
        Gen.Const(TermRange.All),
        Gen.OneOf(Terms).Select(TermRange.Exactly),
        Gen.OneOf(Terms).Select(TermRange.StartingWith),
        Gen.Select(Gen.OneOf(Terms), Gen.OneOf(Terms), TermRange.Between));

    [Theory]
    [InlineData("0000KPWn3xk4")]
    [InlineData("0RzQ5xT2NLB1")] // Divides a segment into two that are both full.
    public void Entries_are_those_of_a_plain_dictionary(string seed)
    {
        Gen.Select(Batches.Array[1, 12], Ranges.Array[8]).Sample(
            (batches, ranges) =>
            {
                using var place = new TemporaryStore();
                DrawKeys(place.Store, Patients * 6);
                var model = new Model();
                foreach (var batch in batches)
                {
                    Write(place.Store, batch, model);
                    AssertSame(place.Store, model, ranges);
                }
            },
            seed: seed,
            iter: 20,
            threads: 1);
    }

    [Fact]
    public void Keys_that_come_one_after_the_other_fill_their_segments()
    {
        using var place = new TemporaryStore();
        DrawKeys(place.Store, 400_000);
        for (var first = 0; first < 20; first++)
        {
            place.Store.Write(writer =>
            {
                for (var key = 1 + (first * 100); key <= (first + 1) * 100; key++)
                {
                    writer.AddSearchEntries(key * 200, [new SearchEntry(SearchEntryKind.City, "bonn")]);
                }

                return 0;
            });
        }

        var segments = Segments(place.Store, SearchEntryKind.City, TermRange.All, descending: false);
        Assert.All(segments.SkipLast(1), segment => Assert.Equal(2 * KeySegment.MostBytes, segment.Gaps.Length));
    }

    [Fact]
    public void A_full_segment_into_which_keys_come_is_halved()
    {
        using var place = new TemporaryStore();
        DrawKeys(place.Store, 60_000);
        Add(1, 3000, step: 20);
        var full = Segments(place.Store, SearchEntryKind.City, TermRange.All, descending: false);
        Assert.Equal(2 * KeySegment.MostBytes, full[1].Gaps.Length);

        Add(full[1].First + 1, 1, step: 1);

        var segments = Segments(place.Store, SearchEntryKind.City, TermRange.All, descending: false);
        Assert.Equal(full.Count + 1, segments.Count);
        Assert.Equal(full[0], segments[0]);
        Assert.Equal(full.Skip(2), segments.Skip(3));
        Assert.All(segments.Skip(1).Take(2), half => Assert.InRange(half.Gaps.Length, KeySegment.MostBytes - 10, KeySegment.MostBytes + 10));

        void Add(long first, int count, int step) => place.Store.Write(writer =>
        {
            for (var i = 0; i < count; i++)
            {
                writer.AddSearchEntries(first + (i * (long)step), [new SearchEntry(SearchEntryKind.City, "bonn")]);
            }

            return 0;
        });
    }

    [Fact]
    public void Numbers_are_visited_in_their_order_between_two_bounds()
    {
        using var place = new TemporaryStore();
        var states = Enumerable.Range(0, 5).Select(i => place.Store.Insert(StoreExtensions.NewState($"Name{i}"))).ToList();
        place.Store.Update(states[1], states[1], removed: true);

        Assert.Equal([(1, 1), (3, 3), (4, 4), (5, 5), (2, 6)], Numbers(place.Store, PatientColumn.Sequence, 0, long.MaxValue, descending: false));
        Assert.Equal([(5, 5), (4, 4), (3, 3)], Numbers(place.Store, PatientColumn.Sequence, 2, 5, descending: true));
        Assert.Equal([(1, 1), (3, 1), (4, 1), (5, 1)], Numbers(place.Store, PatientColumn.Version, 1, 1, descending: false));
        var (created, modified) = (Milliseconds(states[1].Stamp.Created), Milliseconds(states[1].Stamp.Modified.AddMinutes(1)));
        Assert.Equal([(2, modified)], Numbers(place.Store, PatientColumn.Modified, modified, modified, descending: false));
        Assert.Equal([(5, created), (4, created), (3, created), (2, created), (1, created)], Numbers(place.Store, PatientColumn.Created, created, created, descending: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => Numbers(place.Store, PatientColumn.Id, 0, 1, descending: false));
    }

    [Fact]
    public void Ids_are_visited_where_there_is_one()
    {
        using var place = new TemporaryStore();
        var states = new[] { place.Store.Insert(StoreExtensions.NewState("Eins")), place.Store.Insert(StoreExtensions.NewState("Zwei", source: "kis", sourceId: "p2")) };

        Assert.Equal(states.Select(state => (state.Stamp.Key, state.Stamp.Id.ToString())), Ids(place.Store, PatientColumn.Id).Order());
        Assert.Equal([(2, "p2")], Ids(place.Store, PatientColumn.SourceId));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ids(place.Store, PatientColumn.Created));
    }

    [Fact]
    public void Who_was_written_after_a_sequence_is_told_once_and_the_purged_are_not()
    {
        using var place = new TemporaryStore();
        var states = Enumerable.Range(0, 5).Select(i => place.Store.Insert(StoreExtensions.NewState($"Name{i}"))).ToList();
        place.Store.Update(states[3], states[3]);
        place.Store.Write(writer => writer.InsertRecord(new RecordState(0, 1, "Condition", "c", null, 1, writer.NextSequence(), states[0].Stamp.Modified, false, null, null, "{}"u8.ToArray())));
        place.Store.Write(writer => writer.InsertRecord(new RecordState(0, 4, "Condition", "c", null, 1, writer.NextSequence(), states[0].Stamp.Modified, false, null, null, "{}"u8.ToArray())));

        Assert.Equal([1, 2, 3, 4, 5], place.Store.Read(reader => reader.ReadKeysWrittenAfter(0)));
        Assert.Equal([1, 4, 5], place.Store.Read(reader => reader.ReadKeysWrittenAfter(4)));
        Assert.Equal([1, 4], place.Store.Read(reader => reader.ReadKeysWrittenAfter(5)));
        Assert.Empty(place.Store.Read(reader => reader.ReadKeysWrittenAfter(8)));
        place.Store.Write(writer =>
        {
            writer.PurgePatient(4);
            return writer.NextSequence();
        });
        Assert.Equal([1], place.Store.Read(reader => reader.ReadKeysWrittenAfter(5)));
    }

    [Fact]
    public void A_visit_stops_when_it_is_told_or_cancelled()
    {
        using var place = new TemporaryStore();
        DrawKeys(place.Store, 1000);
        place.Store.Write(writer =>
        {
            for (var key = 1; key <= 1000; key++)
            {
                writer.AddSearchEntries(key, [new SearchEntry(SearchEntryKind.Kvnr, $"K{key:D5}")]);
            }

            return 0;
        });
        using var reader = place.Store.BeginRead();
        using var source = new CancellationTokenSource();
        var visited = 0;

        reader.VisitEntries(SearchEntryKind.Kvnr, TermRange.All, false, (_, _, _) => ++visited < 3, default);
        Assert.Equal(3, visited);
        Assert.Throws<OperationCanceledException>(() => reader.VisitEntries(SearchEntryKind.Kvnr, TermRange.All, false, CancelAtTheTenth, source.Token));
        Assert.Equal(10, visited);
        Assert.Throws<OperationCanceledException>(() => reader.VisitEntries(SearchEntryKind.Kvnr, TermRange.All, false, (_, _, _) => true, source.Token));
        Assert.Equal([7], reader.Keys(SearchEntryKind.Kvnr, "K00007"));

        bool CancelAtTheTenth(ReadOnlySpan<byte> term, long first, ReadOnlySpan<byte> gaps)
        {
            if (++visited == 10)
            {
                source.Cancel();
            }

            return true;
        }
    }

    [Fact]
    public void A_writer_finds_what_it_has_not_committed()
    {
        using var place = new TemporaryStore();
        using var writer = place.Store.BeginWrite();
        var state = writer.Insert(StoreExtensions.NewState("Eins"));
        Assert.Equal([state.Stamp.Key], writer.Keys(SearchEntryKind.FamilyNamePart, "eins"));
        var next = writer.Update(state, StoreExtensions.NewState("Zwei"));
        Assert.Empty(writer.Keys(SearchEntryKind.FamilyNamePart, "eins"));
        writer.Update(next, StoreExtensions.NewState("Eins"));
        writer.PurgePatient(state.Stamp.Key);
        Assert.Empty(writer.Keys(SearchEntryKind.FamilyNamePart, "eins"));
        Assert.Empty(writer.ReadSearchEntries());
    }

    [Fact]
    public void A_number_of_one_who_is_purged_in_the_same_batch_is_free_and_its_next_holder_is_known()
    {
        using var place = new TemporaryStore();
        var old = place.Store.Insert(StoreExtensions.NewState("Eins", mrn: "M1"));
        using var writer = place.Store.BeginWrite();
        writer.PurgePatient(old.Stamp.Key);
        writer.RunItem(() =>
        {
            writer.Insert(StoreExtensions.NewState("Zwei", mrn: "M1"));
            Assert.Single(writer.Living());
        });
        Assert.Throws<ConflictException>(() => writer.RunItem(() => writer.Insert(StoreExtensions.NewState("Drei", mrn: "M1"))));
        writer.Insert(StoreExtensions.NewState("Vier"));
        writer.Insert(StoreExtensions.NewState("Fünf"));
        writer.Commit();
        Assert.Equal(3, place.Store.Living().Count);
    }

    private static void DrawKeys(IPatientStore store, int count) => store.Write(writer =>
    {
        for (var i = 0; i < count; i++)
        {
            writer.DrawNumber("#patient");
        }

        return 0;
    });

    private static void Write(IPatientStore store, Batch batch, Model model)
    {
        var next = model.Copy();
        using (var writer = store.BeginWrite())
        {
            foreach (var item in batch.Items)
            {
                Write(writer, item, next);
            }

            if (!batch.IsCommitted)
            {
                return;
            }

            writer.Commit();
        }

        model.Take(next);
    }

    private static void Write(IStoreWriter writer, Item item, Model model)
    {
        try
        {
            writer.RunItem(() =>
            {
                foreach (var change in item.Changes)
                {
                    foreach (var key in change.Keys)
                    {
                        (change.IsRemoval ? writer.RemoveSearchEntries : (Action<long, IReadOnlyList<SearchEntry>>)writer.AddSearchEntries)(key, [change.Entry]);
                    }

                    if (item.IsRead)
                    {
                        writer.VisitEntries(change.Entry.Kind, TermRange.All, false, (_, _, _) => false, default);
                    }
                }

                if (item.IsUndone)
                {
                    throw new TimeoutException();
                }
            });
        }
        catch (TimeoutException)
        {
            return;
        }

        foreach (var change in item.Changes)
        {
            model.Apply(change);
        }
    }

    private static void AssertSame(IPatientStore store, Model model, TermRange[] ranges)
    {
        Assert.Equal(model.Entries(), store.Read(reader => reader.ReadSearchEntries().ToList()));
        Assert.DoesNotContain(store.CheckStructure(full: true, default), finding => !finding.Contains("do not exist", StringComparison.Ordinal));
        foreach (var kind in Kinds)
        {
            foreach (var range in ranges)
            {
                var ascending = Segments(store, kind, range, descending: false);
                Assert.Equal(model.Entries().Where(entry => entry.Entry.Kind == kind && range.Contains(Encoding.UTF8.GetBytes(entry.Entry.Term))), ascending.SelectMany(segment => segment.Entries(kind)));
                Assert.Equal(ascending.AsEnumerable().Reverse(), Segments(store, kind, range, descending: true));
                Assert.All(ascending, segment => Assert.InRange(segment.Gaps.Length, 0, 2 * KeySegment.MostBytes));
            }
        }
    }

    private static List<Segment> Segments(IPatientStore store, SearchEntryKind kind, TermRange range, bool descending)
    {
        var segments = new List<Segment>();
        using var reader = store.BeginRead();
        reader.VisitEntries(kind, range, descending, Add, default);
        return segments;

        bool Add(ReadOnlySpan<byte> term, long first, ReadOnlySpan<byte> gaps)
        {
            segments.Add(new Segment(Encoding.UTF8.GetString(term), first, Convert.ToHexString(gaps)));
            return true;
        }
    }

    private static List<(long Key, long Number)> Numbers(IPatientStore store, PatientColumn column, long from, long to, bool descending)
    {
        var found = new List<(long, long)>();
        using var reader = store.BeginRead();
        reader.VisitNumbers(column, from, to, descending, Add, default);
        return found;

        bool Add(long key, long number)
        {
            found.Add((key, number));
            return true;
        }
    }

    private static List<(long Key, string Id)> Ids(IPatientStore store, PatientColumn column)
    {
        var found = new List<(long, string)>();
        using var reader = store.BeginRead();
        reader.VisitIds(column, Add, default);
        return found;

        bool Add(long key, string id)
        {
            found.Add((key, id));
            return true;
        }
    }

    private static long Milliseconds(DateTime time) => new DateTimeOffset(time).ToUnixTimeMilliseconds();

    private sealed record Change(SearchEntry Entry, long Start, int Count, int Step, bool IsRemoval)
    {
        public IEnumerable<long> Keys => Enumerable.Range(0, Count).Select(i => Start + (i * (long)Step));
    }

    private sealed record Item(Change[] Changes, bool IsUndone, bool IsRead)
    {
        public override string ToString() => $"{string.Join<Change>(' ', Changes)}{(IsUndone ? " undone" : "")}{(IsRead ? " read" : "")}";
    }

    private sealed record Batch(Item[] Items, bool IsCommitted)
    {
        public override string ToString() => $"{string.Join<Item>("; ", Items)}{(IsCommitted ? "" : " dropped")}";
    }

    private sealed record Segment(string Term, long First, string Gaps)
    {
        public IEnumerable<StoredSearchEntry> Entries(SearchEntryKind kind)
        {
            var keys = new List<long>();
            KeySegment.Read(First, Convert.FromHexString(Gaps), keys);
            return keys.Select(key => new StoredSearchEntry(key, new SearchEntry(kind, Term)));
        }
    }

    /// <summary>Keys by entry.</summary>
    private sealed class Model
    {
        private Dictionary<SearchEntry, SortedSet<long>> _keys = [];

        public Model Copy() => new() { _keys = _keys.ToDictionary(pair => pair.Key, pair => new SortedSet<long>(pair.Value)) };

        public void Take(Model other) => _keys = other._keys;

        public void Apply(Change change)
        {
            if (!_keys.TryGetValue(change.Entry, out var keys))
            {
                _keys[change.Entry] = keys = [];
            }

            foreach (var key in change.Keys)
            {
                _ = change.IsRemoval ? keys.Remove(key) : keys.Add(key);
            }
        }

        public List<StoredSearchEntry> Entries() =>
        [
            .. _keys.OrderBy(pair => pair.Key.Kind).ThenBy(pair => Convert.ToHexString(Encoding.UTF8.GetBytes(pair.Key.Term)), StringComparer.Ordinal)
                .SelectMany(pair => pair.Value.Select(key => new StoredSearchEntry(key, pair.Key))),
        ];
    }
}

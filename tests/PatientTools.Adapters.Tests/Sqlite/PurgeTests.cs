using System.Text;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>After a purge the person's text is in no byte of the store's files.</summary>
public class PurgeTests
{
    private static readonly string[] Secrets =
        ["Zzyzxwarth", "zzyzxwarth", "Quuxgasse 77", "quuxgasse", "X110411675", "Änneliesexq", "änneliesexq", "anneliesexq", "aenneliesexq", "LEGACYSECRETQ", "ICDSECRETQ"];

    [Fact]
    public void A_purged_person_is_in_no_byte_of_the_files()
    {
        using var place = new TemporaryStore();
        Purge(place);
        Assert.NotEmpty(Remains(place));

        place.Store.Scrub();

        Assert.Empty(Remains(place));
        Assert.Empty(place.Store.CheckStructure(full: true, default));
        place.Close();
        Assert.Empty(Remains(place));
    }

    [Fact]
    public void A_scrub_that_was_never_reached_is_made_up_for_when_the_store_is_opened_next()
    {
        using var place = new TemporaryStore();
        Purge(place);
        Assert.NotEmpty(Remains(place));

        place.Reopen();

        Assert.Empty(Remains(place));
        Assert.Empty(place.Store.CheckStructure(full: true, default));
    }

    /// <summary>Without this the test above would prove nothing: deleting and emptying the log alone leaves copies in split pages.</summary>
    [Fact]
    public void Emptying_the_log_alone_would_not_do()
    {
        using var place = new TemporaryStore();
        Purge(place);
        using (var connection = StoreConnection.Open(place.Path, ConnectionUse.Write, TimeSpan.FromSeconds(5)))
        {
            Assert.Equal("0", connection.ReadPragma("wal_checkpoint(TRUNCATE)"));
        }

        Assert.NotEmpty(Remains(place));
    }

    [Fact]
    public void A_search_entry_that_should_not_be_there_is_purged_too()
    {
        using var place = new TemporaryStore();
        var state = place.Store.Insert(StoreExtensions.NewState("Eins"));
        place.Store.Write(writer =>
        {
            writer.AddSearchEntries(state.Stamp.Key, [new SearchEntry(SearchEntryKind.City, "stray")]);
            return 0;
        });

        place.Store.Write(writer =>
        {
            writer.PurgePatient(state.Stamp.Key);
            return 0;
        });

        Assert.Empty(place.Store.Read(reader => reader.ReadSearchEntries().ToList()));
    }

    [Fact]
    public void A_purge_that_is_undone_keeps_everything()
    {
        using var place = new TemporaryStore();
        var state = place.Store.Insert(StoreExtensions.NewState("Eins", mrn: "M1"));
        place.Store.Write(writer =>
        {
            Assert.Throws<TimeoutException>(() => writer.RunItem(() =>
            {
                writer.PurgePatient(state.Stamp.Key);
                Assert.Empty(writer.ReadSearchEntries());
                throw new TimeoutException();
            }));
            Assert.Throws<ConflictException>(() => writer.Insert(StoreExtensions.NewState("Zwei", mrn: "M1")));
            return 0;
        });

        Assert.Equal(state.Document, place.Store.Read(reader => reader.ReadState(state.Stamp.Key))!.Document);
        Assert.Equal(state.Entries().Count, place.Store.Read(reader => reader.ReadSearchEntries().Count()));
        Assert.Empty(place.Store.Read(reader => reader.ReadPurgesSince(0)));
    }

    [Fact]
    public void Old_bytes_that_a_reader_holds_back_are_spoken_of()
    {
        using var place = new TemporaryStore();
        place.Reopen(new StoreOptions { BusyTimeout = TimeSpan.FromMilliseconds(200) });
        var state = place.Store.Insert(StoreExtensions.NewState("Eins"));
        using (place.Store.BeginRead())
        {
            place.Store.Write(writer =>
            {
                writer.PurgePatient(state.Stamp.Key);
                return 0;
            });
            var error = Assert.Throws<PatientToolsException>(place.Store.Scrub);
            Assert.Equal("StoreBusy", error.ErrorId);
            Assert.Contains("Optimize-PatientStore", error.Message, StringComparison.Ordinal);
        }

        place.Store.Scrub();
    }

    /// <summary>
    /// Thousands of neighbours that come, grow and shrink around the purged, so that pages are split and merged. About one
    /// in a hundred leaves a copy of a row in space that belongs to none any more: so there are several hundred purged.
    /// </summary>
    private static void Purge(TemporaryStore place)
    {
        var random = new Random(11);
        var neighbours = new List<PatientState>();
        var persons = new List<PatientState>();
        using (var writer = place.Store.BeginWrite())
        {
            for (var i = 0; i < 3000; i++)
            {
                if (i % 5 == 0)
                {
                    persons.Add(writer.Insert(Person()));
                    writer.InsertRecord(new RecordState(0, persons[^1].Stamp.Key, "Condition", "c", null, 1, 1, persons[^1].Stamp.Modified, false, "ICDSECRETQ", null, """{"text":"ICDSECRETQ"}"""u8.ToArray()));
                }

                neighbours.Add(writer.Insert(StoreExtensions.NewState($"Zzyzxwart{i % 50}", $"Änne{i}", city: "Bonn", note: new string('n', random.Next(600)))));
            }

            writer.Commit();
        }

        place.Store.Write(writer => writer.Update(persons[0], Person(), removed: true));
        for (var round = 0; round < 100; round++)
        {
            using var writer = place.Store.BeginWrite();
            for (var i = 0; i < 120; i++)
            {
                var one = random.Next(neighbours.Count);
                neighbours[one] = writer.Update(neighbours[one], StoreExtensions.NewState($"Zzyzxwarti{random.Next(9999)}", "Änne", note: new string('n', random.Next(2500))));
            }

            writer.Commit();
        }

        place.Store.Write(writer =>
        {
            persons.ForEach(person => writer.PurgePatient(person.Stamp.Key));
            return 0;
        });
    }

    private static PatientState Person()
    {
        var json = """
            {"resourceType":"Patient","identifier":[{"system":"http://fhir.de/sid/gkv/kvid-10","value":"X110411675"}],
            "name":[{"family":"Zzyzxwarth","given":["Änneliesexq"]}],"address":[{"line":["Quuxgasse 77"],"city":"Bonn"}]}
            """;
        return StoreExtensions.NewState("X") with { Document = PatientDocument.Parse(json), Legacy = """{"a":"LEGACYSECRETQ"}"""u8.ToArray() };
    }

    private static List<string> Remains(TemporaryStore place)
    {
        var found = new List<string>();
        foreach (var file in Directory.GetFiles(place.Folder))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            found.AddRange(Secrets.Where(secret => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0).Select(secret => $"{secret} in {Path.GetExtension(file)}"));
        }

        return found;
    }
}

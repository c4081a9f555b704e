using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>A store with something of everything, made by a random script, and ways to copy and compare it.</summary>
internal static class SampleContent
{
    private static readonly IPatientStoreProvider Provider = new SqlitePatientStoreProvider();
    private static readonly DateTime Time = new(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc);

    /// <summary>Writes, changes, removes and purges at random.</summary>
    /// <param name="store">The store.</param>
    /// <param name="seed">Where the script begins.</param>
    /// <param name="steps">How long it is.</param>
    public static void Play(IPatientStore store, int seed, int steps)
    {
        var random = new Random(seed);
        for (var done = 0; done < steps;)
        {
            using var writer = store.BeginWrite();
            for (var i = 0; i < 25 && done < steps; i++, done++)
            {
                var last = writer.ReadCounters().GetValueOrDefault("#patient");
                Step(writer, random, writer.ReadStates(random.NextInt64(last + 1), 1) is [var state] ? state : null);
            }

            writer.Commit();
        }
    }

    /// <summary>Copies a store row for row, as a restore does.</summary>
    public static void Copy(IPatientStore from, string location, Guid epoch)
    {
        using var reader = from.BeginRead();
        Provider.Build(location, from.Identity with { Epoch = epoch }, loader => Load(reader, loader));
    }

    public static void Load(IStoreReader reader, IStoreLoader loader)
    {
        foreach (var (name, value) in reader.ReadSettings())
        {
            loader.AddSetting(name, value);
        }

        foreach (var account in reader.ReadAccounts())
        {
            loader.AddAccount(account);
        }

        foreach (var mark in reader.ReadPurgesSince(0))
        {
            loader.AddPurge(mark);
        }

        foreach (var state in reader.ReadPatientsSince(0))
        {
            loader.AddPatient(state, state.Entries());
        }

        foreach (var state in reader.ReadPatientVersionsSince(0))
        {
            Assert.True(loader.AddPatientVersion(state));
        }

        foreach (var entry in reader.ReadRecordsSince(0))
        {
            Assert.True(loader.AddRecord(entry, entry.IsRemoved ? [] : SearchEntries.OfRecord([entry])));
        }

        foreach (var entry in reader.ReadRecordVersionsSince(0))
        {
            Assert.True(loader.AddRecordVersion(entry));
        }

        foreach (var entry in reader.ReadAuditEntries(0, int.MaxValue))
        {
            loader.AddAuditEntry(entry);
        }

        foreach (var (name, value) in reader.ReadCounters())
        {
            loader.SetCounter(name, value);
        }
    }

    /// <summary>All rows of some tables, without what no two stores have in common.</summary>
    public static List<string> Rows(string path, params string[] tables)
    {
        using var connection = StoreConnection.Open(path, ConnectionUse.Read, TimeSpan.FromSeconds(5));
        return [.. tables.SelectMany(table =>
        {
            var columns = connection.ReadTexts($"SELECT name FROM pragma_table_info('{table}')").Where(column => column != "key" || !table.EndsWith("version", StringComparison.Ordinal) && table != "chunk");
            return connection.ReadTexts($"SELECT '{table}|' || {string.Join(" || '|' || ", columns.Select(column => $"quote({column})"))} AS row FROM {table} ORDER BY 1");
        })];
    }

    public static List<(long Key, SearchEntry Entry)> Entries(IPatientStore store) =>
        store.Read(reader => reader.ReadSearchEntries().Select(entry => (entry.PatientKey, entry.Entry)).ToList());

    private static void Step(IStoreWriter writer, Random random, PatientState? one)
    {
        switch (one is null ? 0 : random.Next(12))
        {
            case < 5:
                writer.Insert(New(random));
                break;
            case < 8:
                Change(writer, one!, New(random), random.Next(4) == 0);
                break;
            case < 11:
                ChangeRecord(writer, one!, random);
                break;
            default:
                writer.PurgePatient(one!.Stamp.Key);
                break;
        }
    }

    private static PatientState New(Random random)
    {
        var number = random.Next(1_000_000_000);
        return StoreExtensions.NewState(
            $"Name{number % 50}", $"Vor{number % 7}", $"M{number}", number % 3 == 0 ? "Bonn" : null, source: number % 2 == 0 ? "his" : null,
            sourceId: number % 2 == 0 ? $"S{number}" : null, legacy: number % 5 == 0 ? $$"""{"a":{{number}}}""" : null,
            note: number % 40 == 0 ? new string('n', 300_000) : null);
    }

    private static void Change(IStoreWriter writer, PatientState old, PatientState next, bool removed)
    {
        var stamped = next with
        {
            Stamp = old.Stamp with { Version = old.Stamp.Version + 1, Sequence = writer.NextSequence(), Modified = old.Stamp.Modified.AddMinutes(1), IsRemoved = removed },
        };
        var record = SearchEntries.OfRecord(writer.ReadSearchableRecord(old.Stamp.Key));
        writer.UpdatePatient(old, [.. old.Entries(), .. record], stamped, [.. stamped.Entries(), .. record]);
    }

    private static void ChangeRecord(IStoreWriter writer, PatientState patient, Random random)
    {
        var key = patient.Stamp.Key;
        var before = SearchEntries.OfRecord(writer.ReadSearchableRecord(key));
        var id = $"c{random.Next(3)}";
        var json = System.Text.Encoding.UTF8.GetBytes(
            $$$"""{"resourceType":"Condition","code":{"coding":[{"system":"http://fhir.de/CodeSystem/bfarm/icd-10-gm","code":"E{{{random.Next(10, 14)}}}"}]}}""");
        var sequence = writer.NextSequence();
        if (writer.FindRecord(key, "Condition", id) is { } old)
        {
            writer.UpdateRecord(old, old with { Version = old.Version + 1, Sequence = sequence, IsRemoved = random.Next(3) == 0, Json = json });
        }
        else
        {
            writer.InsertRecord(new RecordState(0, key, "Condition", id, null, 1, sequence, Time, false, "E", new PartialDate(2020, 5, 0), json));
        }

        var after = SearchEntries.OfRecord(writer.ReadSearchableRecord(key));
        writer.RemoveSearchEntries(key, [.. before.Except(after)]);
        writer.AddSearchEntries(key, [.. after.Except(before)]);
    }
}

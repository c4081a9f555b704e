using System.Runtime.InteropServices;
using PatientTools.Search;

namespace PatientTools.Storage;

/// <summary>Holds the search entries of a store against the documents and records of which they are made.</summary>
internal static class SearchEntryCheck
{
    private const int BatchSize = 5000;
    private const int MostNamed = 20;

    /// <summary>
    /// Holds entries against documents and records in flat memory: for each patient one number, to which every entry that should be
    /// there is added and from which every entry that is there is taken away. What is left over is wrong.
    /// </summary>
    /// <param name="reader">Of a snapshot of the store.</param>
    /// <param name="problems">Told what is wrong, in plain words.</param>
    /// <param name="cancellation">Stops checking.</param>
    /// <returns>How many patients were looked at.</returns>
    public static long Run(IStoreReader reader, List<string> problems, CancellationToken cancellation)
    {
        var balance = new Dictionary<long, long>();
        long after = 0, patients = 0;
        while (reader.ReadStates(after, BatchSize) is { Count: > 0 } batch)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var state in batch)
            {
                balance[state.Stamp.Key] = SearchEntries.Of(state, reader.ReadSearchableRecord(state.Stamp.Key))
                    .Aggregate(0L, (sum, entry) => unchecked(sum + Weight(entry)));
            }

            after = batch[^1].Stamp.Key;
            patients += batch.Count;
        }

        // Many patients have the same entry, one behind the other.
        var (entry, weight) = (default(SearchEntry), 0L);
        foreach (var stored in reader.ReadSearchEntries())
        {
            cancellation.ThrowIfCancellationRequested();
            if (stored.Entry != entry)
            {
                (entry, weight) = (stored.Entry, Weight(stored.Entry));
            }

            ref var left = ref CollectionsMarshal.GetValueRefOrAddDefault(balance, stored.PatientKey, out _);
            left = unchecked(left - weight);
        }

        NameUnbalanced(reader, balance, problems);
        return patients;
    }

    private static void NameUnbalanced(IStoreReader reader, Dictionary<long, long> balance, List<string> problems)
    {
        var wrong = balance.Where(pair => pair.Value != 0).Select(pair => pair.Key).Order().ToList();
        problems.AddRange(wrong.Take(MostNamed).Select(key => reader.ReadPatients([key], null, default) is [var patient]
            ? $"The search entries of patient {patient.Id} do not fit its document and record. Repair-PatientStore makes them anew."
            : "There are search entries of a patient that does not exist. Repair-PatientStore makes them anew."));
        if (wrong.Count > MostNamed)
        {
            problems.Add($"The search entries of {wrong.Count - MostNamed} more patients do not fit their documents and records.");
        }
    }

    /// <summary>64 bits from FNV-1a with a final mix, so that sums of different entries differ.</summary>
    private static long Weight(SearchEntry entry)
    {
        var hash = 0xCBF29CE484222325UL ^ (ulong)entry.Kind;
        foreach (var c in entry.Term)
        {
            hash = (hash ^ c) * 0x100000001B3UL;
        }

        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCDUL;
        return unchecked((long)(hash ^ (hash >> 33)));
    }
}

using System.Globalization;
using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Search;

namespace PatientTools.Storage;

/// <summary>What a salvage brought over.</summary>
/// <param name="Location">The new store.</param>
/// <param name="Patients">Patients brought over, removed ones included.</param>
/// <param name="Versions">Old versions of patients brought over.</param>
/// <param name="RecordResources">Record resources brought over.</param>
/// <param name="Losses">What could not be read, in plain words.</param>
public sealed record SalvageReport(string Location, long Patients, long Versions, long RecordResources, IReadOnlyList<string> Losses)
{
    /// <summary>What is never brought over, in plain words: who salvages a store has to know that it is open afterwards.</summary>
    public string Warning { get; } = "Accounts, settings and the audit trail were not brought over: the new store is open to whoever can open its file, "
        + "and its trail begins with this salvage. Use New-PatientStoreAccount to protect it, and keep the damaged file for its trail.";
}

/// <summary>Brings what a damaged store still holds into a new one. The damaged one is only read.</summary>
public static class StoreSalvage
{
    private const int BatchSize = 2000;

    /// <summary>Salvages a store.</summary>
    /// <param name="provider">The kind of database.</param>
    /// <param name="damaged">Where the damaged store is.</param>
    /// <param name="destination">Where the new store is to be; nothing may be there.</param>
    /// <param name="caller">What the trail tells of the caller.</param>
    /// <param name="cancellation">Gives up; the new store then holds what was brought over so far.</param>
    /// <returns>What was brought over and what was lost.</returns>
    /// <exception cref="PatientToolsException"><c>NotStoreOwner</c>: the damaged file belongs to another user of the operating system. As <see cref="IPatientStoreProvider.Salvage"/> and <see cref="IPatientStoreProvider.Create"/>.</exception>
    [Requires(StoreOperation.SalvageStore)]
    public static SalvageReport Run(IPatientStoreProvider provider, string damaged, string destination, CallerNote caller, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(caller);
        if (!provider.IsOwnedByCaller(damaged))
        {
            throw new PatientToolsException(
                "NotStoreOwner",
                $"The store '{damaged}' belongs to another user of the operating system. Its accounts cannot be asked, so that only its owner can salvage it.",
                ErrorKind.Denied)
            { Target = damaged };
        }

        var items = provider.Salvage(damaged, cancellation);
        var options = new StoreOptions();
        using var store = provider.Create(destination, options);
        using var journal = new AuditJournal(store, options.Time, options.BusyTimeout);
        var audited = new AuditedEvent(journal, StoreOperation.SalvageStore, null, OpenedHere.Content(caller) with { Details = $"from {IdOf(provider, damaged)}" });
        try
        {
            return Bring(store, items, audited);
        }
        catch (Exception e)
        {
            audited.Fail(e is OperationCanceledException ? AuditOutcome.Stopped : AuditOutcome.Failed, (e as PatientToolsException)?.ErrorId);
            throw;
        }
        finally
        {
            audited.End();
            journal.Flush();
        }
    }

    /// <summary>Who the damaged store is, if it can still be opened so far.</summary>
    private static string IdOf(IPatientStoreProvider provider, string damaged)
    {
        try
        {
            using var store = provider.Open(damaged, new StoreOptions { ReadOnly = true });
            return $"store {store.Identity.StoreId}";
        }
        catch (PatientToolsException)
        {
            return "a store that cannot tell its id";
        }
    }

    private static SalvageReport Bring(IPatientStore store, IEnumerable<SalvagedItem> items, AuditedEvent audited)
    {
        var report = new SalvageReport(store.Location, 0, 0, 0, []);
        foreach (var batch in items.Chunk(BatchSize))
        {
            using var writer = store.BeginWrite();
            var brought = new List<PatientId>(batch.Length);
            foreach (var item in batch)
            {
                var before = report.Patients;
                report = Bring(writer, item, report);
                if (report.Patients > before)
                {
                    brought.Add(item.State!.Stamp.Id);
                }
            }

            AuditedCommit.Run(writer, store.Identity.StoreId, [new(audited, brought)]);
        }

        audited.Describe(string.Create(CultureInfo.InvariantCulture, $"{report.Losses.Count} losses"));
        return report;
    }

    private static SalvageReport Bring(IStoreWriter writer, SalvagedItem item, SalvageReport report)
    {
        List<string> losses = [.. report.Losses];
        if (item.Loss is not null)
        {
            losses.Add(item.Loss);
        }

        if (item.State is not { } state)
        {
            return report with { Losses = losses };
        }

        try
        {
            writer.RunItem(() => Write(writer, item, state));
        }
        catch (PatientToolsException e) when (e.Kind is ErrorKind.Conflict or ErrorKind.InvalidData)
        {
            losses.Add($"Patient {state.Stamp.Id} could not be brought over: {e.Message}");
            return report with { Losses = losses };
        }

        return report with
        {
            Patients = report.Patients + 1,
            Versions = report.Versions + item.Versions.Count,
            RecordResources = report.RecordResources + item.Record.Count,
            Losses = losses,
        };
    }

    /// <summary>Only the present state brings search entries: a record number of an old one may be somebody else's by now.</summary>
    private static void Write(IStoreWriter writer, SalvagedItem item, PatientState state)
    {
        PatientState? present = null;
        foreach (var next in item.Versions.Append(state))
        {
            var entries = ReferenceEquals(next, state) ? SearchEntries.Of(state, [.. item.Record.Where(entry => !entry.IsRemoved)]) : [];
            var stamp = next.Stamp with { Key = present?.Stamp.Key ?? 0, Sequence = writer.NextSequence() };
            present = present is null ? First(writer, next with { Stamp = stamp }, entries) : Next(writer, present, next with { Stamp = stamp }, entries);
        }

        foreach (var entry in item.Record)
        {
            writer.InsertRecord(entry with { Key = 0, PatientKey = present!.Stamp.Key, Sequence = writer.NextSequence() });
        }
    }

    private static PatientState First(IStoreWriter writer, PatientState state, IReadOnlyList<SearchEntry> entries)
    {
        var key = writer.InsertPatient(state, entries);
        return state with { Stamp = state.Stamp with { Key = key } };
    }

    private static PatientState Next(IStoreWriter writer, PatientState present, PatientState next, IReadOnlyList<SearchEntry> entries)
    {
        writer.UpdatePatient(present, [], next, entries);
        return next;
    }
}

using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Auditing;

/// <summary>What is seen and written comes into the trail: whole, in order, once.</summary>
public sealed class JournalTests : IDisposable
{
    private readonly TemporaryStore _place = new();
    private readonly AuditJournal _journal;

    public JournalTests() => _journal = new AuditJournal(_place.Store, TimeProvider.System, TimeSpan.FromSeconds(1));

    private Guid StoreId => _place.Store.Identity.StoreId;

    public void Dispose()
    {
        _journal.Dispose();
        _place.Dispose();
    }

    [Fact]
    public void Many_patients_are_one_event_with_every_id_in_order()
    {
        var seen = Ids(2500);
        var audited = Begin();
        Array.ForEach(seen, audited.Saw);
        audited.End();
        _journal.Flush();

        var found = Assert.Single(Events());
        Assert.Equal((2500, AuditOutcome.Succeeded), (found.PatientCount, found.Outcome));
        Assert.Equal(seen, found.Patients);
        Assert.Equal(3, Entries().Count);
        AssertChain();
    }

    [Fact]
    public void An_event_under_way_is_pending_and_has_its_end_afterwards()
    {
        var seen = Ids(3);
        var audited = Begin();
        audited.Describe("City -eq");
        audited.Saw(seen[0]);
        _journal.Flush();
        Assert.Equal(AuditOutcome.Pending, Assert.Single(Events()).Outcome);

        _journal.Flush();
        Assert.Single(Entries());
        audited.Saw(seen[1]);
        audited.Saw(seen[2]);
        audited.Describe("3 found");
        audited.Fail(AuditOutcome.Failed, "StoreBusy");
        audited.Fail(AuditOutcome.Failed, "Later");
        audited.End();
        audited.End();
        _journal.Flush();

        var found = Assert.Single(Events());
        Assert.Equal((AuditOutcome.Failed, "StoreBusy", "City -eq; 3 found", 3L), (found.Outcome, found.ErrorId, found.Details, found.PatientCount));
        Assert.Equal(seen, found.Patients);
        Assert.Equal(2, Entries().Count);
        AssertChain();
    }

    [Fact]
    public void A_transaction_that_is_undone_takes_nothing_with_it()
    {
        var (seen, written) = (Ids(1500), Ids(1200));
        var audited = Begin();
        Array.ForEach(seen, audited.Saw);
        using (var writer = _place.Store.BeginWrite())
        {
            Append(writer, audited.TakeWith(written));
        }

        audited.NotWritten();
        Assert.Empty(Entries());

        using (var writer = _place.Store.BeginWrite())
        {
            var first = Append(writer, audited.TakeWith(written));
            writer.Commit();
            audited.Written(first);
        }

        audited.End();
        _journal.Flush();

        var found = Assert.Single(Events());
        Assert.Equal([.. seen, .. written], found.Patients);
        Assert.Equal((2700, AuditOutcome.Succeeded), (found.PatientCount, found.Outcome));
        AssertChain();
    }

    [Fact]
    public void A_write_that_is_the_whole_event_is_one_entry()
    {
        var audited = Begin();
        using (var writer = _place.Store.BeginWrite())
        {
            var first = Append(writer, audited.TakeWith(Ids(1)));
            writer.Commit();
            audited.Written(first);
        }

        audited.End();
        _journal.Flush();

        Assert.Equal(AuditOutcome.Succeeded, Assert.Single(Entries()).Outcome);
    }

    [Fact]
    public void Threads_that_see_and_write_one_event_lose_nothing_and_repeat_nothing()
    {
        var audited = Begin();
        var ids = Enumerable.Range(0, 8).Select(_ => Ids(4000)).ToArray();
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            for (var at = 0; at < 4000; at += 100)
            {
                var some = ids[thread][at..(at + 100)];
                if (thread % 2 == 0)
                {
                    Array.ForEach(some, audited.Saw);
                    _journal.Flush();
                    continue;
                }

                using var writer = _place.Store.BeginWrite();
                var first = Append(writer, audited.TakeWith(some));
                writer.Commit();
                audited.Written(first);
            }
        });
        audited.End();
        _journal.Flush();

        var found = Assert.Single(Events());
        Assert.Equal(32_000, found.PatientCount);
        Assert.Equal(ids.SelectMany(some => some).Order(), found.Patients.Order());
        AssertChain();
    }

    [Fact]
    public async Task What_is_seen_is_written_without_being_asked()
    {
        Begin().End();
        var cancellation = TestContext.Current.CancellationToken;
        while (Entries().Count == 0)
        {
            await Task.Delay(20, cancellation);
        }

        Assert.Equal(AuditOutcome.Succeeded, Assert.Single(Events()).Outcome);
    }

    [Fact]
    public void Whoever_brings_more_than_may_wait_writes_it()
    {
        for (var i = 0; i < AuditJournal.MostWaiting + 1; i++)
        {
            Begin().End();
        }

        Assert.True(Entries().Count >= AuditJournal.MostWaiting);
        _journal.Flush();
        Assert.Equal(AuditJournal.MostWaiting + 1, Events().Count);
        AssertChain();
    }

    [Fact]
    public void Many_connections_make_one_chain()
    {
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            using var store = ((IPatientStoreProvider)new SqlitePatientStoreProvider()).Open(_place.Path, new StoreOptions());
            using var journal = new AuditJournal(store, TimeProvider.System, TimeSpan.FromSeconds(30));
            for (var i = 0; i < 50; i++)
            {
                new AuditedEvent(journal, StoreOperation.ReadPatient, null, new AuditContent()).End();
                journal.Flush();
            }
        });

        Assert.Equal(200, Entries().Count);
        AssertChain();
    }

    private static PatientId[] Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => PatientId.New(DateTimeOffset.UtcNow))];

    private AuditedEvent Begin() => new(_journal, StoreOperation.SearchPatients, "Ada", new AuditContent { Command = "Find-Patient" });

    private long Append(IStoreWriter writer, IReadOnlyList<AuditDraft> drafts)
    {
        var entries = drafts.Select(draft => AuditChain.Append(writer, StoreId, draft)).ToList();
        return entries[0].Continues ?? entries[0].Number;
    }

    private IReadOnlyList<AuditEntry> Entries() => _place.Store.Read(reader => reader.ReadAuditEntries(0, 100_000));

    private List<AuditEvent> Events() =>
        [.. Entries().GroupBy(entry => entry.Continues ?? entry.Number).Select(entries => AuditEvents.Of(entries.First(), [.. entries.Skip(1)]))];

    private void AssertChain()
    {
        var previous = AuditChain.Origin(StoreId).AsMemory();
        Assert.All(Entries().Index(), one =>
        {
            Assert.Equal(one.Index + 1, one.Item.Number);
            Assert.True(one.Item.Previous.Span.SequenceEqual(previous.Span));
            Assert.True(AuditChain.IsHashed(one.Item));
            previous = one.Item.Hash.ToArray();
        });
    }
}

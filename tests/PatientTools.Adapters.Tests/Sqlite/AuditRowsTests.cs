using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Storage;
using static PatientTools.Adapters.Tests.Sqlite.AccessSamples;

namespace PatientTools.Adapters.Tests.Sqlite;

public class AuditRowsTests
{
    [Fact]
    public void Entries_come_back_as_they_were_written()
    {
        using var place = new TemporaryStore();
        Assert.Null(place.Store.Read(reader => reader.ReadLastAuditEntry()));
        var entries = Enum.GetValues<StoreOperation>().Select((operation, i) => Entry(i + 1, operation, account: i % 2 == 0 ? null : "Ödön \0", outcome: (AuditOutcome)((i % 5) + 1))).ToList();
        entries.Add(Entry(entries.Count + 1, continues: 3, patients: [.. Enumerable.Range(0, 1000).Select(_ => NewId())]));
        entries.Add(Entry(entries.Count + 1, time: new DateTime(1901, 1, 1, 0, 0, 0, 1, DateTimeKind.Utc)) with { Content = default, Previous = default, Hash = new byte[7], Count = -1 });
        place.Store.Append(entries);

        using var reader = place.Reopen().BeginRead();
        var read = reader.ReadAuditEntries(0, int.MaxValue);
        Assert.Equal(entries.Count, read.Count);
        Assert.All(entries.Zip(read), pair => AssertSame(pair.First, pair.Second));
        AssertSame(entries[^1], reader.ReadLastAuditEntry());
        Assert.Equal([3L, 4], Numbers(reader.ReadAuditEntries(2, 2)));
        Assert.Equal([entries.Count - 1L], Numbers(reader.ReadContinuations(3)));
        Assert.Empty(reader.ReadContinuations(1));
    }

    [Fact]
    public void A_number_is_given_once()
    {
        using var place = new TemporaryStore();
        place.Store.Append(Entry(1));
        Assert.Throws<PatientToolsException>(() => place.Store.Append(Entry(1, StoreOperation.PurgePatient)));
        AssertSame(Entry(1), place.Store.Read(reader => reader.ReadLastAuditEntry()));
    }

    [Theory]
    [InlineData("operation = 'readpatient'")]
    [InlineData("operation = '6'")]
    [InlineData("operation = ''")]
    [InlineData("operation = hex(zeroblob(5000))")]
    [InlineData("operation = CAST(x'FF' AS TEXT)")]
    [InlineData("outcome = 'Succeeded '")]
    [InlineData("outcome = 'Succeeded, Refused'")]
    [InlineData("time = 9223372036854775807")]
    [InlineData("time = -9223372036854775808")]
    public void What_is_no_entry_comes_with_an_empty_hash(string change)
    {
        using var place = new TemporaryStore();
        place.Store.Append(Enumerable.Range(1, 3).Select(i => Entry(i)));
        place.Execute($"UPDATE audit_event SET {change} WHERE number = 2");
        var entries = place.Store.Read(reader => reader.ReadAuditEntries(0, 10));
        Assert.Equal([false, true, false], entries.Select(entry => entry.Hash.IsEmpty));
    }

    [Fact]
    public void Whatever_is_in_the_table_can_be_read()
    {
        using var place = new TemporaryStore();
        var patient = NewId();
        place.Store.Append(Enumerable.Range(1, 3).Select(i => Entry(i, patients: patient)));
        place.Execute(
            """
            UPDATE audit_event SET account = CAST(x'FFFE00' AS TEXT), count = -5, content = x'7B', previous = x'', hash = zeroblob(100000),
                patients = CAST(patients || x'0102' AS BLOB) WHERE number = 2;
            UPDATE audit_event SET continues = -9223372036854775808, account = '', patients = x'' WHERE number = 3;
            INSERT INTO audit_event SELECT -1, time, continues, account, operation, outcome, count, content, previous, hash, patients FROM audit_event WHERE number = 1;
            INSERT INTO audit_event SELECT 9223372036854775807, time, NULL, account, operation, outcome, count, content, previous, hash, patients FROM audit_event WHERE number = 1;
            """);
        using var reader = place.Store.BeginRead();
        Assert.Equal([1, 2, 3, long.MaxValue], Numbers(reader.ReadAuditEntries(0, 10)));
        Assert.Equal(long.MaxValue, reader.ReadLastAuditEntry()!.Number);
        Assert.Contains(2, reader.ReadAuditEventsOf(patient, default));
        Assert.Equal([1L, 2], Numbers(reader.ReadAuditEvents(new AuditQuery(), 0, long.MaxValue, 10, descending: false)).Where(number => number < 10));
        Assert.Equal([2L, 1], Numbers(reader.ReadAuditEvents(new AuditQuery(), 0, long.MaxValue, 10, descending: true)));
        Assert.Equal([3L], Numbers(reader.ReadContinuations(long.MinValue)));
    }

    [Fact]
    public void Events_of_a_patient_are_found_by_every_entry_of_theirs()
    {
        using var place = new TemporaryStore();
        var (wanted, other) = (NewId(), NewId());
        var shifted = new PatientTools.Patients.PatientId(new Guid([.. Bytes(wanted)[8..], .. Bytes(other)[..8]], bigEndian: true));
        place.Store.Append(
            Entry(1, patients: [other, wanted]),
            Entry(2, patients: [other, other]),
            Entry(3, patients: []),
            Entry(4, continues: 2, patients: [wanted]),
            Entry(5, continues: 2, patients: [other, wanted, wanted]),
            Entry(6, continues: 1, patients: [wanted]));
        using var reader = place.Store.BeginRead();
        Assert.Equal([1L, 2], reader.ReadAuditEventsOf(wanted, default));

        // Half of one and half of the next is nobody.
        Assert.Empty(reader.ReadAuditEventsOf(shifted, default));
        Assert.Empty(reader.ReadAuditEventsOf(NewId(), default));
        Assert.Throws<OperationCanceledException>(() => reader.ReadAuditEventsOf(wanted, new CancellationToken(canceled: true)));
    }

    /// <summary>Whatever is asked, pages of any size from either end hold what a look at every entry finds.</summary>
    [Fact]
    public void Events_are_found_by_time_account_and_operation_alike_in_pages_of_any_size()
    {
        const int Entries = 25_000;
        using var place = new TemporaryStore();
        var random = new Random(20260304);
        string?[] names = [null, "anna", "Anna", "ANNA", "bernd", "Ödön"];
        StoreOperation[] operations = [StoreOperation.ReadPatient, StoreOperation.ReadPatient, StoreOperation.ReadPatient, StoreOperation.SearchPatients, StoreOperation.PurgePatient];
        var all = new List<AuditEntry>();
        for (var i = 1; i <= Entries; i++)
        {
            // A clock that goes back now and then.
            all.Add(Entry(i, operations[random.Next(operations.Length)], names[random.Next(names.Length)], Time.AddSeconds(i + random.Next(-50, 50)), i > 1 && i % 7 == 0 ? i - 1 : null));
        }

        place.Store.Append(all);
        using var reader = place.Store.BeginRead();
        for (var round = 0; round < 60; round++)
        {
            var query = new AuditQuery
            {
                Since = random.Next(3) == 0 ? Time.AddSeconds(random.Next(Entries)) : null,
                Until = random.Next(3) == 0 ? Time.AddSeconds(random.Next(Entries)).AddTicks(1) : null,
                Account = random.Next(2) == 0 ? new[] { "anna", "aNNa", "BERND", "nobody", "ödön" }[random.Next(5)] : null,
                Operations = random.Next(2) == 0 ? [.. operations.Distinct().Take(random.Next(4))] : [],
            };
            var expected = all.Where(entry => IsWanted(entry, query)).Select(entry => entry.Number).ToList();
            var page = random.Next(1, 4) * 1200;
            Assert.Equal(expected, Paged(reader, query, page, descending: false));
            expected.Reverse();
            Assert.Equal(expected, Paged(reader, query, page, descending: true));
        }
    }

    private static bool IsWanted(AuditEntry entry, AuditQuery query) =>
        entry.Continues is null
        && !(entry.Time < query.Since) && !(entry.Time >= query.Until)
        && (query.Account is null || string.Equals(entry.Account, query.Account, StringComparison.OrdinalIgnoreCase))
        && (query.Operations.Count == 0 || query.Operations.Contains(entry.Operation));

    private static List<long> Paged(IStoreReader reader, AuditQuery query, int page, bool descending)
    {
        var plan = reader.PlanAuditEvents(query, CancellationToken.None);
        if (plan.Numbers is { } few)
        {
            Assert.Equal(few, Numbers(reader.ReadAuditEntries(few)));
            return [.. descending ? few.Reverse() : few];
        }

        var numbers = new List<long>();
        var (after, before) = (plan.After, plan.Before);
        while (reader.ReadAuditEvents(query, after, before, page, descending) is { Count: > 0 } entries)
        {
            Assert.InRange(entries.Count, 1, page);
            numbers.AddRange(Numbers(entries));
            (after, before) = descending ? (after, numbers[^1]) : (numbers[^1], before);
        }

        return numbers;
    }

    private static IEnumerable<long> Numbers(IEnumerable<AuditEntry> entries) => entries.Select(entry => entry.Number);
}

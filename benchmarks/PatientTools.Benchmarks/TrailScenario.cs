using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Benchmarks;

/// <summary>Writes, reads and checks a trail of small entries: one event in a hundred is Bob's, one in a thousand an export.</summary>
internal static class TrailScenario
{
    private const int Batch = 1000;
    private const int Rounds = 3;
    private static readonly DateTime Begin = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);

    public static int Run(BenchmarkArguments arguments)
    {
        ImportScenario.DeleteStore(arguments.TrailFile);
        using var session = PatientStoreSession.Create(new SqlitePatientStoreProvider(), arguments.TrailFile, new StoreOptions());
        PatientId[] ids = [.. Enumerable.Range(0, 1000).Select(_ => PatientId.New(DateTimeOffset.UtcNow))];
        session.AuditTrail().ReadHead();
        var entries = Entries(session, ids, arguments.Count);
        var written = Report.Time(() => Write(session, entries));
        Report.Row("append an entry, in a batch of 1,000", $"{written.TotalMicroseconds / arguments.Count:N1} µs");

        var trail = session.AuditTrail();
        var (middle, late) = (Begin.AddSeconds(arguments.Count / 20.0), Begin.AddSeconds(arguments.Count / 10.0 * 0.99));
        Read(trail, "all events", new AuditQuery());
        Read(trail, "events of the later half, by time", new AuditQuery { Since = middle });
        Read(trail, "events of the last hundredth, by time", new AuditQuery { Since = late });
        Read(trail, "events of an account, one in a hundred", new AuditQuery { Account = "BOB" });
        Read(trail, "events of an operation, one in a thousand", new AuditQuery { Operations = [StoreOperation.ExportPatients] });
        Read(trail, "events of a patient, one in a thousand", new AuditQuery { Patient = ids[1] });
        Read(trail, "the ten newest events of an account", new AuditQuery { Account = "bob", Newest = 10 });
        AuditTrailCheck? check = null;
        var times = Enumerable.Range(0, Rounds).Select(_ => Report.Time(() => check = trail.Check([]))).ToList();
        Report.Row("Test-PatientAuditTrail", $"{check!.Entries / times.Min().TotalSeconds:N0} entries/s ({check.Entries:N0} entries, {check.Result})");
        return check.IsValid ? 0 : 1;
    }

    private static List<AuditEntry> Entries(PatientStoreSession session, PatientId[] ids, long count)
    {
        var entries = new List<AuditEntry>();
        using var reader = session.Access.Session.Store.BeginRead();
        var last = reader.ReadLastAuditEntry();
        var content = AuditContent.Of(session.Access.Session.Entry) with { Command = "Get-Patient" };
        for (var i = 0; i < count; i++)
        {
            var operation = i % 1000 == 7 ? StoreOperation.ExportPatients : StoreOperation.ReadPatient;
            var draft = new AuditDraft(
                Begin.AddMilliseconds(i * 100L), null, i % 100 == 3 ? "Bob" : "Ada", operation, AuditOutcome.Succeeded, content, 1, ids[i % ids.Length].Value.ToByteArray(bigEndian: true));
            entries.Add(last = AuditChain.Link(session.Identity.StoreId, last, draft));
        }

        return entries;
    }

    private static void Write(PatientStoreSession session, List<AuditEntry> entries)
    {
        foreach (var batch in entries.Chunk(Batch))
        {
            using var writer = session.Access.Session.Store.BeginLog();
            Array.ForEach(batch, writer.AppendAuditEntry);
            writer.Commit();
        }
    }

    private static void Read(AuditTrail trail, string what, AuditQuery query)
    {
        var (first, all, count) = (TimeSpan.MaxValue, TimeSpan.MaxValue, 0);
        for (var i = 0; i < Rounds; i++)
        {
            var begun = Report.Time(() => count = trail.Read(query).Take(1).Count());
            var ended = Report.Time(() => count = trail.Read(query).Count());
            (first, all) = (begun < first ? begun : first, ended < all ? ended : all);
        }

        Report.Row(what, $"{all.TotalMilliseconds:N0} ms for {count:N0}, the first after {first.TotalMilliseconds:N1} ms");
    }
}

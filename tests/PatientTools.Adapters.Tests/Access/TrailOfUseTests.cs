using System.Text;
using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Auditing;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Filter;
using PatientTools.Storage;
using PatientTools.Validation;
using PatientTools.Validation.Runs;

namespace PatientTools.Adapters.Tests.Access;

/// <summary>What the trail tells of each kind of use: one event per call and operation, whom it concerned, and no word of their data.</summary>
public sealed class TrailOfUseTests : IDisposable
{
    private static readonly IPatientStoreProvider Provider = new SqlitePatientStoreProvider();
    private readonly string _folder = Directory.CreateTempSubdirectory("patienttools-").FullName;
    private readonly PatientStoreSession _session;
    private readonly List<PatientId> _ids;

    public TrailOfUseTests()
    {
        _session = PatientStoreSession.Create(Provider, Path.Combine(_folder, "s.ptstore"), new StoreOptions());
        var writes = Enumerable.Range(0, 5).Select(i => new AddPatient(Person(i), DrawMrn: false));
        _ids = [.. _session.Writer().Apply([.. writes]).Select(result => result.State!.Stamp.Id)];
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_search_is_one_event_with_its_shape_and_those_who_were_handed_out()
    {
        var found = Only(StoreOperation.SearchPatients, session =>
        {
            var answer = session.Search().Find(new PatientQuery { Where = PatientFilter.Parse("FamilyName -like 'Quax*'") }, new ResultWindow(0, null, true), Token);
            Assert.Equal(5, answer.Total);
            Assert.Equal(3, answer.Patients.Take(3).Count());
        });
        Assert.Equal(("FamilyName -like; 5 found", 3), (found.Details, found.PatientCount));
        Assert.Equal(_ids.Take(3), found.Patients);
        Assert.Equal("Test-Cmdlet", found.Command);
    }

    [Fact]
    public void A_search_that_reads_documents_tells_those_who_answer()
    {
        var found = Only(StoreOperation.SearchPatients, session => Assert.Single(session.Search().Find(new PatientQuery { Where = PatientFilter.Parse("Document.name.family -eq 'Quax2'") }, new ResultWindow(0, 1, false), Token).Patients));
        Assert.Equal("Document.… -eq", found.Details);
        Assert.Equal([_ids[2]], found.Patients);
    }

    [Fact]
    public void Whoever_closes_a_session_amid_its_answer_gets_nobody_more_than_the_trail_names()
    {
        var other = PatientStoreSession.Open(Provider, _session.Location, new StoreOptions());
        using var found = other.Search().Find(new PatientQuery(), ResultWindow.All, Token).Patients.GetEnumerator();
        Assert.True(found.MoveNext());
        other.Close();
        Assert.Equal("SessionClosed", Assert.Throws<PatientToolsException>(() => found.MoveNext()).ErrorId);
        Assert.Equal([_ids[0]], Events().Where(told => told.SessionId == other.SessionId).SelectMany(told => told.Patients));
    }

    [Fact]
    public void Counting_concerns_nobody_and_is_told()
    {
        var found = Only(StoreOperation.SearchPatients, session => session.Search().Count(new PatientQuery(), Token));
        Assert.Equal(("everybody; 5 found", 0), (found.Details, found.PatientCount));
    }

    [Fact]
    public void Reads_of_one_call_are_one_event_and_one_who_is_not_there_does_not_make_it_fail()
    {
        var found = Only(StoreOperation.ReadPatient, session =>
        {
            var lookup = new PatientLookup(session.Search(), includeRemoved: false);
            _ids.ForEach(id => lookup.ById(id));
            Assert.Throws<PatientToolsException>(() => lookup.ById(PatientId.New(DateTimeOffset.UtcNow)));
            Assert.Single(lookup.ByMrn("MRN-3-secret"));
        });
        Assert.Equal((AuditOutcome.Succeeded, "by Mrn"), (found.Outcome, found.Details));
        Assert.Equal([.. _ids, _ids[3]], found.Patients);
    }

    [Fact]
    public void A_call_that_found_nobody_failed()
    {
        var found = Only(StoreOperation.ReadPatient, session =>
            Assert.Throws<PatientToolsException>(() => new PatientLookup(session.Search(), false).ById(PatientId.New(DateTimeOffset.UtcNow))));
        Assert.Equal((AuditOutcome.Failed, "PatientNotFound", 0), (found.Outcome, found.ErrorId, found.PatientCount));
    }

    [Fact]
    public void Without_a_call_each_use_is_an_event_of_its_own()
    {
        var before = Events().Count;
        _session.Search().Get(_ids[0]);
        _session.Search().Get(_ids[1]);
        var added = Events().Skip(before).Where(found => found.Operation == StoreOperation.ReadPatient).ToList();
        Assert.Equal([_ids[0], _ids[1]], added.Select(found => Assert.Single(found.Patients)));
    }

    [Fact]
    public void Several_changes_of_one_transaction_make_an_event_for_each_operation()
    {
        var before = Events().Count;
        using (var call = _session.Begin(new CallerNote("Test-Cmdlet", null)))
        {
            call.Session.Writer().Apply([new RemovePatient(_ids[0], null), new RemovePatient(_ids[1], 99), new PurgePatient(_ids[2])], Token);
        }

        var added = Events().Skip(before).Where(found => found.Command == "Test-Cmdlet").ToList();
        Assert.Equal(["RemovePatient 1 refused", "PurgePatient "], added.Select(found => $"{found.Operation} {found.Details}"));
        Assert.All(added, found => Assert.Equal(AuditOutcome.Succeeded, found.Outcome));
        Assert.Equal([_ids[0], _ids[2]], added.SelectMany(found => found.Patients));
    }

    [Fact]
    public void A_change_that_is_refused_is_told_with_the_errors_id()
    {
        var found = Only(StoreOperation.ChangePatient, session => session.Writer().Apply([new ChangePatient(_ids[0], document => document, 99)], Token));
        Assert.Equal((AuditOutcome.Failed, "VersionConflict", "1 refused", 0), (found.Outcome, found.ErrorId, found.Details, found.PatientCount));
    }

    [Fact]
    public void A_batch_that_is_given_up_writes_neither_patients_nor_that_they_were_written()
    {
        using var stop = new CancellationTokenSource();
        var found = Only(StoreOperation.ChangePatient, session => Assert.Throws<OperationCanceledException>(() => session.Writer().Apply(
            [new ChangePatient(_ids[0], document => PatientDocumentEditor.Apply(document, new PatientFields { [PatientField.Gender] = "male" }), null), new ChangePatient(_ids[1], Stopping, null), new ChangePatient(_ids[2], Stopping, null)], stop.Token)));
        Assert.Equal((AuditOutcome.Stopped, 0), (found.Outcome, found.PatientCount));
        Assert.Equal(1, _session.Search().Get(_ids[0])!.Version);

        PatientDocument Stopping(PatientDocument document)
        {
            stop.Cancel();
            return document;
        }
    }

    [Fact]
    public void An_import_and_an_export_are_one_event_each()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 2500).Select(i => $$"""{"resourceType":"Patient","id":"src-{{i}}","name":[{"family":"Quax{{i}}"}]}"""));
        var imported = Only(StoreOperation.ImportPatients, session => Assert.Empty(new ImportRun(session, "secretsource").Take(PatientSources.FromText(lines, new ImportOptions { Format = ImportFormat.Ndjson }), null, Token)));
        Assert.Equal((2500, 2500), (imported.PatientCount, imported.Patients.Distinct().Count()));
        var again = Only(StoreOperation.ImportPatients, session => Assert.Empty(new ImportRun(session, "secretsource").Take(PatientSources.FromText(lines, new ImportOptions { Format = ImportFormat.Ndjson }), null, Token)));
        Assert.Equal((0, AuditOutcome.Succeeded), (again.PatientCount, again.Outcome));

        var before = Events().Count;
        using (var call = _session.Begin(new CallerNote("Test-Cmdlet", null)))
        using (var run = new ExportRun(call.Session, Path.Combine(_folder, "a.ndjson"), new ExportOptions(), true, false, Token))
        {
            foreach (var item in run.Read(new PatientQuery(), Token))
            {
                run.Add(item);
            }

            Assert.Equal(2505, run.Complete().Patients);
        }

        var exported = Assert.Single(Events().Skip(before), found => found.Command == "Test-Cmdlet");
        Assert.Equal((StoreOperation.ExportPatients, 2505, "Ndjson with record; everybody; 2505 found"), (exported.Operation, exported.PatientCount, exported.Details));
    }

    [Fact]
    public void A_check_over_the_store_is_a_search_and_a_check()
    {
        var before = Events().Count;
        using (var call = _session.Begin(new CallerNote("Test-Cmdlet", null)))
        using (var run = new ValidationRun(RuleSet.Choose(["EmptyValue"]), new ValidationOptions { Workers = 2 }))
        {
            Assert.Equal(5, run.Read(call.Session, call.Session.Search().Find(new PatientQuery(), ResultWindow.All, Token), Token).Count());
        }

        var added = Events().Skip(before).Where(found => found.Command == "Test-Cmdlet").ToList();
        Assert.Equal([(StoreOperation.SearchPatients, 0L), (StoreOperation.ValidatePatients, 5L)], added.Select(found => (found.Operation, found.PatientCount)));
        Assert.Equal(_ids, added[1].Patients);
    }

    [Fact]
    public void A_setting_is_told_with_its_value()
    {
        Assert.Equal("MrnDigits = 9", Only(StoreOperation.ChangeSetting, session => session.Settings().Write("mrndigits", "9")).Details);
        Assert.Equal("MrnDigits = 8 (the default)", Only(StoreOperation.ChangeSetting, session => session.Settings().Write("MrnDigits", null)).Details);
        var wrong = Only(StoreOperation.ChangeSetting, session => Assert.Throws<PatientToolsException>(() => session.Settings().Write("MrnDigits", "Quax")));
        Assert.Equal((AuditOutcome.Failed, "InvalidSetting", null), (wrong.Outcome, wrong.ErrorId, wrong.Details));
    }

    [Fact]
    public void The_status_page_is_one_event()
    {
        var found = Only(StoreOperation.ReadStatus, session =>
        {
            var status = PatientStoreStatus.Read(session);
            Assert.Equal((false, 0, true, session.SessionId), (status.IsProtected, status.Accounts, status.IsAudited, status.SessionId));
        });
        Assert.Equal(AuditOutcome.Succeeded, found.Outcome);
    }

    [Fact]
    public void A_salvage_begins_the_new_trail_and_tells_whom_it_brought()
    {
        _session.Dispose();
        var report = StoreSalvage.Run(Provider, _session.Location, Path.Combine(_folder, "new.ptstore"), new CallerNote("Repair-PatientStore", "broken"), Token);
        Assert.Contains("audit trail", report.Warning, StringComparison.Ordinal);
        using var salvaged = PatientStoreSession.Open(Provider, report.Location, new StoreOptions());
        var first = salvaged.AuditTrail().Read(new AuditQuery(), Token).First();
        Assert.Equal((1, StoreOperation.SalvageStore, AuditOutcome.Succeeded, 5, "broken"), (first.Number, first.Operation, first.Outcome, first.PatientCount, first.Reason));
        Assert.StartsWith($"from store {_session.Identity.StoreId}", first.Details, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_anybody_stands_in_the_trail_after_all_of_it()
    {
        A_search_is_one_event_with_its_shape_and_those_who_were_handed_out();
        A_search_that_reads_documents_tells_those_who_answer();
        Reads_of_one_call_are_one_event_and_one_who_is_not_there_does_not_make_it_fail();
        A_change_that_is_refused_is_told_with_the_errors_id();
        A_check_over_the_store_is_a_search_and_a_check();
        An_import_and_an_export_are_one_event_each();
        _session.Search().CommonValues(SearchProperties.Find("FamilyName")!, "Qua", 5, Token);
        _session.Search().Page(new PatientQueryBuilder { FamilyName = "Quax", Kvnr = "A123456780" }.Build(), 2, 1, Token);
        Assert.Throws<PatientToolsException>(() => new PatientLookup(_session.Search(), false).ByKvnr("Z999999999"));
        _session.Close();

        using var store = Provider.Open(_session.Location, new StoreOptions { ReadOnly = true });
        using var reader = store.BeginRead();
        var text = new StringBuilder();
        for (long after = 0; reader.ReadAuditEntries(after, 500) is { Count: > 0 } entries; after = entries[^1].Number)
        {
            foreach (var entry in entries)
            {
                text.Append(Encoding.UTF8.GetString(entry.Content.Span)).Append(Encoding.Latin1.GetString(entry.Patients.Span)).Append(entry.Account);
            }
        }

        Assert.Contains("FamilyName", text.ToString(), StringComparison.Ordinal);
        Assert.All(["Quax", "quax", "MRN-", "A123456780", "Z999999999", "src-", "secretsource", "1951", "Geheimstadt", ".ndjson"], word => Assert.DoesNotContain(word, text.ToString(), StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static PatientDocument Person(int number) => PatientDocument.Parse($$"""
        {"resourceType":"Patient","identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"system":"urn:h","value":"MRN-{{number}}-secret"},
        {"system":"http://fhir.de/sid/gkv/kvid-10","value":"A123456780"}],"name":[{"family":"Quax{{number}}"}],"birthDate":"1951-03-04","address":[{"city":"Geheimstadt"}]}
        """);

    /// <summary>The one event of a call.</summary>
    private AuditEvent Only(StoreOperation operation, Action<PatientStoreSession> use)
    {
        var before = Events().Count;
        using (var call = _session.Begin(new CallerNote("Test-Cmdlet", null)))
        {
            use(call.Session);
        }

        var found = Assert.Single(Events().Skip(before), found => found.Command == "Test-Cmdlet");
        Assert.Equal(operation, found.Operation);
        return found;
    }

    private List<AuditEvent> Events() => [.. _session.AuditTrail().Read(new AuditQuery(), Token)];
}

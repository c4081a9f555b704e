using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Interchange;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Storage;

/// <summary>Who is who: the rules of record numbers and of what a second import finds again.</summary>
public sealed class IdentityTests : IDisposable
{
    private static readonly IPatientStoreProvider Provider = new SqlitePatientStoreProvider();
    private readonly string _folder = Directory.CreateTempSubdirectory("patienttools-").FullName;
    private readonly PatientStoreSession _session;

    public IdentityTests() => _session = PatientStoreSession.Create(Provider, Path.Combine(_folder, "a.ptstore"), new StoreOptions());

    [Fact]
    public void A_record_number_given_by_hand_is_held_against_those_the_store_draws()
    {
        var drawn = Add("""{"resourceType":"Patient","name":[{"family":"Erste"}]}""").Document.Properties.MrnIdentifier!;
        var byHand = PatientDocumentEditor.Create(new PatientFields { [PatientField.FamilyName] = "Zweite", [PatientField.Mrn] = drawn.Value });
        var error = Assert.Throws<ConflictException>(() => _session.Writer().Apply(new AddPatient(byHand, DrawMrn: true)));
        Assert.Equal("MrnInUse", error.ErrorId);

        var other = Add("""{"resourceType":"Patient","name":[{"family":"Dritte"}]}""");
        var change = new ChangePatient(other.Stamp.Id, document => PatientDocumentEditor.Apply(document, new PatientFields { [PatientField.Mrn] = drawn.Value, [PatientField.MrnSystem] = null }), null);
        Assert.Equal("MrnInUse", Assert.Throws<ConflictException>(() => _session.Writer().Apply(change)).ErrorId);
    }

    [Fact]
    public void An_imported_record_number_without_a_system_stays_as_it_came_when_something_else_changes()
    {
        var json = """{"resourceType":"Patient","id":"a","identifier":[{"type":{"coding":[{"code":"MR"}]},"value":"7"}],"gender":"male"}""";
        var imported = Import(json).State!;
        var changed = _session.Writer().Apply(new ChangePatient(imported.Stamp.Id, document => PatientDocumentEditor.Apply(document, new PatientFields { [PatientField.Gender] = "female" }), 1));
        Assert.Equal(json.Replace("male", "female", StringComparison.Ordinal), changed.State!.Document.ToString());
    }

    [Theory]
    [InlineData("""{"resourceType":"Patient","id":"a","birthDate":"1950-01-01","name":[{"family":"Amsel","given":["Anna"]}]}""", WriteOutcome.Unchanged)]
    [InlineData("""{"resourceType":"Patient","id":"a","birthDate":"1950-01-01","name":[{"family":"Meise","given":["Berta"]}]}""", WriteOutcome.Changed)]
    [InlineData("""{"resourceType":"Patient","id":"a","birthDate":"1950-10-01","name":[{"family":"Meise","given":["Anna"]}]}""", WriteOutcome.Changed)]
    [InlineData("""{"resourceType":"Patient","id":"a","name":[{"family":"Meise"}]}""", WriteOutcome.Changed)]
    [InlineData("""{"resourceType":"Patient","id":"a","birthDate":"1971-05-05","name":[{"family":"Meise","given":["Berta"]}]}""", WriteOutcome.Refused)]
    public void The_same_id_with_neither_name_nor_birth_date_in_common_is_somebody_else(string second, WriteOutcome expected)
    {
        Import("""{"resourceType":"Patient","id":"a","birthDate":"1950-01-01","name":[{"family":"Amsel","given":["Anna"]}]}""");
        var result = Import(second);
        Assert.Equal(expected, result.Outcome);
        Assert.Equal(expected == WriteOutcome.Refused ? "IdentityConflict" : null, result.Error?.ErrorId);
    }

    [Fact]
    public void A_salvage_keeps_everybody_when_a_record_number_has_changed_hands()
    {
        var first = Add("""{"resourceType":"Patient","name":[{"family":"Erste"}]}""");
        var number = first.Document.Properties.Mrn!;
        SetMrn(first.Stamp.Id, "old-holder");
        var second = Add("""{"resourceType":"Patient","name":[{"family":"Zweite"}]}""");
        SetMrn(second.Stamp.Id, number);
        var path = _session.Location;
        _session.Dispose();

        var report = StoreSalvage.Run(Provider, path, Path.Combine(_folder, "b.ptstore"), CallerNote.None, default);

        Assert.Equal((2, 2), (report.Patients, report.Versions));
        Assert.Empty(report.Losses);
        using var salvaged = PatientStoreSession.Open(Provider, report.Location, new StoreOptions());
        Assert.Equal(second.Stamp.Id, Assert.Single(salvaged.Search().Find(PatientQueryBuilder.ForMrn(number), ResultWindow.All).Patients).Id);
        Assert.True(salvaged.Maintenance().Check(full: true, default).IsValid);
    }

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private PatientState Add(string json) => _session.Writer().Apply(new AddPatient(PatientDocument.Parse(json), DrawMrn: true)).State!;

    private PatientWriteResult Import(string json) =>
        _session.Writer().Apply([new ImportPatient(new PatientItem(new SourcePlace("test"), PatientDocument.Parse(json), null, [], "a"), "test")])[0];

    private void SetMrn(PatientId id, string mrn) =>
        _session.Writer().Apply(new ChangePatient(id, document => PatientDocumentEditor.Apply(document, new PatientFields { [PatientField.Mrn] = mrn }), null));
}

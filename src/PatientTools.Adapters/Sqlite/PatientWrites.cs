using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Sqlite;

/// <summary>Writes rows of patients and their old versions.</summary>
internal sealed class PatientWrites(StoreConnection connection)
{
    private static readonly StatementText InsertText = new(
        """
        INSERT INTO patient(key, id, version, sequence, created, modified, removed, source, source_id, mrn, family_name,
            given_name, title, birth_date, birth_from, birth_to, gender, kvnr, street, postal_code, city, country, phone,
            email, deceased, deceased_date, active, legacy, document)
        VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
            ?24, ?25, ?26, ?27, ?28, ?29)
        """);

    private static readonly StatementText KeepText = new(
        """
        INSERT INTO patient_version(patient, version, sequence, modified, removed, legacy, document)
        SELECT key, version, sequence, modified, removed, legacy, document FROM patient WHERE key = ?1
        """);

    private static readonly StatementText InsertVersionText = new(
        "INSERT INTO patient_version(patient, version, sequence, modified, removed, legacy, document) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");

    private static readonly StatementText UpdateText = new(
        """
        UPDATE patient SET version = ?3, sequence = ?4, modified = ?6, removed = ?7, mrn = ?10, family_name = ?11,
            given_name = ?12, title = ?13, birth_date = ?14, birth_from = ?15, birth_to = ?16, gender = ?17, kvnr = ?18,
            street = ?19, postal_code = ?20, city = ?21, country = ?22, phone = ?23, email = ?24, deceased = ?25,
            deceased_date = ?26, active = ?27, legacy = ?28, document = ?29
        WHERE key = ?1
        """);

    private static readonly StatementText IdText = new("SELECT id FROM patient WHERE key = ?1");
    private static readonly StatementText EraseVersions = new("DELETE FROM patient_version WHERE patient = ?1");
    private static readonly StatementText ErasePatient = new("DELETE FROM patient WHERE key = ?1");

    /// <summary>Writes a new patient.</summary>
    /// <returns>False when its source and id belong to another patient; then nothing was written.</returns>
    public bool TryInsert(long key, PatientState state)
    {
        using var statement = connection.Rent(InsertText);
        Bind(statement, key, state).Bind(2, state.Stamp.Id.Value).Bind(5, StoredTime.Encode(state.Stamp.Created))
            .Bind(8, state.Stamp.Source).Bind(9, state.Stamp.SourceId);
        try
        {
            statement.Run();
        }
        catch (PatientToolsException e) when (state.Stamp.SourceId is not null && StoreErrors.IsUniqueViolation(e))
        {
            EraseContent(key);
            return false;
        }

        return true;
    }

    /// <summary>Writes an older state of a patient that is there.</summary>
    public void InsertVersion(PatientState state)
    {
        var stamp = state.Stamp;
        using var statement = connection.Rent(InsertVersionText);
        statement.Bind(1, stamp.Key).Bind(2, stamp.Version).Bind(3, stamp.Sequence).Bind(4, StoredTime.Encode(stamp.Modified)).Bind(5, stamp.IsRemoved);
        BindContent(statement, 6, stamp.Key, state).Run();
    }

    /// <summary>Keeps the present state as an old version and puts the next one in its place.</summary>
    public void Update(PatientState state)
    {
        using (var keep = connection.Rent(KeepText))
        {
            keep.Bind(1, state.Stamp.Key).Run();
        }

        using var statement = connection.Rent(UpdateText);
        Bind(statement, state.Stamp.Key, state).Run();
    }

    /// <summary>Erases the patient with its versions.</summary>
    public void Erase(long key)
    {
        EraseContent(key);
        Run(EraseVersions, key);
        Run(ErasePatient, key);
    }

    /// <summary>The id of a patient, for messages.</summary>
    public PatientId IdOf(long key)
    {
        using var statement = connection.Rent(IdText);
        return statement.Bind(1, key).Step() ? new PatientId(statement.Guid(0)) : default;
    }

    private void EraseContent(long key)
    {
        StoredContent.Erase(connection, ContentOwner.Document, key);
        StoredContent.Erase(connection, ContentOwner.Legacy, key);
    }

    private void Run(StatementText text, long key)
    {
        using var statement = connection.Rent(text);
        statement.Bind(1, key).Run();
    }

    /// <summary>Binds what changes from version to version.</summary>
    private Statement Bind(Statement statement, long key, PatientState state)
    {
        var stamp = state.Stamp;
        var properties = state.Document.Properties;
        var address = properties.Address;
        statement.Bind(1, key).Bind(3, stamp.Version).Bind(4, stamp.Sequence).Bind(6, StoredTime.Encode(stamp.Modified)).Bind(7, stamp.IsRemoved)
            .Bind(10, properties.Mrn)
            .Bind(11, properties.FamilyName).Bind(12, properties.GivenName).Bind(13, properties.Title)
            .Bind(14, PatientRows.Encode(properties.BirthDate))
            .Bind(15, (long?)properties.BirthDate?.First.DayNumber).Bind(16, (long?)properties.BirthDate?.Last.DayNumber)
            .Bind(17, properties.Gender).Bind(18, properties.Kvnr).Bind(19, properties.Street)
            .Bind(20, address?.PostalCode).Bind(21, address?.City).Bind(22, address?.Country)
            .Bind(23, properties.Phone).Bind(24, properties.Email)
            .Bind(25, properties.Deceased).Bind(26, PatientRows.Encode(properties.DeceasedDate))
            .Bind(27, properties.Active is { } active ? (active ? 1L : 0L) : null);
        return BindContent(statement, 28, key, state);
    }

    /// <summary>Binds the legacy members, and the document behind them.</summary>
    private Statement BindContent(Statement statement, int index, long key, PatientState state)
    {
        var version = state.Stamp.Version;
        if (state.Legacy is { IsEmpty: false } legacy)
        {
            statement.BindBlob(index, StoredContent.Write(connection, ContentOwner.Legacy, key, version, legacy.Span));
        }

        return statement.BindBlob(index + 1, StoredContent.Write(connection, ContentOwner.Document, key, version, state.Document.Utf8.Span));
    }
}

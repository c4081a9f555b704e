using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Patients;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Sqlite;

/// <summary>Accounts, sessions and entries of the trail for tests.</summary>
internal static class AccessSamples
{
    public static readonly DateTime Time = new(2026, 3, 4, 5, 6, 7, 890, DateTimeKind.Utc);

    public static AccountState Account(string name, StoreRole role = StoreRole.Editor) => new(
        Guid.NewGuid(), name, name.ToUpperInvariant(), role, false, "bcrypt:$2a$04$x", Time, Time.AddDays(1), Time.AddHours(1), 0, null, null);

    public static SessionEntry Session(AccountState? account = null, DateTime? opened = null) => new(
        Guid.NewGuid(), account?.Id, account?.Name, account?.Role, "müller", "PRAXIS-1", 4711, Time.AddDays(-2), opened ?? Time, Time.AddMinutes(3), IsReadOnly: true);

    public static AuditEntry Entry(
        long number,
        StoreOperation operation = StoreOperation.ReadPatient,
        string? account = "anna",
        DateTime? time = null,
        long? continues = null,
        AuditOutcome outcome = AuditOutcome.Succeeded,
        params PatientId[] patients) => new(
        number, time ?? Time.AddSeconds(number), continues, account, operation, outcome, """{"command":"Get-Patient"}"""u8.ToArray(), patients.Length, Bytes(patients), new byte[32], Hash(number));

    public static byte[] Hash(long number)
    {
        var hash = new byte[32];
        BitConverter.TryWriteBytes(hash, number);
        hash[31] = 1;
        return hash;
    }

    public static byte[] Bytes(params PatientId[] patients) => [.. patients.SelectMany(id => id.Value.ToByteArray(bigEndian: true))];

    public static PatientId NewId() => PatientId.New(DateTimeOffset.UtcNow);

    public static void Append(this IPatientStore store, params IEnumerable<AuditEntry> entries) => store.Write(writer =>
    {
        foreach (var entry in entries)
        {
            writer.AppendAuditEntry(entry);
        }

        return true;
    });

    /// <summary>Fills every table of accounts and the trail, with entries from small to many pages long.</summary>
    public static void FillAccess(IPatientStore store, int count) => store.Write(writer =>
    {
        for (var i = 1; i <= count; i++)
        {
            var account = Account($"account{i}");
            writer.WriteAccount(account);
            writer.WriteSession(Session(account));
            writer.PurgePatient(0, new PurgeMark(NewId(), i, Time));
            writer.WritePlace(new StorePlace(StorePlaceKind.Backups, $"/backups/{i}", Guid.NewGuid(), i, Time));
            writer.AppendAuditEntry(Entry(i, continues: i > 1 && i % 3 == 0 ? i - 1 : null, patients: [.. Enumerable.Range(0, i % 50 == 0 ? 1000 : i % 4).Select(_ => NewId())]));
        }

        return true;
    });

    public static void AssertSame(AuditEntry expected, AuditEntry? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(
            (expected.Number, expected.Time, expected.Continues, expected.Account, expected.Operation, expected.Outcome, expected.Count),
            (actual.Number, actual.Time, actual.Continues, actual.Account, actual.Operation, actual.Outcome, actual.Count));
        Assert.Equal(DateTimeKind.Utc, actual.Time.Kind);
        Assert.Equal(expected.Content.ToArray(), actual.Content.ToArray());
        Assert.Equal(expected.Patients.ToArray(), actual.Patients.ToArray());
        Assert.Equal(expected.Previous.ToArray(), actual.Previous.ToArray());
        Assert.Equal(expected.Hash.ToArray(), actual.Hash.ToArray());
    }
}

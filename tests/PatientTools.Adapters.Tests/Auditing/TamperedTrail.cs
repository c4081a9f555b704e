using PatientTools.Accounts;
using PatientTools.Adapters.Sqlite;
using PatientTools.Adapters.Sqlite.Engine;
using PatientTools.Adapters.Tests.Sqlite;
using PatientTools.Auditing;
using PatientTools.Storage;

namespace PatientTools.Adapters.Tests.Auditing;

/// <summary>
/// A trail of 22 entries: the session's own two, and twenty of Ada and Bob, of which 11 and 12 continue 10, and 15 continues 14.
/// </summary>
public sealed class TamperedTrail : IDisposable
{
    public const int Entries = 22;
    private readonly TemporaryStore _place = new();
    private readonly PatientStoreSession _session;

    public TamperedTrail()
    {
        _session = PatientStoreSession.Open(new SqlitePatientStoreProvider(), _place.Path, new StoreOptions());
        Assert.Equal(2, _session.AuditTrail().ReadHead().Number);
        _place.Store.Write(writer =>
        {
            for (var number = 3; number <= Entries; number++)
            {
                AuditChain.Append(writer, StoreId, Draft(number));
            }

            return 0;
        });
    }

    public Guid StoreId => _place.Store.Identity.StoreId;

    internal IPatientStore Store => _place.Store;

    public IReadOnlyList<AuditEntry> Read() => _place.Store.Read(reader => reader.ReadAuditEntries(0, 1000));

    public AuditHead Head(long number)
    {
        var entry = Read().Single(one => one.Number == number);
        return new AuditHead(StoreId, number, entry.Time, Convert.ToHexStringLower(entry.Hash.Span));
    }

    /// <summary>What somebody does who has the file.</summary>
    public void Execute(string sql)
    {
        using var connection = StoreConnection.Open(_place.Path, ConnectionUse.Write, TimeSpan.FromSeconds(5));
        connection.Execute(sql);
    }

    /// <summary>Changes an entry, and writes it and, where wanted, all behind it anew, each with the right hash.</summary>
    public void WriteAnew(long number, Func<AuditEntry, AuditEntry> change, bool all = true)
    {
        var entries = Read().Where(entry => entry.Number >= number).Take(all ? int.MaxValue : 1).ToList();
        Execute(FormattableString.Invariant($"DELETE FROM audit_event WHERE number >= {number} AND number <= {entries[^1].Number}"));
        _place.Store.Write(writer =>
        {
            ReadOnlyMemory<byte>? previous = null;
            foreach (var entry in entries)
            {
                var changed = (entry.Number == number ? change(entry) : entry) with { Previous = previous ?? entry.Previous };
                changed = changed with { Hash = AuditChain.HashOf(changed) };
                writer.AppendAuditEntry(changed);
                previous = changed.Hash;
            }

            return 0;
        });
    }

    public AuditTrailCheck Check(params AuditHead[] heads) => _session.AuditTrail().Check(heads);

    public void Dispose()
    {
        _session.Dispose();
        _place.Dispose();
    }

    private static AuditDraft Draft(int number)
    {
        long? continues = number switch { 11 or 12 => 10, 15 => 14, _ => null };
        var ids = new byte[number % 4 * 16];
        Array.Fill(ids, (byte)number);
        return new AuditDraft(
            new DateTime(2026, 3, 1, 8, 0, number, DateTimeKind.Utc),
            continues,
            number % 2 == 0 ? "Ada" : "Bob",
            StoreOperation.ReadPatient,
            AuditOutcome.Succeeded,
            new AuditContent { Command = "Get-Patient", Machine = "desk" },
            ids.Length / 16,
            ids);
    }
}

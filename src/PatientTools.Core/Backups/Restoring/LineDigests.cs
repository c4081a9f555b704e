using System.Buffers;
using PatientTools.Auditing;
using PatientTools.Interchange;
using PatientTools.Storage;

namespace PatientTools.Backups.Restoring;

/// <summary>The digests of what a store holds, from its rows written as lines.</summary>
internal static class LineDigests
{
    private const int RowsAtOnce = 512;
    private const long BytesAtOnce = 1 << 20;
    private const long MostUnderWay = 32 << 20;
    private const int EntriesAtOnce = 5000;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _line;

    /// <summary>The digest of a mark's line.</summary>
    public static BackupDigest Of(PurgeMark mark) => Of(mark, BackupLines.Write).Digest;

    /// <summary>Reads a store.</summary>
    /// <param name="reader">Of a snapshot of it.</param>
    /// <param name="progress">Told how many bytes the lines have had so far.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The digests.</returns>
    public static BackupDigests Of(IStoreReader reader, Action<long>? progress, CancellationToken cancellation)
    {
        var digests = new BackupDigests();
        var bytes = 0L;
        Add(BackupMemberKind.Settings, reader.ReadSettings(), BackupLines.Write, _ => 0);
        Add(BackupMemberKind.Accounts, reader.ReadAccounts(), BackupLines.Write, _ => 0);
        Add(BackupMemberKind.Purges, reader.ReadPurgesSince(0), BackupLines.Write, _ => 0);
        Add(BackupMemberKind.Patients, reader.ReadPatientsSince(0), BackupLines.Write, SizeOf);
        Add(BackupMemberKind.PatientVersions, reader.ReadPatientVersionsSince(0), BackupLines.Write, SizeOf);
        Add(BackupMemberKind.Records, reader.ReadRecordsSince(0), BackupLines.Write, state => state.Json.Length);
        Add(BackupMemberKind.RecordVersions, reader.ReadRecordVersionsSince(0), BackupLines.Write, state => state.Json.Length);
        Add(BackupMemberKind.AuditEvents, Trail(reader), BackupLines.Write, entry => entry.Patients.Length);
        return digests;

        void Add<T>(BackupMemberKind kind, IEnumerable<T> rows, Action<T, IBufferWriter<byte>> write, Func<T, long> size)
        {
            foreach (var (digest, length) in OrderedParallel.Select(
                InBatches(rows, size), batch => Of(batch.Rows, write), batch => batch.Bytes, MostUnderWay, Environment.ProcessorCount, cancellation))
            {
                digests.Add(kind, digest);
                progress?.Invoke(bytes += length);
            }
        }
    }

    private static long SizeOf(PatientState state) => state.Document.Utf8.Length + state.Legacy.GetValueOrDefault().Length;

    private static (BackupDigest Digest, long Bytes) Of<T>(List<T> rows, Action<T, IBufferWriter<byte>> write)
    {
        var digest = default(BackupDigest);
        var bytes = 0L;
        foreach (var row in rows)
        {
            var (one, length) = Of(row, write);
            digest += one;
            bytes += length;
        }

        return (digest, bytes);
    }

    private static (BackupDigest Digest, long Bytes) Of<T>(T row, Action<T, IBufferWriter<byte>> write)
    {
        var line = _line ??= new ArrayBufferWriter<byte>(4096);
        line.ResetWrittenCount();
        write(row, line);
        var digest = (BackupDigest.Of(line.WrittenSpan), (long)line.WrittenCount);
        if (line.Capacity > BytesAtOnce)
        {
            _line = null;
        }

        return digest;
    }

    private static IEnumerable<(List<T> Rows, long Bytes)> InBatches<T>(IEnumerable<T> rows, Func<T, long> size)
    {
        var batch = new List<T>();
        var bytes = 0L;
        foreach (var row in rows)
        {
            batch.Add(row);
            bytes += size(row);
            if (batch.Count >= RowsAtOnce || bytes >= BytesAtOnce)
            {
                yield return (batch, bytes);
                (batch, bytes) = ([], 0);
            }
        }

        yield return (batch, bytes);
    }

    private static IEnumerable<AuditEntry> Trail(IStoreReader reader)
    {
        var after = 0L;
        while (reader.ReadAuditEntries(after, EntriesAtOnce) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                yield return entry;
            }

            after = entries[^1].Number;
        }
    }
}

using System.Buffers;
using PatientTools.Storage;

namespace PatientTools.Backups;

/// <summary>What a snapshot has that is not in the backups before it, in the order in which it stands in the archive.</summary>
/// <param name="reader">The snapshot.</param>
/// <param name="header">What the backup is.</param>
/// <param name="lastAuditEntry">The number of the last entry of the audit trail that is in the backups before it.</param>
/// <param name="progress">Told how many patients and entries of records are done, and of how many.</param>
/// <param name="cancellation">Stops.</param>
internal sealed class BackupStates(IStoreReader reader, BackupHeader header, long lastAuditEntry, Action<long, long>? progress, CancellationToken cancellation)
{
    private const int ProgressStep = 1000;
    private const int AuditBatch = 500;
    private readonly long _after = header.FirstSequence - 1;
    private long _done;
    private long _most;

    /// <summary>What the store holds.</summary>
    public StoreTotals Totals { get; } = reader.ReadTotals();

    /// <summary>Hands all to a writer.</summary>
    /// <param name="writer">The writer.</param>
    public void Write(BackupWriter writer)
    {
        // Every state has a sequence of its own, so that there are not more of them than numbers that were drawn.
        _most = Math.Min(Totals.Patients + Totals.RemovedPatients + Totals.Records, header.LastSequence - _after);
        foreach (var setting in reader.ReadSettings().OrderBy(setting => setting.Key, StringComparer.Ordinal))
        {
            writer.Add(BackupMemberKind.Settings, setting, BackupLines.Write);
        }

        foreach (var account in reader.ReadAccounts())
        {
            writer.Add(BackupMemberKind.Accounts, account, BackupLines.Write);
        }

        foreach (var mark in reader.ReadPurgesSince(_after))
        {
            writer.Add(BackupMemberKind.Purges, mark, BackupLines.Write);
        }

        Write(writer, BackupMemberKind.Patients, Counted(reader.ReadPatientsSince(_after)), BackupLines.Write);
        Write(writer, BackupMemberKind.PatientVersions, reader.ReadPatientVersionsSince(_after), BackupLines.Write);
        Write(writer, BackupMemberKind.Records, Counted(reader.ReadRecordsSince(_after)), BackupLines.Write);
        Write(writer, BackupMemberKind.RecordVersions, reader.ReadRecordVersionsSince(_after), BackupLines.Write);
        WriteAuditTrail(writer);
        progress?.Invoke(_done, _done);
    }

    private void Write<T>(BackupWriter writer, BackupMemberKind kind, IEnumerable<T> states, Action<T, IBufferWriter<byte>> write)
    {
        foreach (var state in states)
        {
            cancellation.ThrowIfCancellationRequested();
            writer.Add(kind, state, write);
        }
    }

    private IEnumerable<T> Counted<T>(IEnumerable<T> states)
    {
        foreach (var state in states)
        {
            yield return state;
            if (++_done % ProgressStep == 0)
            {
                progress?.Invoke(_done, Math.Max(_done, _most));
            }
        }
    }

    private void WriteAuditTrail(BackupWriter writer)
    {
        var after = lastAuditEntry;
        while (reader.ReadAuditEntries(after, AuditBatch) is { Count: > 0 } batch)
        {
            Write(writer, BackupMemberKind.AuditEvents, batch, BackupLines.Write);
            after = batch[^1].Number;
        }
    }
}

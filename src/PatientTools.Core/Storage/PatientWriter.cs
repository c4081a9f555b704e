using PatientTools.Accounts;

namespace PatientTools.Storage;

/// <summary>Writes patients: the only way to change them, so that no caller goes round version, search entries and sequence.</summary>
public sealed class PatientWriter
{
    private readonly StoreAccess _access;

    internal PatientWriter(StoreAccess access) => _access = access;

    /// <summary>Applies one change.</summary>
    /// <param name="write">The change.</param>
    /// <returns>What became of it; durable.</returns>
    /// <exception cref="PatientToolsException">The change was refused, or the store cannot be written.</exception>
    [Requires(StoreOperation.AddPatient, StoreOperation.ChangePatient, StoreOperation.RemovePatient, StoreOperation.RestorePatient, StoreOperation.PurgePatient, StoreOperation.ImportPatients)]
    public PatientWriteResult Apply(PatientWrite write)
    {
        var result = Apply([write])[0];
        return result.Error is null ? result : throw result.Error;
    }

    /// <summary>Applies changes in one transaction: each wholly or not at all, a refused one without harm to the others.</summary>
    /// <param name="writes">The changes, in order.</param>
    /// <param name="cancellation">Gives up before the commit; then nothing was written.</param>
    /// <returns>What became of each, in order; durable.</returns>
    /// <exception cref="PatientToolsException">The store cannot be written; then nothing was.</exception>
    [Requires(StoreOperation.AddPatient, StoreOperation.ChangePatient, StoreOperation.RemovePatient, StoreOperation.RestorePatient, StoreOperation.PurgePatient, StoreOperation.ImportPatients)]
    public IReadOnlyList<PatientWriteResult> Apply(IReadOnlyList<PatientWrite> writes, CancellationToken cancellation = default) =>
        Apply(writes, stopAtRefusal: false, cancellation);

    /// <inheritdoc cref="Apply(IReadOnlyList{PatientWrite}, CancellationToken)"/>
    /// <param name="writes">The changes, in order.</param>
    /// <param name="stopAtRefusal">Whether the changes behind a refused one are left out; the results then end with it.</param>
    /// <param name="cancellation">Gives up before the commit; then nothing was written.</param>
    [Requires(StoreOperation.AddPatient, StoreOperation.ChangePatient, StoreOperation.RemovePatient, StoreOperation.RestorePatient, StoreOperation.PurgePatient, StoreOperation.ImportPatients)]
    public IReadOnlyList<PatientWriteResult> Apply(IReadOnlyList<PatientWrite> writes, bool stopAtRefusal, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(writes);
        var results = new List<PatientWriteResult>(writes.Count);
        Apply(writes, [.. writes.Select(PatientWrite.OperationOf).Distinct()], Take, cancellation);
        return results;

        bool Take(PatientWriteResult result)
        {
            results.Add(result);
            return !stopAtRefusal || result.Error is null;
        }
    }

    /// <summary>Applies changes in one transaction as they are made, so that a large batch need not be held.</summary>
    /// <param name="writes">The changes; enumerated while the transaction is open, so they must not wait for a pipeline.</param>
    /// <param name="operations">What they are.</param>
    /// <param name="take">Told what became of each, which holds only once this method has returned; false leaves the rest out.</param>
    /// <param name="cancellation">Gives up before the commit; then nothing was written.</param>
    /// <exception cref="PatientToolsException">The store cannot be written; then nothing was. The role does not permit one of the operations.</exception>
    internal void Apply(IEnumerable<PatientWrite> writes, IReadOnlyList<StoreOperation> operations, Func<PatientWriteResult, bool> take, CancellationToken cancellation)
    {
        if (operations.Count == 0)
        {
            return;
        }

        using var uses = new PatientWriteUses(_access, operations);
        uses.Do(() =>
        {
            using var writer = uses.BeginWrite();
            var transaction = new PatientTransaction(writer, new StoreSettings(_access.Session.Store.Identity).ReadFrom(writer), Now());
            foreach (var write in writes)
            {
                cancellation.ThrowIfCancellationRequested();
                var result = ApplyItem(writer, transaction, write);
                uses.Count(result);
                if (!take(result))
                {
                    break;
                }
            }

            uses.Commit(writer);
        });
        uses.TellUnchanged();
    }

    /// <summary>Makes sure that no byte of the store still holds what purges erased; once after the last of them.</summary>
    /// <exception cref="PatientToolsException"><c>StoreBusy</c> when another process keeps the log in use.</exception>
    [Requires(StoreOperation.PurgePatient)]
    public void Scrub() => _access.Run(StoreOperation.PurgePatient, use => use.OnStore(store =>
    {
        store.Scrub();
        return true;
    }));

    private static PatientWriteResult ApplyItem(IStoreWriter writer, PatientTransaction transaction, PatientWrite write)
    {
        PatientWriteResult? result = null;
        try
        {
            writer.RunItem(() => result = transaction.Apply(write));
        }
        catch (PatientToolsException e) when (!ConcernsStore(e))
        {
            return new PatientWriteResult(write, WriteOutcome.Refused, null, e);
        }

        return result!;
    }

    /// <summary>What is wrong with the store is wrong for every item: the whole batch has to stop.</summary>
    private static bool ConcernsStore(PatientToolsException e) =>
        e.Kind is ErrorKind.Busy or ErrorKind.Full or ErrorKind.Unavailable or ErrorKind.Damaged;

    /// <summary>Times are kept to the millisecond, so that what is returned equals what is read back.</summary>
    private DateTime Now()
    {
        var now = _access.Session.Options.Time.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}

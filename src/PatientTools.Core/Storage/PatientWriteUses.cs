using System.Globalization;
using PatientTools.Accounts;
using PatientTools.Patients;

namespace PatientTools.Storage;

/// <summary>What one transaction of patients does: one operation or several, each with an event of its own.</summary>
internal sealed class PatientWriteUses : IDisposable
{
    private readonly List<Part> _parts = [];
    private readonly Guid _storeId;

    /// <summary>Begins the operations: all are permitted, or none is done.</summary>
    public PatientWriteUses(StoreAccess access, IReadOnlyList<StoreOperation> operations)
    {
        _storeId = access.Session.Store.Identity.StoreId;
        try
        {
            foreach (var operation in operations)
            {
                _parts.Add(new Part(operation, access.Begin(operation)));
            }
        }
        catch (Exception e) when (Tell(e))
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Does all of it; an exception that leaves it is told in every event.</summary>
    public void Do(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (Tell(e))
        {
            throw;
        }
    }

    /// <summary>Begins the transaction.</summary>
    public IStoreWriter BeginWrite() => _parts[0].Use.BeginWrite();

    /// <summary>Counts what became of a change.</summary>
    public void Count(PatientWriteResult result)
    {
        var operation = PatientWrite.OperationOf(result.Write);
        (_parts.Count == 1 ? _parts[0] : _parts.Find(part => part.Operation == operation))?.Count(result);
    }

    /// <summary>Commits what was changed with the events that tell it; where nothing was, they are told when the transaction is over.</summary>
    public void Commit(IStoreWriter writer)
    {
        _parts.ForEach(part => part.TellRefused());
        if (_parts.Exists(part => part.HasChanges))
        {
            AuditedCommit.Run(writer, _storeId, [.. _parts.Where(part => part.Concerned.Count > 0).Select(part => new AuditedCommit.Part(part.Use.Event, part.Concerned))]);
        }
    }

    /// <summary>Tells, when the transaction is over, whom it concerned although nothing was written.</summary>
    public void TellUnchanged()
    {
        if (!_parts.Exists(part => part.HasChanges))
        {
            _parts.ForEach(part => part.Concerned.ForEach(part.Use.Event.Saw));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.ForEach(part => part.Use.Dispose());

    private bool Tell(Exception error)
    {
        _parts.ForEach(part => part.Use.Tell(error));
        return true;
    }

    private sealed class Part(StoreOperation operation, StoreUse use)
    {
        private long _done;
        private long _refused;
        private PatientToolsException? _firstError;

        public StoreOperation Operation => operation;

        public StoreUse Use => use;

        /// <summary>Those who were written, and those of whom the caller gets a state that stays as it was.</summary>
        public List<PatientId> Concerned { get; } = [];

        public bool HasChanges { get; private set; }

        public void Count(PatientWriteResult result)
        {
            if (result.Error is not null)
            {
                _refused++;
                _firstError ??= result.Error;
                return;
            }

            _done++;
            HasChanges |= result.Outcome != WriteOutcome.Unchanged;
            if (result.Outcome != WriteOutcome.Unchanged || operation != StoreOperation.ImportPatients)
            {
                Concerned.Add(result.State?.Stamp.Id ?? ((PurgePatient)result.Write).Id);
            }
        }

        /// <summary>That one of many was refused does not make the operation fail.</summary>
        public void TellRefused()
        {
            if (_refused > 0)
            {
                use.Event.Describe(string.Create(CultureInfo.InvariantCulture, $"{_refused} refused"));
                if (_done == 0)
                {
                    use.Tell(_firstError!);
                }
            }
        }
    }
}

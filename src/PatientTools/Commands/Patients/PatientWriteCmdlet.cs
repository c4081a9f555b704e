using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Errors;
using PatientTools.Storage;

namespace PatientTools.Commands.Patients;

/// <summary>
/// The base of cmdlets that change patients. Changes are committed in groups; what is written to the pipeline is durable.
/// </summary>
public abstract class PatientWriteCmdlet : StoreCmdlet
{
    private GroupCommit? _group;

    /// <summary>Whether patients are written to the pipeline as they are afterwards.</summary>
    protected abstract bool WritesPatients { get; }

    /// <summary>What is done.</summary>
    protected abstract StoreOperation Operation { get; }

    /// <summary>With <c>-ErrorAction Stop</c> nothing behind the error may be written.</summary>
    private bool StopsAtErrors =>
        (MyInvocation.BoundParameters.TryGetValue("ErrorAction", out var given) ? given : GetVariableValue("ErrorActionPreference")) is ActionPreference.Stop;

    /// <inheritdoc/>
    protected override void Begin() => DemandChange(Operation);

    /// <summary>Takes a change; it is applied now, or with some of the next.</summary>
    /// <param name="write">The change.</param>
    protected void Enqueue(PatientWrite write) => Report((_group ??= new GroupCommit(Session, StopsAtErrors)).Add(write, Cancellation));

    /// <inheritdoc/>
    protected override void End()
    {
        if (_group is not null)
        {
            Report(_group.Flush(Cancellation));
        }
    }

    private void Report(IReadOnlyList<PatientWriteResult> results)
    {
        foreach (var result in results)
        {
            if (result.Error is not null)
            {
                Report(ErrorRecords.From(result.Error));
            }
            else
            {
                Written(result);
            }
        }
    }

    /// <summary>Called for each change that was done, when it is durable.</summary>
    /// <param name="result">What became of it.</param>
    private protected virtual void Written(PatientWriteResult result)
    {
        if (WritesPatients && result.State is not null)
        {
            WriteObject(result.State.ToPatient(Session.Search().Today()));
        }
    }
}

using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Auditing;
using PatientTools.Parameters;
using PatientTools.Parameters.Completion;

namespace PatientTools.Commands.Auditing;

/// <summary>Shows what was done with a store, and tried.</summary>
[Cmdlet(VerbsCommon.Get, "PatientAuditEvent")]
[OutputType(typeof(AuditEvent))]
[Requires(StoreOperation.ReadAuditTrail)]
public sealed class GetPatientAuditEventCommand : StoreCmdlet
{
    /// <summary>Patients, or their ids: events that concerned them.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public PatientIdentity[]? Id { get; set; }

    /// <summary>Events not before this moment.</summary>
    [Parameter]
    public DateTime? Since { get; set; }

    /// <summary>Events before this moment.</summary>
    [Parameter]
    public DateTime? Until { get; set; }

    /// <summary>Events of this account.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public string? Account { get; set; }

    /// <summary>Events of these operations.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public StoreOperation[] Operation { get; set; } = [];

    /// <summary>Events that ended so.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public AuditOutcome[] Outcome { get; set; } = [];

    /// <summary>Only so many, the newest ones; they come in the order of their numbers all the same.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Newest { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var query = new AuditQuery
        {
            Since = Since?.ToUniversalTime(),
            Until = Until?.ToUniversalTime(),
            Account = Account,
            Operations = Operation,
            Outcomes = Outcome,
            Newest = Newest,
        };
        foreach (var identity in Id ?? [null!])
        {
            ForItem(identity, () => Write(identity is null ? query : query with { Patient = identity.Id }));
        }
    }

    private void Write(AuditQuery query)
    {
        foreach (var found in Session.AuditTrail().Read(query, Cancellation))
        {
            WriteObject(found);
        }
    }
}

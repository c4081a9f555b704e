using System.Management.Automation;
using PatientTools.Parameters;
using PatientTools.Parameters.Completion;
using PatientTools.Validation;

namespace PatientTools.Commands.Validation;

/// <summary>Lists what patients are checked for.</summary>
[Cmdlet(VerbsCommon.Get, "PatientRule")]
[OutputType(typeof(PatientRule))]
public sealed class GetPatientRuleCommand : PatientToolsCmdlet
{
    /// <summary>Ids of rules; all when not given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RuleCompleter))]
    public string[]? Id { get; set; }

    /// <summary>JSON files of rules of one's own, listed after the others.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] RuleFile { get; set; } = [];

    /// <inheritdoc/>
    protected override void End()
    {
        var own = RuleChoice.Own(this, RuleFile);
        var known = new List<string>();
        foreach (var id in Id ?? [])
        {
            ForItem(id, () =>
            {
                _ = RuleSet.Choose([id], own: own);
                known.Add(id);
            });
        }

        WriteObject(RuleSet.Choose(Id is null ? null : known, own: own).Rules, enumerateCollection: true);
    }
}

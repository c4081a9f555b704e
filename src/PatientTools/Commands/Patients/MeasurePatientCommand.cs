using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Output;
using PatientTools.Parameters;
using PatientTools.Parameters.Completion;
using PatientTools.Search;

namespace PatientTools.Commands.Patients;

/// <summary>Counts patients by properties, or tells figures of them.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Patient", DefaultParameterSetName = FiguresSet)]
[OutputType(typeof(PatientFigures), ParameterSetName = [FiguresSet])]
[OutputType(typeof(PatientGroup), ParameterSetName = [GroupsSet])]
[Requires(StoreOperation.SearchPatients)]
public sealed class MeasurePatientCommand : PatientQueryCmdlet
{
    private const string FiguresSet = "Figures";
    private const string GroupsSet = "Groups";

    /// <summary>What to count by; several make a group of each combination.</summary>
    [Parameter(Mandatory = true, ParameterSetName = GroupsSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PropertyNameCompleter))]
    public string[] GroupBy { get; set; } = [];

    /// <inheritdoc/>
    protected override void End()
    {
        var (query, _) = Asked();
        var search = SearchFor(query);
        var measures = GroupBy.Length == 0
            ? [Measures.Of(search.Measure(query, Cancellation))]
            : search.MeasureGroups(query, PropertyNames.ToGroups(GroupBy), Cancellation).Select(Measures.Of);
        WriteObject(measures, enumerateCollection: true);
    }
}

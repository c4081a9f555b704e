using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Output;
using PatientTools.Parameters;
using PatientTools.Parameters.Completion;
using PatientTools.Patients;
using PatientTools.Search;

namespace PatientTools.Commands.Patients;

/// <summary>Finds patients; nobody found is silence.</summary>
[Cmdlet(VerbsCommon.Find, "Patient", DefaultParameterSetName = PatientsSet)]
[OutputType(typeof(Patient), ParameterSetName = [PatientsSet])]
[OutputType(typeof(PatientPage), ParameterSetName = [PageSet, CursorSet])]
[OutputType(typeof(long), ParameterSetName = [CountSet])]
[OutputType(typeof(PatientQueryPlan), ParameterSetName = [ExplainSet])]
[Requires(StoreOperation.SearchPatients)]
public sealed class FindPatientCommand : PatientQueryCmdlet
{
    private const string PatientsSet = "Patients";
    private const string PageSet = "Page";
    private const string CursorSet = "Cursor";
    private const string CountSet = "Count";
    private const string ExplainSet = "Explain";

    /// <summary>Properties to sort by, the first one first.</summary>
    [Parameter(ParameterSetName = PatientsSet)]
    [Parameter(ParameterSetName = PageSet)]
    [Parameter(ParameterSetName = CursorSet)]
    [Parameter(ParameterSetName = ExplainSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PropertyNameCompleter))]
    public string[] SortBy { get; set; } = [];

    /// <summary>Sorts the other way round.</summary>
    [Parameter(ParameterSetName = PatientsSet)]
    [Parameter(ParameterSetName = PageSet)]
    [Parameter(ParameterSetName = CursorSet)]
    [Parameter(ParameterSetName = ExplainSet)]
    public SwitchParameter Descending { get; set; }

    /// <summary>The properties to read and write, in order; all of a patient when not given.</summary>
    [Parameter(ParameterSetName = PatientsSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(PropertyNameCompleter))]
    public string[]? Property { get; set; }

    /// <summary>Writes at most this many patients.</summary>
    [Parameter(ParameterSetName = PatientsSet)]
    [Parameter(ParameterSetName = ExplainSet)]
    public ulong? First { get; set; }

    /// <summary>Leaves out this many patients in front.</summary>
    [Parameter(ParameterSetName = PatientsSet)]
    [Parameter(ParameterSetName = ExplainSet)]
    public ulong Skip { get; set; }

    /// <summary>Writes the exact number of all patients found before the patients themselves.</summary>
    [Parameter(ParameterSetName = PatientsSet)]
    public SwitchParameter IncludeTotalCount { get; set; }

    /// <summary>Writes one page of this many patients.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PageSet)]
    [Parameter(Mandatory = true, ParameterSetName = CursorSet)]
    [ValidateRange(1, 100_000)]
    public int PageSize { get; set; }

    /// <summary>The number of the page, from 1.</summary>
    [Parameter(ParameterSetName = PageSet)]
    [ValidateRange(1L, long.MaxValue)]
    public long Page { get; set; } = 1;

    /// <summary>The cursor of the page before.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CursorSet)]
    [ValidateNotNullOrEmpty]
    public string? After { get; set; }

    /// <summary>Writes the exact number of patients found, and reads none.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CountSet)]
    public SwitchParameter CountOnly { get; set; }

    /// <summary>Tells how the question is answered, rather than the answer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ExplainSet)]
    public SwitchParameter Explain { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        var (query, most) = Asked();
        query = query with { Order = PropertyNames.ToOrder(SortBy, Descending, query.Order) };
        var search = SearchFor(query);
        switch (ParameterSetName)
        {
            case CountSet when CountOnly:
                WriteObject(search.Count(query, Cancellation));
                break;
            case ExplainSet when Explain:
                WriteObject(search.Explain(query, Window(most), Cancellation));
                break;
            case PageSet:
                WriteObject(RankedPatient.Mark(search.Page(query, PageSize, Page, Cancellation)));
                break;
            case CursorSet:
                WriteObject(RankedPatient.Mark(search.PageAfter(query, PageSize, After!, Cancellation)));
                break;
            default:
                Write(search, search.Find(query, Window(most), Cancellation));
                break;
        }
    }

    private void Write(PatientSearch search, PatientAnswer answer)
    {
        if (answer.Total is { } total)
        {
            WriteObject(TotalCount.Of(total));
        }

        var selection = Property is null ? null : new PatientProjection(search, PropertyNames.Select(Property), answer.Sequence);
        foreach (var patient in answer.Patients)
        {
            WriteObject(selection is null ? RankedPatient.Mark(patient) : SelectedPatient.Of(selection, patient));
        }
    }

    private ResultWindow Window(int? most) => new(
        (long)Math.Min(Skip, long.MaxValue),
        First is { } first ? (long)Math.Min(first, long.MaxValue) : most,
        IncludeTotalCount);
}

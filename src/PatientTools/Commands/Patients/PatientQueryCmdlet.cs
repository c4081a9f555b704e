using System.Management.Automation;
using System.Reflection;
using PatientTools.Parameters;
using PatientTools.Parameters.Completion;
using PatientTools.Patients;
using PatientTools.Search;
using PatientTools.Search.Conditions;
using PatientTools.Search.Fhir;
using PatientTools.Search.Filter;

namespace PatientTools.Commands.Patients;

/// <summary>The base of cmdlets that ask a store for patients: whatever is given has to hold.</summary>
public abstract class PatientQueryCmdlet : StoreCmdlet
{
    private static readonly HashSet<string> Ways =
        [.. typeof(PatientQueryCmdlet).GetProperties(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public).Select(property => property.Name)];

    private readonly ThrottledProgress _progress;

    /// <summary>Begins.</summary>
    protected PatientQueryCmdlet() => _progress = new ThrottledProgress(this, "Reading documents");

    /// <summary>Words, each of which begins some part of a name, family or given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string? Name { get; set; }

    /// <summary>Words, each of which begins some part of a family name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? FamilyName { get; set; }

    /// <summary>Words, each of which begins some part of a given name.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? GivenName { get; set; }

    /// <summary>Finds names that sound like the words given (Kölner Phonetik).</summary>
    [Parameter]
    public SwitchParameter Phonetic { get; set; }

    /// <summary>Finds names that are written like the words given, but for typing errors; the most alike come first.</summary>
    [Parameter]
    public SwitchParameter Fuzzy { get; set; }

    /// <summary>The birth date; a year or a month finds everyone born within.</summary>
    [Parameter]
    [PartialDateTransformation]
    public PartialDate? BirthDate { get; set; }

    /// <summary>Born later than this day, month or year.</summary>
    [Parameter]
    [PartialDateTransformation]
    public PartialDate? BornAfter { get; set; }

    /// <summary>Born earlier than this day, month or year.</summary>
    [Parameter]
    [PartialDateTransformation]
    public PartialDate? BornBefore { get; set; }

    /// <summary>male, female, other or unknown.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [GenderTransformation]
    [ArgumentCompleter(typeof(GenderCompleter))]
    public string? Gender { get; set; }

    /// <summary>The whole name of the city; with wildcards a part of it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CommonValueCompleter))]
    public string? City { get; set; }

    /// <summary>The whole postal code; with wildcards a part of it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? PostalCode { get; set; }

    /// <summary>The health insurance number; with wildcards a part of it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Kvnr { get; set; }

    /// <summary>The medical record number; with wildcards a part of it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Mrn { get; set; }

    /// <summary>A condition over properties, as text or as a script block; it is read, never run.</summary>
    /// <remarks>Text is the type: PowerShell gives a script block's own text for it, in every language mode.</remarks>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(FilterCompleter))]
    public string? Filter { get; set; }

    /// <summary>A search as FHIR R4 writes it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Query { get; set; }

    /// <summary>Includes removed patients.</summary>
    [Parameter]
    public SwitchParameter IncludeRemoved { get; set; }

    /// <summary>The parameters in which something was asked; <see cref="IncludeRemoved"/> alone asks nothing.</summary>
    protected IEnumerable<string> AskedIn => MyInvocation.BoundParameters.Keys.Where(name => Ways.Contains(name) && name != nameof(IncludeRemoved));

    /// <summary>Everything that was asked, as one question; with the number of patients that -Query wants at most.</summary>
    /// <returns>The question.</returns>
    /// <exception cref="PatientToolsException">Something that was asked cannot be answered.</exception>
    protected FhirSearch Asked()
    {
        var named = Named().Build();
        var fhir = Query is null ? null : FhirQuery.Parse(Query);
        var filter = Filter is null ? null : PatientFilter.Parse(Filter, new CallerVariables(SessionState.PSVariable));
        PatientCondition?[] asked = [named.Where, filter, fhir?.Query.Where];
        return new FhirSearch(named with { Where = Together(asked.OfType<PatientCondition>()), Order = fhir?.Query.Order ?? [] }, fhir?.Count);
    }

    /// <summary>One level of conditions, so that a plan shows what was asked and not how.</summary>
    private static AllOf Together(IEnumerable<PatientCondition> conditions) =>
        new([.. conditions.SelectMany(condition => condition is AllOf all ? all.Conditions : [condition])]);

    /// <summary>The search that answers a question. Where that takes long, it is said and shown.</summary>
    /// <param name="query">The question.</param>
    /// <returns>The search.</returns>
    protected PatientSearch SearchFor(PatientQuery query)
    {
        var search = Session.Search();
        if (!search.ReadsDocuments(query))
        {
            return search;
        }

        WriteVerbose("No index answers all of this question: documents are read one by one. -Explain shows what is read.");
        return search.Reporting(Report);
    }

    private void Report(long done, long all)
    {
        if (done < all)
        {
            _progress.Report(done, () => (double)done / all);
        }
        else
        {
            _progress.Complete();
        }
    }

    private PatientQueryBuilder Named() => new()
    {
        Name = Name,
        FamilyName = FamilyName,
        GivenName = GivenName,
        Phonetic = Phonetic,
        Fuzzy = Fuzzy,
        BirthDate = BirthDate,
        BornAfter = BornAfter,
        BornBefore = BornBefore,
        Gender = Gender,
        City = City,
        PostalCode = PostalCode,
        Kvnr = Kvnr,
        Mrn = Mrn,
        IncludeRemoved = IncludeRemoved,
    };
}

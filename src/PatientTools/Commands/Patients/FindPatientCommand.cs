using System.Management.Automation;
using PatientTools.Parameters;
using PatientTools.Patients;
using PatientTools.Search;

namespace PatientTools.Commands.Patients;

/// <summary>Finds patients; nobody found is silence.</summary>
[Cmdlet(VerbsCommon.Find, "Patient", SupportsPaging = true)]
[OutputType(typeof(Patient))]
public sealed class FindPatientCommand : StoreCmdlet
{
    /// <summary>Words, each of which begins some part of a name, family or given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Name { get; set; }

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

    /// <summary>Finds removed patients as well.</summary>
    [Parameter]
    public SwitchParameter IncludeRemoved { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        var answer = Session.Search().Find(Query(), PagingParameters.ToWindow(), Cancellation);
        if (answer.Total is { } total)
        {
            WriteObject(PagingParameters.NewTotalCount((ulong)total, 1.0));
        }

        foreach (var patient in answer.Patients)
        {
            WriteObject(patient);
        }
    }

    private PatientQuery Query() => new PatientQueryBuilder
    {
        Name = Name,
        FamilyName = FamilyName,
        GivenName = GivenName,
        BirthDate = BirthDate,
        BornAfter = BornAfter,
        BornBefore = BornBefore,
        Gender = Gender,
        City = City,
        PostalCode = PostalCode,
        Kvnr = Kvnr,
        Mrn = Mrn,
        IncludeRemoved = IncludeRemoved,
    }.Build();
}

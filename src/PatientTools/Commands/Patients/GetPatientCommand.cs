using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Parameters;
using PatientTools.Patients;
using PatientTools.Search;

namespace PatientTools.Commands.Patients;

/// <summary>Reads patients by who they are.</summary>
[Cmdlet(VerbsCommon.Get, "Patient", DefaultParameterSetName = "Id")]
[OutputType(typeof(Patient))]
[Requires(StoreOperation.ReadPatient)]
public sealed class GetPatientCommand : StoreCmdlet
{
    /// <summary>Ids, or patients to be read anew.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Id")]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Version")]
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "AllVersions")]
    [ValidateNotNullOrEmpty]
    public PatientIdentity[] Id { get; set; } = [];

    /// <summary>Medical record numbers.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Mrn")]
    [ValidateNotNullOrEmpty]
    public string[] Mrn { get; set; } = [];

    /// <summary>Health insurance numbers; one may belong to several patients.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Kvnr")]
    [ValidateNotNullOrEmpty]
    public string[] Kvnr { get; set; } = [];

    /// <summary>The version to read, from 1.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Version")]
    [ValidateRange(1, long.MaxValue)]
    public long Version { get; set; }

    /// <summary>Reads every version, oldest first.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "AllVersions")]
    public SwitchParameter AllVersions { get; set; }

    /// <summary>Reads removed patients as well.</summary>
    [Parameter(ParameterSetName = "Id")]
    [Parameter(ParameterSetName = "Mrn")]
    [Parameter(ParameterSetName = "Kvnr")]
    public SwitchParameter IncludeRemoved { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var lookup = new PatientLookup(Session.Search(), IncludeRemoved);
        Write(Id, identity => Version > 0 ? [lookup.Version(identity.Id, Version)] : AllVersions ? lookup.Versions(identity.Id) : [lookup.ById(identity.Id)]);
        Write(Mrn, lookup.ByMrn);
        Write(Kvnr, lookup.ByKvnr);
    }

    private void Write<T>(T[] keys, Func<T, IReadOnlyList<Patient>> read)
    {
        foreach (var key in keys)
        {
            ForItem(key, () => WriteObject(read(key), enumerateCollection: true));
        }
    }
}

using System.Management.Automation;
using PatientTools.Hosting;
using PatientTools.Sessions;
using PatientTools.Storage;

namespace PatientTools.Commands.Stores;

/// <summary>Makes a new, empty store and connects to it.</summary>
[Cmdlet(VerbsCommon.New, "PatientStore", SupportsShouldProcess = true)]
[OutputType(typeof(PatientStoreSession))]
public sealed class NewPatientStoreCommand : PatientToolsCmdlet
{
    /// <summary>The file to make; nothing may be there.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <inheritdoc/>
    protected override void Process()
    {
        var path = FilePaths.Resolve(this, Path);
        if (ShouldProcess(path, "Make a patient store"))
        {
            var session = PatientStoreSession.Create(AdapterHost.Catalog.Stores, path, new StoreOptions());
            RunspaceSessions.Current.Add(session);
            WriteObject(session);
        }
    }
}

using System.Management.Automation;
using PatientTools.Hosting;
using PatientTools.Sessions;
using PatientTools.Storage;

namespace PatientTools.Commands.Stores;

/// <summary>Opens a store and makes it the default of this runspace.</summary>
[Cmdlet(VerbsCommunications.Connect, "PatientStore")]
[OutputType(typeof(PatientStoreSession))]
public sealed class ConnectPatientStoreCommand : PatientToolsCmdlet
{
    private const string Variable = "PATIENTTOOLS_STORE";

    /// <summary>The store's file; <c>$env:PATIENTTOOLS_STORE</c> when not given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Opens the store so that nothing can be written.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var path = FilePaths.Resolve(this, Path ?? FromEnvironment());
        var session = PatientStoreSession.Open(AdapterHost.Catalog.Stores, path, new StoreOptions { ReadOnly = ReadOnly });
        RunspaceSessions.Current.Add(session);
        WriteObject(session);
    }

    private static string FromEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path
        ? path
        : throw new PatientToolsException("NoStoreGiven", $"No store was named. Give -Path, or set $env:{Variable}.", ErrorKind.InvalidArgument);
}

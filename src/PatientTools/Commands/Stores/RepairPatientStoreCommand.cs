using System.Diagnostics;
using System.Management.Automation;
using PatientTools.Accounts;
using PatientTools.Hosting;
using PatientTools.Storage;

namespace PatientTools.Commands.Stores;

/// <summary>Makes a store's search entries anew, or brings what a damaged store still holds into a new one.</summary>
[Cmdlet(VerbsDiagnostic.Repair, "PatientStore", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = "Entries")]
[OutputType(typeof(SearchRebuild), ParameterSetName = ["Entries"])]
[OutputType(typeof(SalvageReport), ParameterSetName = ["Salvage"])]
[Requires(StoreOperation.MaintainStore, StoreOperation.SalvageStore)]
public sealed class RepairPatientStoreCommand : StoreCmdlet
{
    /// <summary>The damaged store's file; it is only read.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Salvage")]
    [Alias("LiteralPath", "PSPath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The file of the new store; nothing may be there.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = "Salvage")]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        if (Path is null)
        {
            RebuildEntries();
        }
        else
        {
            Salvage(FilePaths.Resolve(this, Path), FilePaths.Resolve(this, Destination!));
        }
    }

    private void RebuildEntries()
    {
        DemandChange(StoreOperation.MaintainStore);
        if (ShouldProcess(Session.Location, "Make all search entries anew"))
        {
            var progress = new ThrottledProgress(this, "Making search entries anew");
            var started = Stopwatch.GetTimestamp();
            var patients = Session.Maintenance().RebuildSearchEntries(done => progress.Report(done), Cancellation);
            progress.Complete();
            WriteObject(new SearchRebuild(Session.Location, patients, Stopwatch.GetElapsedTime(started)));
        }
    }

    private void Salvage(string damaged, string destination)
    {
        if (ShouldProcess(damaged, $"Salvage into '{destination}'"))
        {
            var report = StoreSalvage.Run(AdapterHost.Catalog.Stores, damaged, destination, new CallerNote(MyInvocation.MyCommand.Name, Reason), Cancellation);
            WriteWarning(report.Warning);
            foreach (var loss in report.Losses)
            {
                WriteWarning(loss);
            }

            WriteObject(report);
        }
    }
}

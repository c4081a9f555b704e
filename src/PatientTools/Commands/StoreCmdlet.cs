using System.Management.Automation;
using PatientTools.Sessions;
using PatientTools.Storage;

namespace PatientTools.Commands;

/// <summary>The base of cmdlets that work on a store.</summary>
public abstract class StoreCmdlet : PatientToolsCmdlet
{
    private PatientStoreSession? _session;

    /// <summary>The store, as Connect-PatientStore returned it; the runspace's default when not given.</summary>
    [Parameter]
    [ValidateNotNull]
    public PatientStoreSession? Store { get; set; }

    /// <summary>The session to work with; the same one for the whole call.</summary>
    /// <exception cref="PatientToolsException"><c>NotConnected</c>.</exception>
    protected PatientStoreSession Session => _session ??= Store ?? RunspaceSessions.Current.RequireDefault();
}

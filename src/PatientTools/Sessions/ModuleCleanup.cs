using System.Management.Automation;

namespace PatientTools.Sessions;

/// <summary>Closes a runspace's stores when the module is removed from it.</summary>
public sealed class ModuleCleanup : IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => RunspaceSessions.Current.CloseAll();
}

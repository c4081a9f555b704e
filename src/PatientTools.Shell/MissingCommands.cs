using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace PatientTools.Shell;

/// <summary>
/// Tells who types a command of the full PowerShell where it comes from and what does the job here. Any other unknown
/// name gets the engine's own error.
/// </summary>
internal static class MissingCommands
{
    private const string Utility = "Microsoft.PowerShell.Utility";
    private const string Management = "Microsoft.PowerShell.Management";
    private const string Security = "Microsoft.PowerShell.Security";

    private static readonly Dictionary<string, (string Module, string Instead)> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Select-Object"] = (Utility, "Use -First and -Skip of Find-Patient, a property such as $patients.FamilyName, or ForEach-Object."),
        ["Sort-Object"] = (Utility, "Find-Patient writes in the order of names; [array]::Sort($array) sorts other values."),
        ["Group-Object"] = (Utility, "Count into a hashtable with ForEach-Object: ForEach-Object { $count[$_.City]++ }."),
        ["Measure-Object"] = (Utility, "Use @($objects).Count, or -IncludeTotalCount of Find-Patient."),
        ["Measure-Command"] = (Utility, "Use [System.Diagnostics.Stopwatch]::StartNew() and its Elapsed."),
        ["Format-Table"] = (Utility, "Patients show as a table by themselves; export with Export-Patient for other columns."),
        ["Format-List"] = (Utility, "Use Get-PatientDocument for everything about one patient, or $patient.PSObject.Properties."),
        ["Format-Wide"] = (Utility, "Write the property you want: Find-Patient | ForEach-Object FamilyName."),
        ["Format-Custom"] = (Utility, "Write the property you want: Find-Patient | ForEach-Object FamilyName."),
        ["Out-String"] = (Utility, "Objects show themselves; \"$object\" makes a string."),
        ["Out-File"] = (Utility, "Use Export-Patient, or [System.IO.File]::WriteAllText(path, text)."),
        ["Write-Host"] = (Utility, "Write the text alone, as in \"Done.\", or call $Host.UI.WriteLine(text)."),
        ["Write-Output"] = (Utility, "Write the value alone: it goes down the pipeline."),
        ["Write-Error"] = (Utility, "Use throw, or $PSCmdlet.WriteError(...) in an advanced function."),
        ["Write-Warning"] = (Utility, "Call $Host.UI.WriteWarningLine(text)."),
        ["Write-Verbose"] = (Utility, "Call $Host.UI.WriteVerboseLine(text)."),
        ["Write-Debug"] = (Utility, "Call $Host.UI.WriteDebugLine(text)."),
        ["Write-Information"] = (Utility, "Write the text alone, as in \"Done.\"."),
        ["Write-Progress"] = (Utility, "The cmdlets of PatientTools show their progress themselves."),
        ["Read-Host"] = (Utility, "Call $Host.UI.ReadLine()."),
        ["New-Object"] = (Utility, "Use [Type]::new(...), or [pscustomobject]@{ ... }."),
        ["Get-Date"] = (Utility, "Use [datetime]::Now or [datetime]::Today."),
        ["Get-Random"] = (Utility, "Use [Random]::Shared.Next(...)."),
        ["Get-Member"] = (Utility, "Use $object.PSObject.Members."),
        ["ConvertTo-Json"] = (Utility, "Use Get-PatientDocument or Export-Patient."),
        ["ConvertFrom-Json"] = (Utility, "Import-Patient and New-Patient -Json take JSON text as it is."),
        ["Import-Csv"] = (Utility, "Import-Patient reads CSV itself."),
        ["Export-Csv"] = (Utility, "Use Export-Patient, which writes CSV."),
        ["ConvertFrom-Csv"] = (Utility, "Import-Patient reads CSV itself."),
        ["ConvertTo-Csv"] = (Utility, "Use Export-Patient, which writes CSV."),
        ["Start-Sleep"] = (Utility, "Use [System.Threading.Tasks.Task]::Delay(milliseconds).Wait()."),
        ["Get-Content"] = (Management, "Use Import-Patient for patients, or [System.IO.File]::ReadAllLines(path)."),
        ["Set-Content"] = (Management, "Use Export-Patient for patients, or [System.IO.File]::WriteAllText(path, text)."),
        ["Add-Content"] = (Management, "Use [System.IO.File]::AppendAllText(path, text)."),
        ["Get-ChildItem"] = (Management, "Use [System.IO.Directory]::GetFiles(path), or give Import-Patient a path with wildcards."),
        ["Get-Item"] = (Management, "Use [System.IO.FileInfo]::new(path)."),
        ["Remove-Item"] = (Management, "Use [System.IO.File]::Delete(path)."),
        ["Copy-Item"] = (Management, "Use [System.IO.File]::Copy(from, to)."),
        ["Move-Item"] = (Management, "Use [System.IO.File]::Move(from, to)."),
        ["New-Item"] = (Management, "Use [System.IO.Directory]::CreateDirectory(path)."),
        ["Test-Path"] = (Management, "Use [System.IO.Path]::Exists(path)."),
        ["Join-Path"] = (Management, "Use [System.IO.Path]::Combine(folder, name)."),
        ["Split-Path"] = (Management, "Use [System.IO.Path]::GetDirectoryName(path)."),
        ["Resolve-Path"] = (Management, "Use [System.IO.Path]::GetFullPath(path)."),
        ["Set-Location"] = (Management, "Call $ExecutionContext.SessionState.Path.SetLocation(path)."),
        ["Get-Location"] = (Management, "Use $PWD."),
        ["Get-Process"] = (Management, "Use [System.Diagnostics.Process]::GetProcesses()."),
        ["Get-Credential"] = (Security, "Call $Host.UI.PromptForCredential(caption, message, user, '')."),
        ["ConvertTo-SecureString"] = (Security, "Call $Host.UI.ReadLineAsSecureString()."),
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["select"] = "Select-Object",
        ["sort"] = "Sort-Object",
        ["group"] = "Group-Object",
        ["measure"] = "Measure-Object",
        ["ft"] = "Format-Table",
        ["fl"] = "Format-List",
        ["echo"] = "Write-Output",
        ["gc"] = "Get-Content",
        ["gci"] = "Get-ChildItem",
        ["dir"] = "Get-ChildItem",
        ["gm"] = "Get-Member",
        ["cd"] = "Set-Location",
        ["sleep"] = "Start-Sleep",
    };

    /// <summary>Hooks the advice into a runspace.</summary>
    public static void Attach(Runspace runspace) => runspace.SessionStateProxy.InvokeCommand.CommandNotFoundAction = Replace;

    /// <summary>What to say to who types <paramref name="name"/>; null if it is no command of the full PowerShell.</summary>
    public static string? AdviceFor(string name)
    {
        var full = Aliases.GetValueOrDefault(name, name);
        return Known.TryGetValue(full, out var command)
            ? $"'{name}' is not in this shell: {full} belongs to {command.Module} of the full PowerShell. {command.Instead}"
            : null;
    }

    // The engine swallows what is thrown here, so a command that fails with the advice takes the place of the missing one.
    private static void Replace(object? sender, CommandLookupEventArgs lookup)
    {
        if (AdviceFor(lookup.CommandName) is not null)
            lookup.Command = new CmdletInfo(lookup.CommandName.Contains('-', StringComparison.Ordinal) ? lookup.CommandName : Aliases[lookup.CommandName], typeof(MissingCommand));
    }
}

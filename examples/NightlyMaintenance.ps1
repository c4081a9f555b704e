<#
.SYNOPSIS
    What a store needs every night: back up, prove the backup, thin out old ones, validate patients, check the store, report.
.DESCRIPTION
    Each step is tried even when one before it failed, except that nothing is thinned out unless the new backup is proven.
    The report says for each step whether it succeeded, how long it took, and what was found; it holds no patient data.
    Exit codes: 0, all is well; 1, a step failed or the backup is not proven; 2, the store could not be opened; 3, all steps
    succeeded, and patients or the store have faults that somebody should look at.

    docs/scheduling.md says how to run it by cron, systemd and the Task Scheduler. Uses core cmdlets and PatientTools only, so
    that it runs in PatientTools.Shell as well as in pwsh.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File NightlyMaintenance.ps1 -StorePath /srv/practice/practice.ptstore -BackupPath /srv/backups -CredentialPath /srv/practice/nightly.xml -RecipientKey /srv/practice/backup-public.pem -ReportPath /srv/reports/nightly.json
.EXAMPLE
    dotnet run --project src/PatientTools.Shell -- -File examples/NightlyMaintenance.ps1 -Demo
#>
[CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Store')]
param(
    # The store.
    [Parameter(Mandatory, ParameterSetName = 'Store')]
    [string] $StorePath,

    # Where backups go; best a disk of its own.
    [Parameter(Mandatory, ParameterSetName = 'Store')]
    [string] $BackupPath,

    # Shows it at a store of its own with sample patients, in a new private folder.
    [Parameter(Mandatory, ParameterSetName = 'Demo')]
    [switch] $Demo,

    # The credential file of an administrator's account for this task, written by Export-Clixml.
    [string] $CredentialPath,

    # Or its name in a vault of Microsoft.PowerShell.SecretManagement.
    [string] $SecretName,

    # Encrypts backups for this public key (PEM). Without it they are plain ZIPs.
    [string] $RecipientKey,

    # On which day of the week the backup is a full one; on the others it is incremental. Any: always full.
    [ValidateSet('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday', 'Any')]
    [string] $FullOn = 'Sunday',

    # Proves the backup with this private key (PEM). An encrypted backup without it gets a quick test only: better prove it where the key is.
    [string] $PrivateKey,

    # Where the store for the proof goes for a while; the system's temporary folder when not given.
    [string] $TemporaryPath,

    # Retention; zero leaves a rule out.
    [int] $KeepLast = 3,
    [int] $KeepDaily = 14,
    [int] $KeepWeekly = 8,
    [int] $KeepMonthly = 12,
    [int] $KeepYearly = 10,

    # The report: .csv has a row for each step and is appended to; any other name is a JSON file, written anew.
    [string] $ReportPath
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command New-PatientBackup -ErrorAction Ignore)) { Import-Module PatientTools }

$started = [datetime]::UtcNow
$steps = [Collections.Generic.List[object]]::new()
$reason = 'nightly maintenance'

# Runs a step and remembers what became of it. The script says what was found, and throws when the step failed.
function Invoke-Step([string] $Name, [scriptblock] $Script) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $step = [ordered]@{ Step = $Name; Outcome = 'Succeeded'; Seconds = 0.0; Details = '' }
    try {
        # Warnings belong in the report as well.
        $said = @(& $Script 3>&1 | ForEach-Object { "$_" })
        if ($said -like 'FAULTS:*') { $step.Outcome = 'Faults' }
    }
    catch {
        $step.Outcome = 'Failed'
        $id = if ($_.FullyQualifiedErrorId -like '*,*') { "$($_.FullyQualifiedErrorId -replace ',.*'): " }
        $said = @("$id$($_.Exception.Message)")
    }
    $step.Details = [string]::Join(' ', @($said -replace '^FAULTS: '))
    $step.Seconds = [math]::Round($watch.Elapsed.TotalSeconds, 1)
    $steps.Add($step)
    '{0,-10} {1,-22} {2,7} s  {3}' -f $step.Outcome, $step.Step, $step.Seconds.ToString([cultureinfo]::InvariantCulture), $step.Details
}

function Test-Succeeded([string] $Name) { [bool] @($steps | Where-Object { $_.Step -eq $Name -and $_.Outcome -eq 'Succeeded' }).Count }

if ($Demo) {
    $folder = [IO.Directory]::CreateTempSubdirectory('PatientTools-').FullName
    $StorePath = [IO.Path]::Combine($folder, 'demo.ptstore')
    $BackupPath = [IO.Path]::Combine($folder, 'backups')
    if (-not $ReportPath) { $ReportPath = [IO.Path]::Combine($folder, 'nightly.json') }
    New-PatientStore $StorePath | Out-Null
    New-PatientSample -Count 200 -Seed 42 | Import-Patient -Source samples | Out-Null
    Disconnect-PatientStore
}

Invoke-Step 'Connect' {
    $login = if ($CredentialPath) { @{ CredentialPath = $CredentialPath } }
    elseif ($SecretName) { @{ Credential = Get-Secret $SecretName } }
    else { @{} }
    $script:session = Connect-PatientStore -Path $StorePath @login -Reason $reason
    "Account: $(if ($session.Account) { $session.Account } else { 'none, the store is open' })."
}

if (Test-Succeeded 'Connect') {
    $backup = $null
    Invoke-Step 'Back up' {
        $how = if ($RecipientKey) { @{ RecipientKey = $RecipientKey } } else { @{} }
        $incremental = $FullOn -ne 'Any' -and "$([datetime]::Now.DayOfWeek)" -ne $FullOn
        $script:backup = New-PatientBackup -Path $BackupPath -Incremental:$incremental -Description $reason -Reason $reason @how
        if ($script:backup) { "$($script:backup.Name): $($script:backup.Kind), sequences $($script:backup.Sequences), $($script:backup.Size)." }
    }

    Invoke-Step 'Prove' {
        # When nothing has changed there is none of tonight, and the newest one is proven again.
        $newest = if ($backup) { $backup } else { Get-PatientBackup -Path $BackupPath -StoreId $session.Identity.StoreId -Newest 1 }
        $key = if ($PrivateKey) { @{ PrivateKey = $PrivateKey } } else { @{} }
        if ($TemporaryPath) { $key.TemporaryPath = $TemporaryPath }
        $canProve = $PrivateKey -or -not $newest.IsEncrypted
        $test = $newest | Test-PatientBackup -Restore:$canProve -Quick:(-not $canProve) @key
        if (-not $test.IsValid) { throw "$($newest.Name) is not good: $($test.Problems)" }
        if ($test.IsProven) { "$($newest.Name) is proven: $($test.Totals)." } else { "$($newest.Name) has a sound header. It is encrypted, so prove it where its key is." }
    }

    Invoke-Step 'Thin out' {
        if (-not (Test-Succeeded 'Prove')) { throw 'Nothing is removed while the newest backup is not proven.' }
        $verdicts = @(Remove-PatientBackup -Path $BackupPath -KeepLast $KeepLast -KeepDaily $KeepDaily -KeepWeekly $KeepWeekly -KeepMonthly $KeepMonthly -KeepYearly $KeepYearly -PassThru -Reason $reason)
        "$(@($verdicts | Where-Object Keep -EQ $false).Count) removed, $(@($verdicts | Where-Object Keep).Count) kept."
    }

    Invoke-Step 'Validate patients' {
        $summary = Test-PatientBatch -All -Summary -Reason $reason
        "$(if ($summary.Invalid) { 'FAULTS: ' })$($summary.Patients) checked, $($summary.Invalid) invalid."
    }

    Invoke-Step 'Check the store' {
        $check = Test-PatientStore -Full -Reason $reason
        "$(if (-not $check.IsValid) { 'FAULTS: ' })$($check.PatientsChecked) patients checked. $($check.Problems)"
    }

    Invoke-Step 'Disconnect' { Disconnect-PatientStore -Reason $reason }
}

$outcomes = @($steps | ForEach-Object { $_.Outcome })
$exitCode = if (-not (Test-Succeeded 'Connect')) { 2 } elseif ($outcomes -contains 'Failed') { 1 } elseif ($outcomes -contains 'Faults') { 3 } else { 0 }

if ($ReportPath) {
    $full = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($ReportPath)
    if ([IO.Path]::GetExtension($full) -eq '.csv') {
        $header = if ([IO.File]::Exists($full)) { '' } else { "Started,Store,Step,Outcome,Seconds,Details`n" }
        $rows = $steps | ForEach-Object {
            $cells = @($started.ToString('o'), $StorePath, $_.Step, $_.Outcome, $_.Seconds.ToString([cultureinfo]::InvariantCulture), $_.Details)
            [string]::Join(',', @($cells | ForEach-Object { '"' + "$_".Replace('"', '""') + '"' }))
        }
        [IO.File]::AppendAllText($full, $header + [string]::Join("`n", @($rows)) + "`n")
    }
    else {
        $report = [ordered]@{ Started = $started.ToString('o'); Finished = [datetime]::UtcNow.ToString('o'); Store = $StorePath; ExitCode = $exitCode; Steps = $steps.ToArray() }
        [IO.File]::WriteAllText($full, [Text.Json.JsonSerializer]::Serialize($report, [Text.Json.JsonSerializerOptions] @{ WriteIndented = $true }))
    }
    "Report: $full"
}

exit $exitCode

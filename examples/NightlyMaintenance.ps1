<#
.SYNOPSIS
    What a store needs every night: back up, prove the backup, thin out old ones, validate patients, check the store, report.
.DESCRIPTION
    Each step is tried even when one before it failed, except that old backups are thinned out only when the newest one was
    made without a fault and is proven. An encrypted one can be proven only with its private key. Without the key it is tested
    as far as that goes, and nothing is thinned out unless -ThinOutUnproven says so.

    The report says for each step what became of it, how long it took, and what was found; it holds no patient's name or data.
    Exit codes: 0, all is well; 1, a step failed, or the newest backup is not good; 2, the store could not be opened; 3, no step
    failed, and somebody should look: patients or the store have faults, or nothing was thinned out.

    With -WhatIf no backup is made or removed and no report is written; the newest backup there is is proven, and all checks are
    done. docs/scheduling.md says how to run it by cron, systemd and the Task Scheduler. Uses core cmdlets and PatientTools only, so
    that it runs in PatientTools.Shell as well as in pwsh.
.EXAMPLE
    pwsh -NoProfile -NonInteractive -File NightlyMaintenance.ps1 -StorePath /srv/practice/practice.ptstore -BackupPath /srv/backups -CredentialPath /srv/practice/nightly.xml -RecipientKey /srv/practice/backup-public.pem -ReportPath /srv/reports/nightly.json
.EXAMPLE
    dotnet run --project src/PatientTools.Shell -- -File examples/NightlyMaintenance.ps1 -Demo
#>
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingPlainTextForPassword', '', Justification = 'Paths of files, not passwords.')]
[CmdletBinding(PositionalBinding = $false, DefaultParameterSetName = 'Store', SupportsShouldProcess)]
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

    # Proves encrypted backups with this private key (PEM). Better keep it elsewhere, and prove copies of the backups there.
    [string] $PrivateKey,

    # The password of the private key's file: a credential file, written by Export-Clixml, whose name does not matter.
    [string] $PrivateKeyCredentialPath,

    # Or its name in a vault.
    [string] $PrivateKeySecretName,

    # Thins out although the newest backup is encrypted and its private key is not here. Say so when copies are proven elsewhere.
    [switch] $ThinOutUnproven,

    # Where the store for the proof goes for a while; the system's temporary folder when not given.
    [string] $TemporaryPath,

    # Retention; zero leaves a rule out, and with no rule at all every backup stays.
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

# Runs a step and remembers what became of it. The script says what was found, behind FAULTS: or SKIPPED: where somebody
# should look at it, and throws when the step failed.
function Invoke-Step([string] $Name, [scriptblock] $Script) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $step = [ordered]@{ Step = $Name; Outcome = 'Succeeded'; Seconds = 0.0; Details = '' }
    try {
        # Warnings belong in the report as well.
        $said = @(& $Script 3>&1 | ForEach-Object { "$_" })
        if (-not $said -and $WhatIfPreference) { $said = @('Nothing was done.') }
        if ($said -like 'FAULTS:*') { $step.Outcome = 'Faults' } elseif ($said -like 'SKIPPED:*') { $step.Outcome = 'Skipped' }
    }
    catch {
        $step.Outcome = 'Failed'
        $id = if ($_.FullyQualifiedErrorId -match '^\w+,') { "$($_.FullyQualifiedErrorId -replace ',.*'): " }
        $said = @("$id$($_.Exception.Message)")
    }
    $step.Details = [string]::Join(' ', @($said -replace '^(FAULTS|SKIPPED): ')).Trim()
    $step.Seconds = [math]::Round($watch.Elapsed.TotalSeconds, 1)
    $steps.Add($step)
    '{0,-10} {1,-22} {2,7} s  {3}' -f $step.Outcome, $step.Step, $step.Seconds.ToString([cultureinfo]::InvariantCulture), $step.Details
}

function Test-Succeeded([string] $Name) { [bool] @($steps | Where-Object { $_.Step -eq $Name -and $_.Outcome -eq 'Succeeded' }).Count }

# The password of the private key's file; $null when it has none.
function Get-KeyPassword {
    if ($PrivateKeySecretName) {
        $secret = Get-Secret $PrivateKeySecretName
        if ($secret -is [pscredential]) { $secret.Password } else { $secret }
    }
    elseif ($PrivateKeyCredentialPath) {
        $file = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($PrivateKeyCredentialPath)
        # As Connect-PatientStore -CredentialPath: only Windows encrypts what Export-Clixml writes.
        if (-not $IsWindows -and ([int] [IO.File]::GetUnixFileMode($file) -band 0x3F)) {
            throw "Other users of this machine may read or replace '$file'. Make it its owner's alone first: chmod 600 '$file'."
        }
        $secret = [Management.Automation.PSSerializer]::Deserialize([IO.File]::ReadAllText($file))
        if ($secret -isnot [pscredential]) { throw "'$file' holds no credential. Make one with: Get-Credential | Export-Clixml '$file'" }
        $secret.Password
    }
}

if ($Demo) {
    # With -WhatIf, too: there has to be something to show it at.
    $isTrial = $WhatIfPreference
    $WhatIfPreference = $false
    $folder = [IO.Directory]::CreateTempSubdirectory('PatientTools-').FullName
    $StorePath = [IO.Path]::Combine($folder, 'demo.ptstore')
    $BackupPath = [IO.Path]::Combine($folder, 'backups')
    if (-not $ReportPath) { $ReportPath = [IO.Path]::Combine($folder, 'nightly.json') }
    New-PatientStore $StorePath | Out-Null
    New-PatientSample -Count 200 -Seed 42 | Import-Patient -Source samples | Out-Null
    Disconnect-PatientStore
    $WhatIfPreference = $isTrial
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
    $folderOfBackups = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($BackupPath)
    Invoke-Step 'Back up' {
        $how = if ($RecipientKey) { @{ RecipientKey = $RecipientKey } } else { @{} }
        $incremental = $FullOn -ne 'Any' -and "$([datetime]::Now.DayOfWeek)" -ne $FullOn
        $script:backup = New-PatientBackup -Path $BackupPath -Incremental:$incremental -Description $reason -Reason $reason @how
        if ($script:backup) { "$($script:backup.Name): $($script:backup.Kind), sequences $($script:backup.Sequences), $($script:backup.Size)." }
    }

    $isProven = $false
    Invoke-Step 'Prove' {
        # When nothing has changed there is none of tonight, and the newest one is proven again.
        $all = @(if ($backup -or [IO.Directory]::Exists($folderOfBackups)) { Get-PatientBackup -Path $BackupPath -StoreId $session.Identity.StoreId })
        $newest = if ($backup) { $backup } elseif ($all) { $all[-1] } elseif ($WhatIfPreference) { return 'There is no backup yet.' } else { throw 'There is no backup.' }
        $isLocked = -not $PrivateKey -and @($all | Where-Object { $_.IsEncrypted -and ($_.Path -eq $newest.Path -or $newest.Chain -contains $_.Path) })
        $how = @{ Restore = -not $isLocked; Quick = $isLocked }
        if ($TemporaryPath) { $how.TemporaryPath = $TemporaryPath }
        if ($PrivateKey) {
            $how.PrivateKey = $PrivateKey
            if ($password = Get-KeyPassword) { $how.PrivateKeyPassword = $password }
        }
        $test = $newest | Test-PatientBackup @how
        if (-not $test.IsValid) { throw "$($newest.Name) is not good: $($test.Problems)" }
        $script:isProven = $test.IsProven
        if ($test.IsProven) { "$($newest.Name) is proven: $($test.Totals)." } else { "$($newest.Name) is encrypted, and so only its header and its chain were tested. Prove it where its private key is." }
    }

    Invoke-Step 'Thin out' {
        if (-not ($KeepLast -or $KeepDaily -or $KeepWeekly -or $KeepMonthly -or $KeepYearly)) { return 'No rule is given, so all backups stay.' }
        if ($WhatIfPreference -and -not [IO.Directory]::Exists($folderOfBackups)) { return 'There is no backup yet.' }
        if (-not ((Test-Succeeded 'Back up') -and (Test-Succeeded 'Prove'))) { throw 'Nothing is removed, since no good backup was made tonight.' }
        if (-not ($isProven -or $ThinOutUnproven)) { return 'SKIPPED: Nothing is removed, since the newest backup is not proven. Give -PrivateKey, or -ThinOutUnproven when copies are proven elsewhere.' }
        $verdicts = @(Remove-PatientBackup -Path $BackupPath -KeepLast $KeepLast -KeepDaily $KeepDaily -KeepWeekly $KeepWeekly -KeepMonthly $KeepMonthly -KeepYearly $KeepYearly -PassThru -Confirm:$false -Reason $reason)
        "$(@($verdicts | Where-Object Keep -EQ $false).Count) $(if ($WhatIfPreference) { 'would be ' })removed, $(@($verdicts | Where-Object Keep).Count) kept."
    }

    Invoke-Step 'Validate patients' {
        $summary = Test-PatientBatch -All -Summary -Reason $reason
        "$(if ($summary.Invalid) { 'FAULTS: ' })$($summary.Patients) checked, $($summary.Invalid) invalid."
    }

    Invoke-Step 'Check the store' {
        $check = Test-PatientStore -Full -Reason $reason
        "$(if (-not $check.IsValid) { 'FAULTS: ' })$($check.PatientsChecked) patients checked. $($check.Problems)"
    }

    Invoke-Step 'Disconnect' { Disconnect-PatientStore -Reason $reason -WhatIf:$false }
}

$outcomes = @($steps | ForEach-Object { $_.Outcome })
$exitCode = if (-not (Test-Succeeded 'Connect')) { 2 } elseif ($outcomes -contains 'Failed') { 1 } elseif ($outcomes -contains 'Faults' -or $outcomes -contains 'Skipped') { 3 } else { 0 }

if ($ReportPath) {
    try {
        $full = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($ReportPath)
        if (-not $PSCmdlet.ShouldProcess($full, 'Write the report')) {
            # Nothing is written.
        }
        elseif ([IO.Path]::GetExtension($full) -eq '.csv') {
            $header = if ([IO.File]::Exists($full)) { '' } else { "Started,Store,Step,Outcome,Seconds,Details`n" }
            $rows = $steps | ForEach-Object {
                $cells = @($started.ToString('o'), $StorePath, $_.Step, $_.Outcome, $_.Seconds.ToString([cultureinfo]::InvariantCulture), $_.Details)
                [string]::Join(',', @($cells | ForEach-Object { '"' + "$_".Replace('"', '""') + '"' }))
            }
            [IO.File]::AppendAllText($full, $header + [string]::Join("`n", @($rows)) + "`n")
            "Report: $full"
        }
        else {
            $report = [ordered]@{ Started = $started.ToString('o'); Finished = [datetime]::UtcNow.ToString('o'); Store = $StorePath; ExitCode = $exitCode; Steps = $steps.ToArray() }
            [IO.File]::WriteAllText($full, [Text.Json.JsonSerializer]::Serialize($report, [Text.Json.JsonSerializerOptions] @{ WriteIndented = $true }))
            "Report: $full"
        }
    }
    catch {
        "The report '$ReportPath' could not be written. $($_.Exception.Message)"
        if ($exitCode -in 0, 3) { $exitCode = 1 }
    }
}

exit $exitCode

<#
.SYNOPSIS
    What every file of the suite needs: the assembled module, the real data, a store of its own, a fresh process.
.DESCRIPTION
    Dot-source it in BeforeDiscovery and in BeforeAll. The module is what `dotnet build src/PatientTools` has put into
    output/PatientTools; the real data is in $env:PATIENTTOOLS_DATA or in ../shared/data beside the repository.
#>
$Root = Split-Path (Split-Path $PSScriptRoot)
$Manifest = (Get-Item (Join-Path $Root 'output/PatientTools/*/PatientTools.psd1') | Sort-Object { [version] $_.Directory.Name } | Select-Object -Last 1).FullName
if (-not $Manifest) { throw 'The module is not built. Run ./build.ps1, or dotnet build src/PatientTools.' }
if (-not (Get-Module PatientTools)) { Import-Module $Manifest }

$DataFolder = if ($env:PATIENTTOOLS_DATA) { $env:PATIENTTOOLS_DATA } else { Join-Path (Split-Path $Root) 'shared/data' }
$NoData = -not (Test-Path $DataFolder)
if ($NoData) { Write-Warning "The real data is not at '$DataFolder', so what needs it is skipped. Set `$env:PATIENTTOOLS_DATA." }

# A new store, connected, in the folder that Pester removes after the block.
function New-TestStore {
    New-PatientStore -Path (Join-Path $TestDrive "$([guid]::NewGuid()).ptstore")
}

# The one error that a script leaves, whether it ended the script or not.
function Get-OnlyError([scriptblock] $Script) {
    # Pester stops at errors; whoever types at a prompt does not.
    $ErrorActionPreference = 'Continue'
    $errors = @(try { & $Script 2>&1 3>$null | Where-Object { $_ -is [Management.Automation.ErrorRecord] } } catch { $_ })
    $errors.Count | Should -Be 1 -Because "one error is expected, but there were: $($errors -join ' | ')"
    $errors[0]
}

# A script in a process of its own, with its streams redirected; nothing can be asked of the user there.
function Start-FreshProcess([string] $Script) {
    $file = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
    Set-Content -LiteralPath $file -Value "`$ErrorActionPreference = 'Stop'; `$ProgressPreference = 'SilentlyContinue'`n$Script"
    $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
    '-NoProfile', '-NonInteractive', '-File', $file | ForEach-Object { $start.ArgumentList.Add($_) }
    $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.Environment['NO_COLOR'] = '1'
    $start.Environment.Remove('PSModulePath') | Out-Null
    [Diagnostics.Process]::Start($start)
}

# Waits for such a process and gives what it wrote; one that hangs is ended and fails the test.
function Wait-FreshProcess([Diagnostics.Process] $Process) {
    $output = $Process.StandardOutput.ReadToEndAsync()
    $problem = $Process.StandardError.ReadToEndAsync()
    if (-not $Process.WaitForExit([timespan]::FromMinutes(3))) {
        $Process.Kill($true)
        throw 'The process did not end within three minutes.'
    }
    [pscustomobject]@{ ExitCode = $Process.ExitCode; Output = @($output.Result -split '\r?\n' -ne ''); Problem = $problem.Result }
}

# A script in a process of its own, from start to end; it has to succeed.
function Invoke-FreshProcess([string] $Script) {
    $result = Wait-FreshProcess (Start-FreshProcess $Script)
    $result.ExitCode | Should -Be 0 -Because "the process wrote: $($result.Output -join "`n") $($result.Problem)"
    $result.Output
}

# Name and password of an account.
function New-TestCredential([string] $Name, [string] $Password = 'Regen auf Blech 7') {
    [pscredential]::new($Name, (ConvertTo-SecureString $Password -AsPlainText -Force))
}

# A new store, connected as its administrator, with an account of each role that is named like it. Passwords cost as little as they may.
function New-ProtectedStore {
    $store = New-PatientStore (Join-Path $TestDrive "$([guid]::NewGuid()).ptstore") -Credential (New-TestCredential Administrator)
    Set-PatientStoreSetting PasswordCost 10
    Set-PatientStoreAccount Administrator -Password (New-TestCredential Administrator).Password
    'Editor', 'Reader', 'Auditor' | ForEach-Object { New-PatientStoreAccount (New-TestCredential $_) -Role $_ | Out-Null }
    $store
}

# How a fresh process connects to a protected store.
function Get-ConnectScript($Store, [string] $Name) {
    "Import-Module '$Manifest'
    `$session = Connect-PatientStore '$($Store.Location)' -Credential ([pscredential]::new('$Name', (ConvertTo-SecureString 'Regen auf Blech 7' -AsPlainText -Force)))"
}

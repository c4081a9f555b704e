<#
.SYNOPSIS
    Shows a protected store: accounts with roles, a scheduled task's login, the audit trail, and a head that proves it.
.DESCRIPTION
    Works with made-up people and passwords. In earnest, passwords come from Get-Credential or a vault and never stand in
    a script. Uses core cmdlets and PatientTools only, so that it runs in PatientTools.Shell as well as in pwsh.
.EXAMPLE
    dotnet run --project src/PatientTools.Shell -- -File examples/ProtectedStore.ps1
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    # Where the store goes; a new private folder by default.
    [string] $Folder = [IO.Directory]::CreateTempSubdirectory('PatientTools-').FullName,

    # Where heads of the audit trail are kept: a place where nobody can write who can write the store, such as another machine.
    [string] $HeadFolder = [IO.Directory]::CreateTempSubdirectory('PatientTools-').FullName
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command New-PatientStore -ErrorAction Ignore)) {
    throw 'PatientTools is not loaded. Import-Module ./output/PatientTools first, or run this through PatientTools.Shell.'
}

function Show([string] $Text) { "`n== $Text" }

# A made-up login.
function New-Login([string] $Name) {
    $password = [securestring]::new()
    "Regen auf Blech für $Name".ToCharArray() | ForEach-Object { $password.AppendChar($_) }
    [pscredential]::new($Name, $password)
}

Show '1. A store that is protected from its first moment, and its first administrator'
$storePath = [IO.Path]::Combine($Folder, 'practice.ptstore')
New-PatientStore -Path $storePath -Credential (New-Login admin) | Out-Default

Show '2. An account for each who works with it, and no more rights than needed'
New-PatientStoreAccount -Credential (New-Login anna) -Role Editor | Out-Default
New-PatientStoreAccount -Credential (New-Login nightly) -Role Auditor | Out-Default
Set-PatientStoreSetting ReasonRequired Changes -Reason 'house rules'
Disconnect-PatientStore

Show '3. Anna works; changes need a reason, which is not the place for names of patients'
Connect-PatientStore -Path $storePath -Credential (New-Login anna) | Out-Null
New-PatientSample -Count 100 -Seed 42 | Import-Patient -Source samples -Reason 'moved from the old system' | Out-Default
Find-Patient -Name mueller -First 3 | Set-Patient -Country DE -Reason 'countries filled in'
try {
    Get-PatientStoreSession
}
catch {
    "Refused as it should be: $($_.Exception.Message)"
}
Disconnect-PatientStore

Show '4. A scheduled task: its credential is in a file that its user alone can read'
$task = [IO.Path]::Combine($Folder, 'nightly.xml')
if (-not $IsWindows) {
    # The file is private before the password is in it.
    [IO.FileStream]::new($task, [IO.FileStreamOptions] @{ Mode = 'CreateNew'; Access = 'Write'; UnixCreateMode = 'UserRead, UserWrite' }).Dispose()
}
[IO.File]::WriteAllText($task, [Management.Automation.PSSerializer]::Serialize((New-Login nightly)))
Connect-PatientStore -Path $storePath -CredentialPath $task -Reason 'nightly checks' | Out-Null
"The store is sound: $(Test-PatientStore -Full -Quiet)"

Show '5. What was done, and tried'
Get-PatientAuditEvent | Out-Default
"`nRefused:"
Get-PatientAuditEvent -Outcome Refused | Out-Default

Show '6. A head that is kept elsewhere proves later that nothing was changed until then'
$heads = [IO.Path]::Combine($HeadFolder, 'heads.txt')
[IO.File]::AppendAllText($heads, "$(Get-PatientAuditHead)`n")
[IO.File]::ReadAllLines($heads) | Test-PatientAuditTrail | Out-Default
Disconnect-PatientStore

Show 'What to try next'
@"
  Get-Credential nightly | Export-Clixml nightly.xml
  Get-PatientStoreSession | Where-Object Account -EQ anna | Disconnect-PatientStore
  Unlock-PatientStoreAccount anna
  Get-Help about_PatientAccess
"@

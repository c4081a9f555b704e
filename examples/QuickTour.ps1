<#
.SYNOPSIS
    Shows PatientTools at work: makes a store, fills it, finds, pages, changes, exports.
.DESCRIPTION
    Without files it makes 1,000 sample patients. With files it imports those instead: FHIR NDJSON, a FHIR Patient or
    Bundle, a zip of these, or CSV. Uses core cmdlets and PatientTools only, so that it runs in PatientTools.Shell as
    well as in pwsh.
.EXAMPLE
    dotnet run --project src/PatientTools.Shell -- -File examples/QuickTour.ps1
.EXAMPLE
    dotnet run --project src/PatientTools.Shell -- -File examples/QuickTour.ps1 patients.ndjson bundles.zip
#>
[CmdletBinding(PositionalBinding = $false)]
param(
    # Files to import; wildcards are welcome.
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Path,

    # Where the store and the export go; a new private folder by default.
    [string] $Folder = [IO.Directory]::CreateTempSubdirectory('PatientTools-').FullName,

    # How many sample patients to make when no files are given.
    [int] $Count = 1000
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Command New-PatientStore -ErrorAction Ignore)) {
    throw 'PatientTools is not loaded. Import-Module ./output/PatientTools first, or run this through PatientTools.Shell.'
}

# Each answer goes to Out-Default by itself, so that it is shown in a view of its own.
function Show([string] $Text) { "`n== $Text" }

Show '1. A new store: one file, no server'
$storePath = [IO.Path]::Combine($Folder, 'tour.ptstore')
New-PatientStore -Path $storePath | Out-Default

if ($Path) {
    Show "2. Import $($Path.Count) source(s)"
    # Two sources may use the same ids for different people, so each file is a source of its own.
    foreach ($file in $Path) {
        Import-Patient -Path $file -Source ([IO.Path]::GetFileName($file)) -ErrorAction Continue | Out-Default
    }
}
else {
    Show "2. $Count sample patients, always the same for a seed"
    New-PatientSample -Count $Count -Seed 42 | Import-Patient -Source samples | Out-Default
}

Show '3. Find: umlauts and accents do not matter, totals are exact'
$first = Find-Patient -First 1 | ForEach-Object { $_ }
if (-not $first) { throw 'Nothing was imported, so there is nothing to show.' }
$name = if ($Path) { $first.FamilyName } else { 'mueller' }
"Find-Patient -Name $name -First 5 -IncludeTotalCount"
Find-Patient -Name $name -First 5 -IncludeTotalCount | Out-Default
"`nBorn before 1950, the third page of five:"
Find-Patient -BornBefore 1950-01-01 -Skip 10 -First 5 -IncludeTotalCount | Out-Default

Show '4. Change: every write makes a version, an outdated one is refused'
$mine = Get-Patient -Id $first.Id
$null = Set-Patient -Id $first.Id -City 'Bonn'
try {
    $mine | Set-Patient -City 'Köln'
}
catch {
    "Refused as it should be: $($_.Exception.Message)"
}
Get-Patient -Id $first.Id -AllVersions | Out-Default

Show '5. Remove hides, restore brings back'
Remove-Patient -Id $first.Id -Confirm:$false
"Found while removed: $(@(Find-Patient | Where-Object Id -EQ $first.Id).Count)"
Restore-Patient -Id $first.Id
"Found after restore: $(@(Find-Patient | Where-Object Id -EQ $first.Id).Count)"

Show '6. Export, and the one page an admin looks at'
$export = [IO.Path]::Combine($Folder, 'patients.ndjson')
Find-Patient | Export-Patient -Path $export -PassThru | ForEach-Object { "$($_.FullName): $($_.Length) bytes" }
$check = Test-PatientStore -Full
"Store is sound: $($check.IsValid) ($($check.PatientsChecked) patients checked)"
Get-PatientStore | Out-Default
Disconnect-PatientStore

Show 'What to try next'
@"
  Connect-PatientStore -Path '$storePath'
  Find-Patient -City B* -BornAfter 1990 | Set-Patient -Country DE -WhatIf
  New-Patient -FamilyName Beispiel -GivenName Berta -BirthDate 1958-12
  Get-Help Find-Patient -Examples
  Get-Command -Module PatientTools
"@

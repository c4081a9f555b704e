<#
.SYNOPSIS
    Asks one question of the same patients three ways: Find-Patient, jq, and Get-Content | ConvertFrom-Json | Where-Object.
.DESCRIPTION
    Works on the store that the benchmark scenario search-store makes, and on its export as NDJSON. Prints the rows of
    docs/benchmarks.md.
.EXAMPLE
    pwsh -File benchmarks/SearchBeside.ps1 -StorePath /tmp/patienttools-benchmarks/search-1000000.ptstore
#>
[CmdletBinding()]
param(
    # The store.
    [Parameter(Mandatory)]
    [string] $StorePath,

    # The export; made when it is missing.
    [string] $NdjsonPath = [IO.Path]::ChangeExtension($StorePath, '.ndjson')
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../output/PatientTools"
Connect-PatientStore $StorePath | Out-Null
if (-not (Test-Path $NdjsonPath)) {
    $null = Find-Patient | Export-Patient -Path $NdjsonPath -Format Ndjson
}

function Measure-Answer([string] $What, [scriptblock] $Ask) {
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $count = & $Ask
    '| {0} | {1:N3} s | {2:N0} patients |' -f $What, $watch.Elapsed.TotalSeconds, [long] $count
}

$filter = "City -eq 'Berlin' -and Gender -eq 'female' -and BirthDate -lt '1961'"
$null = Find-Patient -Filter $filter -CountOnly
Measure-Answer 'Find-Patient -Filter … -CountOnly' { Find-Patient -Filter $filter -CountOnly }
Measure-Answer 'Find-Patient -Filter …, every object' { (Find-Patient -Filter $filter | Measure-Object).Count }
if (Get-Command jq -CommandType Application -ErrorAction Ignore) {
    Measure-Answer 'jq' {
        jq -c 'select(.gender == "female" and .birthDate < "1961" and any(.address[]?; .city == "Berlin"))' $NdjsonPath | Measure-Object | ForEach-Object Count
    }
}

Measure-Answer 'Get-Content | ConvertFrom-Json | Where-Object' {
    (Get-Content $NdjsonPath | ConvertFrom-Json | Where-Object { $_.gender -eq 'female' -and $_.birthDate -lt '1961' -and $_.address.city -eq 'Berlin' } | Measure-Object).Count
}

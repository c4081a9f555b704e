#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests or packs PatientTools with the .NET 10 SDK.
.DESCRIPTION
    Build assembles the module in output/PatientTools/<version>/. Test runs every test. Package builds for release and
    writes output/PatientTools.<version>.zip, to be unpacked into a folder of $env:PSModulePath.
.EXAMPLE
    ./build.ps1

    Builds the module and says how to import it.
.EXAMPLE
    ./build.ps1 -Task Package

    Writes the zip file that is published.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package')]
    [string] $Task = 'Build'
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$version = ([xml] (Get-Content -Raw (Join-Path $PSScriptRoot 'Directory.Build.props'))).SelectSingleNode('//VersionPrefix').InnerText
$module = Join-Path $PSScriptRoot 'output' 'PatientTools' $version
$project = Join-Path $PSScriptRoot 'src' 'PatientTools'

switch ($Task) {
    'Build' {
        dotnet build $project --nologo --verbosity quiet
        "PatientTools $version is in $module. To use it:"
        "    Import-Module $(Join-Path $module 'PatientTools.psd1')"
    }
    'Test' {
        # The runner of the tests is chosen by global.json, which is looked for from the current folder upwards.
        Push-Location $PSScriptRoot
        try { dotnet test }
        finally { Pop-Location }
    }
    'Package' {
        dotnet build $project --nologo --verbosity quiet --configuration Release
        $archive = Join-Path $PSScriptRoot 'output' "PatientTools.$version.zip"
        Remove-Item $archive -ErrorAction Ignore
        $zip = [IO.Compression.ZipFile]::Open($archive, 'Create')
        try {
            foreach ($file in Get-ChildItem $module -Recurse -File) {
                $name = [IO.Path]::GetRelativePath((Join-Path $PSScriptRoot 'output'), $file.FullName).Replace('\', '/')
                $null = [IO.Compression.ZipFileExtensions]::CreateEntryFromFile($zip, $file.FullName, $name)
            }
        }
        finally { $zip.Dispose() }
        Get-Item $archive
    }
}

<#
.SYNOPSIS
    Runs the suite and writes its results as JUnit XML.
.DESCRIPTION
    PatientTools.Cmdlets.Tests runs it in a fresh process with each `dotnet test`; so may anybody:
    pwsh -NoProfile -NonInteractive -File tests/Pester/Run.ps1
.OUTPUTS
    The exit code is the number of failed tests, blocks and files.
#>
[CmdletBinding()]
param(
    # Files to run; all of the suite when not given.
    [string[]] $Path = $PSScriptRoot,

    # Where the results go.
    [string] $ResultPath = (Join-Path (Split-Path (Split-Path $PSScriptRoot)) 'TestResults/pester.xml'),

    # How much to say: None, Normal, Detailed, Diagnostic.
    [string] $Verbosity = 'Normal'
)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.5
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.Exit = $true
$configuration.Output.Verbosity = $Verbosity
$configuration.Output.RenderMode = 'Plaintext'
$configuration.TestResult.Enabled = $true
$configuration.TestResult.OutputFormat = 'JUnitXml'
$configuration.TestResult.OutputPath = $ResultPath
Invoke-Pester -Configuration $configuration

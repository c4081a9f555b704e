# The build fills in the version (from Directory.Build.props) and the exported cmdlets (from the compiled module).
@{
    RootModule = 'PatientTools.dll'
    ModuleVersion = '0.0.0'
    GUID = '32072f55-efdf-494c-9d9b-2c3e94d29a45'
    Author = 'PatientTools contributors'
    CompanyName = 'PatientTools contributors'
    Copyright = 'Copyright (c) 2026 PatientTools contributors. MIT License.'
    Description = 'Finds, imports, exports, validates, guards and backs up patient records in a store that is one file and needs no server.'

    CompatiblePSEditions = @('Core')
    PowerShellVersion = '7.6'

    CmdletsToExport = @()
    FunctionsToExport = @()
    AliasesToExport = @()
    VariablesToExport = @()

    FormatsToProcess = @('PatientTools.Format.ps1xml')

    PrivateData = @{
        PSData = @{
            Tags = @('FHIR', 'Patient', 'Healthcare', 'SQLite', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
        }
    }
}

BeforeDiscovery { . $PSScriptRoot/Suite.ps1 }
BeforeAll {
    . $PSScriptRoot/Suite.ps1
    . $PSScriptRoot/SameJson.ps1
}

Describe 'What came in comes out the same' {
    BeforeEach {
        $store = New-TestStore
        $out = Join-Path $TestDrive "$([guid]::NewGuid()).ndjson"
    }
    AfterEach { Disconnect-PatientStore $store }

    It 'patient by patient: 1,144 of NDJSON' -Skip:$NoData {
        $file = Join-Path $DataFolder 'synthea/Patient.ndjson'
        Import-Patient $file | Out-Null
        Find-Patient | Export-Patient $out
        $before = @{}
        Get-Content $file | ForEach-Object { $before[[regex]::Match($_, '"id":"([^"]+)"').Groups[1].Value] = $_ }
        $after = Get-Content $out
        $after.Count | Should -Be 1144
        foreach ($line in $after) {
            $id = [regex]::Match($line, '"id":"([^"]+)"').Groups[1].Value
            [PatientToolsTests.SameJson]::Difference($before[$id], $line) | Should -BeNullOrEmpty -Because $id
        }
    }

    It 'resource by resource: 28 patients of transaction bundles in a zip file' -Skip:$NoData {
        $zip = Join-Path $DataFolder 'synthea/bundles.zip'
        Import-Patient $zip -WarningAction SilentlyContinue | Out-Null
        Find-Patient | Export-Patient $out -IncludeRecord
        [PatientToolsTests.SameJson]::BundleDifferences([PatientToolsTests.SameJson]::ZipEntries($zip), [IO.File]::ReadAllLines($out)) | Should -BeNullOrEmpty
    }

    It 'resource by resource: 12 patients of German bundles' -Skip:$NoData {
        $files = Get-ChildItem (Join-Path $DataFolder 'vsdm2/*.json')
        $files | Import-Patient | Out-Null
        Find-Patient | Export-Patient $out -IncludeRecord
        [PatientToolsTests.SameJson]::BundleDifferences([string[]] ($files | Get-Content -Raw), [IO.File]::ReadAllLines($out)) | Should -BeNullOrEmpty
    }

    It 'as <_>, imported into a second store and exported again' -ForEach 'ndjson', 'json', 'ndjson.gz' {
        New-PatientSample 300 -Seed 11 -DefectRate 0.2 | Import-Patient | Out-Null
        $first = Join-Path $TestDrive "first.$_"
        $second = Join-Path $TestDrive "second.$_"
        Find-Patient | Export-Patient $first -IncludeRecord -IncludeLegacy -Force
        $other = New-TestStore
        (Import-Patient $first).Added | Should -Be 300
        Find-Patient | Export-Patient $second -IncludeRecord -IncludeLegacy -Force
        Disconnect-PatientStore $other
        (Get-FileHash $second).Hash | Should -Be (Get-FileHash $first).Hash
    }

    It 'as CSV, with the properties people know' {
        New-PatientSample 50 -Seed 12 | Import-Patient | Out-Null
        $csv = Join-Path $TestDrive 'people.csv'
        Find-Patient | Export-Patient $csv
        $rows = Import-Csv $csv
        $rows.Count | Should -Be 50
        foreach ($patient in Find-Patient) {
            $row = $rows | Where-Object Id -EQ "$($patient.Id)"
            foreach ($name in 'Mrn', 'FamilyName', 'GivenName', 'BirthDate', 'Gender', 'Kvnr', 'Street', 'PostalCode', 'City') {
                $row.$name | Should -BeExactly "$($patient.$name)" -Because $name
            }
        }
        Find-Patient | Export-Patient $csv -Property FamilyName, Age -Delimiter ';' -Force
        (Import-Csv $csv -Delimiter ';')[0].PSObject.Properties.Name | Should -Be 'FamilyName', 'Age'
    }

    It 'all of the store when nothing is piped in; nobody when nobody was found' {
        New-PatientSample 20 -Seed 13 | Import-Patient | Out-Null
        Export-Patient $out
        (Get-Content $out).Count | Should -Be 20
        Find-Patient -Name Niemand | Export-Patient $out -Force
        Get-Content $out | Should -BeNullOrEmpty
    }

    It 'in the version that was read, even when somebody writes meanwhile' {
        $patient = New-Patient -FamilyName Damals
        Set-Patient $patient.Id -FamilyName Heute
        $patient | Export-Patient $out
        Get-Content $out | Should -Match 'Damals'
    }

    It 'into a file that is never half there, never overwritten unasked, and its owner''s alone' {
        New-PatientSample 20 -Seed 13 | Import-Patient | Out-Null
        $written = Find-Patient | Export-Patient $out -PassThru
        $written.FullName | Should -Be $out
        if (-not $IsWindows) { $written.UnixFileMode | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite') }
        $before = (Get-FileHash $out).Hash
        (Get-OnlyError { Find-Patient | Export-Patient $out }).CategoryInfo.Category | Should -Be 'ResourceExists'
        { Find-Patient | ForEach-Object { if ($_.Mrn -like '*5') { throw 'stop' } $_ } | Export-Patient $out -Force } | Should -Throw 'stop'
        (Get-FileHash $out).Hash | Should -Be $before
        Get-ChildItem $TestDrive -Filter "$([IO.Path]::GetFileNameWithoutExtension($out))*" | Should -HaveCount 1
    }
}

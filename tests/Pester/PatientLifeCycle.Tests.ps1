BeforeAll { . $PSScriptRoot/Suite.ps1 }

Describe 'A patient, from creation to purge' {
    BeforeAll { $store = New-TestStore }
    AfterAll { Disconnect-PatientStore $store }

    It 'is created of typed fields, with a record number and a document of its own' {
        $patient = New-Patient -FamilyName 'Graf von und zu Buntspecht' -GivenName 'Jörg Ingbert' -BirthDate 1958-12 -Gender Female -Kvnr A123456780 -Street 'Weg 1' -PostalCode 01067 -City Köln -Country DE
        $patient.Version | Should -Be 1
        $patient.Mrn | Should -Match '^\d{8}$'
        $patient.Gender | Should -Be 'female'
        $patient.BirthDate.ToString() | Should -Be '1958-12'
        $patient.PostalCode | Should -BeExactly '01067'
        $read = Get-Patient -Mrn $patient.Mrn
        $read.PSObject.Properties.Name | ForEach-Object { "$($read.$_)" | Should -BeExactly "$($patient.$_)" -Because $_ }
    }

    It 'is created of a FHIR document, whose every member is kept in order to the last digit' {
        $json = '{"resourceType":"Patient","zzz":{"b":1.500,"a":[1E+2,null,true]},"id":"doc-1","name":[{"family":"Ohm","given":["Ω"]}],"birthDate":"1933"}'
        $patient = New-Patient -Json $json
        $patient.FamilyName, "$($patient.BirthDate)" | Should -Be 'Ohm', '1933'
        $file = Join-Path $TestDrive 'ohm.ndjson'
        $patient | Export-Patient $file
        # The number drawn from the store's counter is the one thing added.
        (Get-Content -Raw $file) | Should -BeLike '{"resourceType":"Patient","zzz":{"b":1.500,"a":[[]1E+2,null,true]},"id":"doc-1",*'
    }

    It 'is created of a hashtable, and of every text piped in' {
        (New-Patient -Document @{ resourceType = 'Patient'; name = @(@{ family = 'Table' }) } -City Bonn).City | Should -Be 'Bonn'
        $both = '{"resourceType":"Patient","name":[{"family":"Eins"}]}', '{"resourceType":"Patient","name":[{"family":"Zwei"}]}' | New-Patient
        $both.FamilyName | Should -Be 'Eins', 'Zwei'
    }

    It 'is created of the properties of objects' {
        $made = 'FamilyName,GivenName,BirthDate', 'Columbus,Carla,1971-02-03', 'Delta,Dora,1980' | ConvertFrom-Csv | New-Patient
        $made.GivenName | Should -Be 'Carla', 'Dora'
        "$($made[1].BirthDate)" | Should -Be '1980'
    }

    It 'is read by id, number and KVNR, of which one may belong to several' {
        $one = New-Patient -FamilyName Kasse -Kvnr C345678908
        $two = New-Patient -FamilyName Privat -Kvnr C345678908
        (Get-Patient -Kvnr c345678908).FamilyName | Sort-Object | Should -Be 'Kasse', 'Privat'
        (Get-Patient "$($one.Id)").FamilyName | Should -Be 'Kasse'
        ($one, $two | Get-Patient).Count | Should -Be 2
    }

    It 'is changed in what was given, and in nothing else' {
        $patient = New-Patient -FamilyName Alt -GivenName Anna -City Bonn
        Set-Patient $patient.Id -FamilyName Neu
        $changed = Get-Patient $patient.Id
        $changed.FamilyName, $changed.GivenName, $changed.City, $changed.Version | Should -Be 'Neu', 'Anna', 'Bonn', 2
        Set-Patient $patient.Id -City $null
        (Get-Patient $patient.Id).City | Should -BeNullOrEmpty
    }

    It 'is changed as an object, and back through the pipeline' {
        $patient = New-Patient -FamilyName Objekt
        $patient.City = 'Weimar'
        $patient.BirthDate = '1999-01'
        $after = $patient | Set-Patient -PassThru
        $after.City, "$($after.BirthDate)", $after.Version | Should -Be 'Weimar', '1999-01', 2
    }

    It 'that is set to what it is already gets no new version' {
        $patient = New-Patient -FamilyName Gleich -City Bonn
        (Set-Patient $patient.Id -City Bonn -PassThru).Version | Should -Be 1
    }

    It 'is hidden when removed, keeps its number, and comes back' {
        $patient = New-Patient -FamilyName Versteck
        $patient | Remove-Patient -Confirm:$false
        Find-Patient -Name Versteck | Should -BeNullOrEmpty
        (Get-OnlyError { Get-Patient $patient.Id }).FullyQualifiedErrorId | Should -BeLike 'Patient*,PatientTools.Commands.Patients.GetPatientCommand'
        (Get-Patient $patient.Id -IncludeRemoved).IsRemoved | Should -BeTrue
        (Find-Patient -Name Versteck -IncludeRemoved).Id | Should -Be $patient.Id
        (Get-OnlyError { New-Patient -FamilyName Dieb -Mrn $patient.Mrn }).CategoryInfo.Category | Should -Be 'ResourceExists'
        (Restore-Patient $patient.Id -PassThru).IsRemoved | Should -BeFalse
        (Find-Patient -Name Versteck).Mrn | Should -Be $patient.Mrn
    }

    It 'is gone when purged, and its number is free' {
        $patient = New-Patient -FamilyName Weg -Mrn 'W-1'
        $patient | Set-Patient -City Bonn
        Remove-Patient $patient.Id -Purge -Force -Confirm:$false
        (Get-OnlyError { Get-Patient $patient.Id -IncludeRemoved }).FullyQualifiedErrorId | Should -BeLike 'PatientNotFound,*'
        (Get-OnlyError { Get-Patient $patient.Id -AllVersions }).FullyQualifiedErrorId | Should -BeLike 'PatientNotFound,*'
        (Get-OnlyError { Restore-Patient $patient.Id }).FullyQualifiedErrorId | Should -BeLike 'PatientNotFound,*'
        (New-Patient -FamilyName Neu -Mrn 'W-1').Mrn | Should -Be 'W-1'
    }

    It 'leaves a sound store behind' { (Test-PatientStore -Full).Problems | Should -BeNullOrEmpty }
}

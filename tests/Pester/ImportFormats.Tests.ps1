BeforeDiscovery { . $PSScriptRoot/Suite.ps1 }
BeforeAll {
    . $PSScriptRoot/Suite.ps1

    function Write-Source([string] $Name, [string[]] $Line) {
        $path = Join-Path $TestDrive $Name
        [IO.File]::WriteAllLines($path, $Line)
        $path
    }
}

Describe 'Import of each format' {
    BeforeEach { $store = New-TestStore }
    AfterEach { Disconnect-PatientStore $store }

    Context 'NDJSON' {
        It 'takes every patient of a bulk export, and a second import changes nothing' -Skip:$NoData {
            $file = Join-Path $DataFolder 'synthea/Patient.ndjson'
            $first = Import-Patient $file
            $first.Added, $first.Rejected | Should -Be 1144, 0
            $sequence = (Get-PatientStore).Sequence
            $second = Import-Patient $file
            $second.Unchanged, $second.Added, $second.Changed, $second.Rejected | Should -Be 1144, 0, 0, 0
            (Get-PatientStore).Sequence | Should -Be $sequence
            (Test-PatientStore -Full).Problems | Should -BeNullOrEmpty
        }

        It 'reports a bad line with file, line and reason, and takes the rest' {
            $file = Write-Source 'some.ndjson' '{"resourceType":"Patient","id":"1","name":[{"family":"Gut"}]}', '{"resourceType":"Patient",', '', '{"resourceType":"Patient","id":"3","name":[{"family":"Auch"}]}'
            $summary = Import-Patient $file -ErrorAction SilentlyContinue -ErrorVariable problems
            $summary.Added, $summary.Rejected | Should -Be 2, 1
            $problems.Count | Should -Be 1
            "$problems" | Should -Match 'some\.ndjson.*line 2'
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'InvalidJson,*'
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
        }

        It 'brings patients up to date that have changed in the source' {
            $old = Write-Source 'day1.ndjson' '{"resourceType":"Patient","id":"1","name":[{"family":"Ledig"}]}'
            $new = Write-Source 'day2.ndjson' '{"resourceType":"Patient","id":"1","name":[{"family":"Verheiratet"}]}'
            $old | Import-Patient | Out-Null
            ($new | Import-Patient).Changed | Should -Be 1
            (Find-Patient).FamilyName, (Find-Patient).Version | Should -Be 'Verheiratet', 2
        }
    }

    Context 'A FHIR Patient' {
        It 'is taken from its file, over many lines' -Skip:$NoData {
            (Import-Patient (Join-Path $DataFolder 'fhir-r4-examples/patient-example.json')).Added | Should -Be 1
            $patient = Find-Patient -Name chalmers
            $patient.Mrn, "$($patient.BirthDate)" | Should -Be '12345', '1974-12-25'
        }

        It 'is the one thing taken of a folder with every type of resource' -Skip:$NoData {
            $summary = Import-Patient (Join-Path $DataFolder 'fhir-r4-examples/*.json') -ErrorAction SilentlyContinue -ErrorVariable problems -WarningAction SilentlyContinue
            $summary.Added | Should -Be 1
            $problems + $summary.Notices | Should -Not -BeNullOrEmpty
            $problems | ForEach-Object { $_.FullyQualifiedErrorId | Should -Match '^[A-Z][A-Za-z]+,PatientTools' }
        }
    }

    Context 'A Bundle' {
        It 'of type collection gives its patient, and the rest is the patient''s record' -Skip:$NoData {
            $summary = Get-ChildItem (Join-Path $DataFolder 'vsdm2/*.json') | Import-Patient
            $summary.Added, $summary.Rejected | Should -Be 12, 0
            $summary.RecordResources | Should -BeGreaterThan 12
            Find-Patient -Name Buntspecht | ForEach-Object FamilyName | Sort-Object -Unique | Should -Be 'Graf von und zu Buntspecht'
        }

        It 'of type transaction does so, too' {
            $bundle = @{
                resourceType = 'Bundle'; type = 'transaction'
                entry = @(
                    @{ fullUrl = 'urn:uuid:1'; resource = @{ resourceType = 'Patient'; id = 'p'; name = @(@{ family = 'Bündel' }) } }
                    @{ fullUrl = 'urn:uuid:2'; resource = @{ resourceType = 'Condition'; id = 'c'; subject = @{ reference = 'urn:uuid:1' } } }
                )
            } | ConvertTo-Json -Depth 9
            $summary = Write-Source 'bundle.json' $bundle | Import-Patient
            $summary.Added, $summary.RecordResources | Should -Be 1, 1
        }

        It 'without a patient is said in a warning, and is no error' {
            $file = Write-Source 'nobody.json' '{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Practitioner","id":"x"}}]}'
            $summary = Import-Patient $file -WarningAction SilentlyContinue -WarningVariable warnings -ErrorVariable problems
            $summary.Patients, $summary.Rejected, $summary.Notices | Should -Be 0, 0, 1
            $problems | Should -BeNullOrEmpty
            "$warnings" | Should -Match 'nobody\.json.*no patient'
        }
    }

    Context 'A zip file' {
        It 'gives the patients of all bundles in it, once' -Skip:$NoData {
            $file = Join-Path $DataFolder 'synthea/bundles.zip'
            $first = Import-Patient $file -WarningAction SilentlyContinue -WarningVariable warnings
            $first.Added, $first.Rejected, $first.Notices | Should -Be 28, 0, 1
            "$warnings" | Should -Match '102 Practitioner'
            $second = Import-Patient $file -WarningAction SilentlyContinue
            $second.Unchanged, $second.Changed, $second.Added | Should -Be 28, 0, 0
        }

        It 'may hold CSV and NDJSON as well; the place of an error names the file within' {
            $one = Write-Source 'inner.csv' 'Nachname,Vorname,Geburtsdatum', 'Eins,Anna,01.02.1960'
            $two = Write-Source 'inner.ndjson' '{"resourceType":"Patient","id":"2"}', 'nonsense'
            $zip = Join-Path $TestDrive 'both.zip'
            $archive = [IO.Compression.ZipFile]::Open($zip, 'Create')
            $one, $two | ForEach-Object { [IO.Compression.ZipFileExtensions]::CreateEntryFromFile($archive, $_, (Split-Path -Leaf $_)) } | Out-Null
            $archive.Dispose()
            $summary = Import-Patient $zip -ErrorAction SilentlyContinue -ErrorVariable problems
            $summary.Added, $summary.Rejected | Should -Be 2, 1
            "$problems" | Should -Match 'both\.zip!inner\.ndjson.*line 2'
        }
    }

    Context 'CSV' {
        It 'with German headings, semicolons and Windows-1252' {
            $path = Join-Path $TestDrive 'deutsch.csv'
            $text = "Nachname;Vorname;Geburtsdatum;Geschlecht;PLZ;Ort;Straße;Hausnummer;Versichertennummer`r`nMüller;Änne;31.12.1958;w;01067;Köln;Große Gasse;7a;A123456780`r`n"
            [IO.File]::WriteAllBytes($path, [Text.Encoding]::Latin1.GetBytes($text))
            (Import-Patient $path).Added | Should -Be 1
            $patient = Find-Patient
            $patient.FamilyName, $patient.GivenName, "$($patient.BirthDate)", $patient.Gender | Should -Be 'Müller', 'Änne', '1958-12-31', 'female'
            $patient.PostalCode, $patient.City, $patient.Street, $patient.Kvnr | Should -Be '01067', 'Köln', 'Große Gasse 7a', 'A123456780'
        }

        It 'with English headings; a row without an id is known by its content' {
            $file = Write-Source 'english.csv' 'First Name,Last Name,Date of Birth,Sex,City', 'Ann,Smith,1958-12-31,F,Leeds', '"Bob, Jr.",Jones,1960-01-02,M,York'
            (Import-Patient $file).Added | Should -Be 2
            (Import-Patient $file).Unchanged | Should -Be 2
            (Find-Patient -Name jones).GivenName | Should -Be 'Bob, Jr.'
        }

        It 'with Synthea''s headings' {
            $file = Write-Source 'patients.csv' 'Id,BIRTHDATE,DEATHDATE,SSN,PREFIX,FIRST,LAST,GENDER,ADDRESS,CITY,STATE,COUNTY,ZIP', 'a-1,1950-05-06,2001-02-03,999-12-3456,Mr.,José,Gómez,M,1 Main St,Boston,Massachusetts,Suffolk,02108'
            (Import-Patient $file).Added | Should -Be 1
            $patient = Find-Patient
            $patient.SourceId, $patient.FamilyName, "$($patient.DeceasedDate)", $patient.Deceased, $patient.PostalCode | Should -Be 'a-1', 'Gómez', '2001-02-03', $true, '02108'
        }

        It 'with febrl''s headings and blanks behind the commas (<Name>, <Rows> rows)' -Skip:$NoData -ForEach @(
            @{ Name = 'dataset1.csv'; Rows = 1000 }
            @{ Name = 'dataset2.csv'; Rows = 5000 }
        ) {
            $summary = Import-Patient (Join-Path $DataFolder "febrl/$Name") -ErrorAction SilentlyContinue -ErrorVariable problems
            $summary.Patients + $summary.Rejected | Should -Be $Rows
            $problems.Count | Should -Be $summary.Rejected
            $problems | ForEach-Object { "$_" | Should -Match "$([regex]::Escape($Name)).*line \d+" }
        }

        It 'brings every value of a row back: <_>' -Skip:$NoData -ForEach 'febrl/dataset1.csv', 'splink/fake_1000.csv' {
            $file = Join-Path $DataFolder $_
            Import-Patient $file -ErrorAction SilentlyContinue | Out-Null
            $out = Join-Path $TestDrive 'back.ndjson'
            Find-Patient | Export-Patient $out -IncludeLegacy -Force
            $lines = @{}
            Get-Content $out | ForEach-Object { $lines[($_ | ConvertFrom-Json -AsHashtable).id] = $_ }
            $rows = (Get-Content $file) -replace ', ', ',' | ConvertFrom-Csv
            $key = $rows[0].PSObject.Properties.Name[0]
            foreach ($row in $rows | Where-Object { $lines.ContainsKey($_.$key) }) {
                foreach ($value in $row.PSObject.Properties.Value.Trim() -ne '') {
                    # A date is written FHIR's way, and several given names are several values.
                    $written = $value -replace '^(\d{4})(\d\d)(\d\d)$', '$1-$2-$3' -replace ' +', '","'
                    $found = $lines[$row.$key].Contains($value) -or $lines[$row.$key].Contains($written)
                    if (-not $found) { "$value of row $($row.$key) is missing" | Should -BeNullOrEmpty }
                }
            }
            $lines.Count | Should -BeGreaterThan ($rows.Count * 0.9)
        }

        It 'with -Map for headings that nobody knows; what is mapped to nothing is kept' {
            $file = Write-Source 'own.csv' 'F1,F2,Notiz', 'Kraus,Karl,mag Tee'
            Import-Patient $file -Map @{ F1 = 'FamilyName'; F2 = 'GivenName' } | Out-Null
            "$(Find-Patient)" | Should -Be 'Kraus, Karl'
            $out = Join-Path $TestDrive 'own.ndjson'
            Find-Patient | Export-Patient $out -IncludeLegacy
            (Get-Content $out | ConvertFrom-Json).legacy.Notiz | Should -Be 'mag Tee'
        }

        It 'says which values cannot be read, and keeps them' {
            $file = Write-Source 'values.csv' 'Nachname,Geburtsdatum', 'Gut,01.01.1970', 'Schlecht,31.02.1970', 'Auch gut,1971'
            (Import-Patient $file -WarningAction SilentlyContinue -WarningVariable warnings).Added | Should -Be 3
            "$warnings" | Should -Match "values\.csv.*'Geburtsdatum': 1 value"
            $out = Join-Path $TestDrive 'values.ndjson'
            Find-Patient -Name Schlecht | Export-Patient $out -IncludeLegacy
            (Get-Content $out | ConvertFrom-Json).legacy.Geburtsdatum | Should -Be '31.02.1970'
        }

        It 'says which rows cannot be taken, with their lines' {
            $file = Write-Source 'rows.csv' 'Nachname,Vorname', 'Gut,Anna', 'Zu,viele,Werte', 'Auch,Berta'
            $summary = Import-Patient $file -ErrorAction SilentlyContinue -ErrorVariable problems
            $summary.Added, $summary.Rejected | Should -Be 2, 1
            "$problems" | Should -Match 'rows\.csv.*line 3'
        }
    }

    Context 'The pipeline' {
        It 'takes files, patients, hashtables, objects, JSON text and samples in one go' {
            $file = Write-Source 'piped.ndjson' '{"resourceType":"Patient","id":"f","name":[{"family":"Datei"}]}'
            $other = New-TestStore
            $patient = New-Patient -FamilyName Objekt -Store $other
            Disconnect-PatientStore $other
            $summary = (Get-Item $file), $patient, @{ FamilyName = 'Tabelle'; BirthDate = '1960' }, [pscustomobject]@{ Nachname = 'Zeile' },
                '{"resourceType":"Patient","name":[{"family":"Text"}]}', (New-PatientSample -Seed 5) | Import-Patient -Store $store
            $summary.Added, $summary.Rejected | Should -Be 6, 0
            Find-Patient -Store $store | ForEach-Object FamilyName | Should -Contain 'Zeile'
        }

        It 'fills a store with samples, once' {
            (New-PatientSample -Count 1000 -Seed 9 | Import-Patient).Added | Should -Be 1000
            (New-PatientSample -Count 1000 -Seed 9 | Import-Patient).Unchanged | Should -Be 1000
        }

        It 'reports what nobody can make a patient of, and goes on' {
            $summary = 42, @{ FamilyName = 'Gut' } | Import-Patient -ErrorAction SilentlyContinue -ErrorVariable problems
            $summary.Added, $summary.Rejected | Should -Be 1, 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'UnsupportedInput,*'
        }
    }
}

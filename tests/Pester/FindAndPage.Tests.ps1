BeforeDiscovery { . $PSScriptRoot/Suite.ps1 }
BeforeAll { . $PSScriptRoot/Suite.ps1 }

Describe 'Find and page' {
    BeforeAll {
        $store = New-TestStore
        'Müller', 'Mueller', 'Muller', 'Möller', 'Müller-Lüdenscheidt', 'Graf von und zu Buntspecht', 'Straße', 'Bäcker', 'Baecker', 'Backer' | ForEach-Object {
            New-Patient -FamilyName $_ -GivenName 'Zoë Anne' -City 'Köln' -BirthDate 1958-12 -Gender female | Out-Null
        }
        New-PatientSample 2000 -Seed 21 | Import-Patient | Out-Null
    }
    AfterAll { Disconnect-PatientStore $store }

    It 'finds the same people however the umlaut is written: <_>' -ForEach 'müller', 'mueller', 'Muller', 'MÜLLER', 'muller' {
        $found = Find-Patient -Name $_ | ForEach-Object FamilyName | Sort-Object -Unique
        $found | Should -Contain 'Müller'
        $found | Should -Contain 'Mueller'
        $found | Should -Contain 'Muller'
        (Find-Patient -Name $_).Id | Should -Be (Find-Patient -Name Müller).Id
    }

    It 'finds a part of a name: <Words>' -ForEach @(
        @{ Words = 'Buntspecht'; Found = 'Graf von und zu Buntspecht' }
        @{ Words = 'bunt graf'; Found = 'Graf von und zu Buntspecht' }
        @{ Words = 'lüdenscheidt'; Found = 'Müller-Lüdenscheidt' }
        @{ Words = 'strasse zoe'; Found = 'Straße' }
        @{ Words = '*specht'; Found = 'Graf von und zu Buntspecht' }
        @{ Words = 'M?ller L?deN*dt'; Found = 'Müller-Lüdenscheidt' }
    ) {
        (Find-Patient -Name $Words).FamilyName | Should -Be $Found
    }

    It 'is silent when nobody is found' { Find-Patient -Name Niemandsonst | Should -BeNullOrEmpty }

    It 'takes every condition together' {
        $all = Find-Patient
        $found = Find-Patient -Gender female -BornBefore 1960 -BornAfter 1930-06-01 -City Köln
        $expected = $all | Where-Object { $_.Gender -eq 'female' -and "$($_.BirthDate)" -lt '1960' -and "$($_.BirthDate)" -gt '1930-06-01' -and $_.City -eq 'Köln' }
        $found.Count | Should -BeGreaterThan 10
        $found.Id | Should -Be $expected.Id
    }

    It 'finds by <Name> with a wildcard what the same wildcard finds among all' -ForEach @(
        @{ Name = 'City'; Pattern = 'B*n' }
        @{ Name = 'PostalCode'; Pattern = '0?1*' }
        @{ Name = 'Kvnr'; Pattern = 'A*' }
        @{ Name = 'Mrn'; Pattern = '*7' }
    ) {
        $arguments = @{ $Name = $Pattern }
        $expected = Find-Patient | Where-Object $Name -Like $Pattern
        $expected | Should -Not -BeNullOrEmpty
        (Find-Patient @arguments).Id | Should -Be $expected.Id
    }

    It 'pages without a gap and without a repeat, and each total is the number of all' {
        $all = (Find-Patient -Name a).Id
        $pages = for ($skip = 0; $skip -lt $all.Count; $skip += 37) {
            $total, $page = (Find-Patient -Name a -First 37 -Skip $skip -IncludeTotalCount).Where({ $_ -is [PatientTools.Patients.Patient] }, 'Split')[1, 0]
            $total | Should -Be $all.Count
            $page.Id
        }
        $all.Count | Should -BeGreaterThan 100
        $pages | Should -Be $all
    }

    It 'gives a total that equals the number of patients: <_>' -ForEach @(
        @{}, @{ Name = 'sch*' }, @{ City = 'Berlin' }, @{ Gender = 'male'; BornAfter = 2000 }, @{ BirthDate = '1958-12' }, @{ Name = 'Niemandsonst' }, @{ PostalCode = '*' }
    ) {
        $arguments = $_
        $total = Find-Patient @arguments -IncludeTotalCount -First 1 | Select-Object -First 1
        $total | Should -Be @(Find-Patient @arguments).Count
    }

    It 'finds nobody behind the last, and nothing but the total with -First 0' {
        Find-Patient -Skip 99999 | Should -BeNullOrEmpty
        @(Find-Patient -First 0 -IncludeTotalCount) | Should -Be 2010
    }

    It 'goes on while the patients found are changed, each once' {
        Find-Patient -City Berlin | Set-Patient -City Bonn
        Find-Patient -City Berlin | Should -BeNullOrEmpty
        (Find-Patient -City Bonn | Where-Object Version -GT 2) | Should -BeNullOrEmpty
    }

    It 'finds every family name of the real patients by its own words' -Skip:$NoData {
        Import-Patient (Join-Path $DataFolder 'synthea/Patient.ndjson') -Source synthea | Out-Null
        foreach ($patient in Find-Patient | Where-Object Source -EQ synthea | Select-Object -First 100) {
            (Find-Patient -FamilyName $patient.FamilyName).Id | Should -Contain $patient.Id
        }
    }
}

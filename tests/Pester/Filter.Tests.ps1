BeforeDiscovery { . $PSScriptRoot/Suite.ps1 }
BeforeAll { . $PSScriptRoot/Suite.ps1 }

Describe 'Filters' {
    BeforeAll {
        $store = New-TestStore
        New-PatientSample 1500 -Seed 31 | Import-Patient | Out-Null
        Find-Patient -First 20 | Remove-Patient -Confirm:$false
        $all = @(Find-Patient)
        $city = 'Berlin'
        $script:least = 60
    }
    AfterAll { Disconnect-PatientStore $store }

    It 'finds what Where-Object finds: <_>' -ForEach @(
        { $_.Age -ge 65 }
        { $_.City -eq 'berlin' -and $_.Gender -ne 'male' }
        { $_.City -ceq 'Berlin' }
        { $_.FamilyName -like 'sch*' -or $_.GivenName -like '?nna' }
        { $_.City -in 'Bonn', 'Köln', 'Hamburg' -and -not $_.Deceased }
        { $_.Kvnr -eq $null }
        { $_.PostalCode -match '^1[0-3]' }
        { $_.City -notlike '*a*' -and $_.Age -gt 30 -or $_.Age -lt 5 }
        { $_.Title -ne 'Dr.' }
    ) {
        $block = $_
        $expected = $all | Where-Object $block
        $expected | Should -Not -BeNullOrEmpty -Because 'a filter that finds nobody proves nothing'
        $found = @(Find-Patient -Filter $block)
        $found.Id | Should -Be $expected.Id
        Find-Patient -Filter $block -CountOnly | Should -Be $found.Count
        (Find-Patient -Filter $block.ToString().Replace('$_.', '')).Id | Should -Be $expected.Id
    }

    It 'takes variables of the function that calls, of the script, and members' {
        function Find-InCity($town) { Find-Patient -Filter { City -eq $town } }
        $options = @{ Home = [pscustomobject]@{ City = 'Berlin' } }
        $expected = ($all | Where-Object City -EQ Berlin).Id
        $expected | Should -Not -BeNullOrEmpty
        (Find-InCity Berlin).Id | Should -Be $expected
        (Find-Patient -Filter { City -eq $city }).Id | Should -Be $expected
        (Find-Patient -Filter 'City -eq $options.Home.City').Id | Should -Be $expected
        (Find-Patient -Filter 'Age -ge $script:least').Id | Should -Be ($all | Where-Object Age -GE 60).Id
    }

    It 'runs no getter' {
        $script:ran = 0
        $trap = [pscustomobject]@{} | Add-Member ScriptProperty City { $script:ran++; 'Berlin' } -PassThru
        (Get-OnlyError { Find-Patient -Filter 'City -eq $trap.City' }).FullyQualifiedErrorId | Should -BeLike 'FilterUnknownVariable,*'
        $script:ran | Should -Be 0
    }

    It 'marks the place of what it cannot read: <_>' -ForEach 'Age -ge', '(City -eq "a"', 'Citty -eq "a"', '$(Get-Date)', 'City -eq "a" ; Remove-Item x', "City -eq 'a' | Out-Null", '[int]Age -eq 3', 'Age = 3' {
        $problem = Get-OnlyError { Find-Patient -Filter $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Filter*,PatientTools.Commands.Patients.FindPatientCommand'
        $problem.Exception.Message | Should -Not -Match 'Exception| at PatientTools'
        $problem.Exception.Message | Should -Match '\^|~' -Because 'the place is marked'
    }

    It 'asks with FHIR''s words what the parameters ask' {
        (Find-Patient -Query 'address-city:exact=Berlin&gender=female').Id | Should -Be (Find-Patient -City Berlin -Gender female).Id
        (Find-Patient -Query 'birthdate=ge1990').Id | Should -Be (Find-Patient -Filter { BirthDate -ge '1990' }).Id
        (Find-Patient -Query '_sort=-birthdate&_count=7').Id | Should -Be (Find-Patient -SortBy BirthDate -Descending -First 7).Id
    }

    It 'goes on while what was found is changed' {
        $ids = (Find-Patient -Filter { City -eq 'Hamburg' }).Id
        Find-Patient -Filter { City -eq 'Hamburg' } | Set-Patient -City Altona
        (Find-Patient -Filter { City -eq 'Altona' }).Id | Should -Be $ids
        (Find-Patient -Filter { City -eq 'Altona' } | Where-Object Version -NE 2) | Should -BeNullOrEmpty
        Find-Patient -Filter { City -eq 'Hamburg' } | Should -BeNullOrEmpty
    }

    It 'stops when enough is found' {
        @(Find-Patient -Filter { Document.gender -eq 'male' } | Select-Object -First 1).Count | Should -Be 1
        New-Patient -FamilyName Danach | Should -Not -BeNullOrEmpty
    }

    It 'works under constrained language, without a warning' {
        $output = Invoke-FreshProcess @"
Import-Module '$Manifest'
Connect-PatientStore '$($store.Location)' | Out-Null
`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
`$town = 'Berlin'
@(Find-Patient -Filter { `$_.City -eq `$town } 3>&1).Count
@(Find-Patient -Filter 'City -eq "Berlin"' -Property City, Age 3>&1).Count
@(Measure-Patient -GroupBy Gender 3>&1).Count
"@
        $output[0] | Should -Be $output[1]
        $output[0] | Should -BeGreaterThan 0
    }
}

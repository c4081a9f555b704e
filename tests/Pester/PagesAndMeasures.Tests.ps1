BeforeDiscovery { . $PSScriptRoot/Suite.ps1 }
BeforeAll { . $PSScriptRoot/Suite.ps1 }

Describe 'Pages, order and measures' {
    BeforeAll {
        $store = New-TestStore
        New-PatientSample 1973 -Seed 41 | Import-Patient | Out-Null
        $all = @(Find-Patient)
    }
    AfterAll { Disconnect-PatientStore $store }

    It 'sorts by several properties, those without a value first, and turns round' {
        $sorted = Find-Patient -SortBy Gender, BirthDate
        ($sorted | ForEach-Object { "$($_.Gender)|$($_.BirthDate)" }) | Should -Be ($all | ForEach-Object { "$($_.Gender)|$($_.BirthDate)" } | Sort-Object -Culture '')
        $names = Find-Patient -SortBy FamilyName | ForEach-Object FamilyName | Select-Object -Unique
        $turned = Find-Patient -SortBy FamilyName -Descending | ForEach-Object FamilyName | Select-Object -Unique
        [array]::Reverse($turned)
        $turned | Should -Be $names
    }

    It 'shows a page with its place in the answer' {
        $page = Find-Patient -SortBy FamilyName -PageSize 50 -Page 2
        ($page | Out-String).Trim() -split '\r?\n' | Select-Object -First 1 | Should -Be 'Page 2 of 40, patients 51 to 100 of 1,973'
        $page.Items.Count | Should -Be 50
        $page.Items.Id | Should -Be (Find-Patient -SortBy FamilyName -Skip 50 -First 50).Id
    }

    It 'pages by cursor through the whole answer while another process writes' {
        $pages = @($page = Find-Patient -SortBy FamilyName, GivenName -PageSize 500; $page)
        $expected = (Find-Patient -SortBy FamilyName, GivenName).Id
        Invoke-FreshProcess "Import-Module '$Manifest'; Connect-PatientStore '$($store.Location)' | Out-Null; New-Patient -FamilyName Aaaa | Out-Null; Find-Patient -First 100 | Set-Patient -FamilyName Zzzz" | Out-Null
        while ($page.Cursor) { $pages += $page = Find-Patient -SortBy FamilyName, GivenName -PageSize 500 -After $page.Cursor }
        $pages.Items.Id | Should -Be $expected
        $pages.Total | Select-Object -Unique | Should -Be $expected.Count
    }

    It 'shows a plan with a line for each step, and its steps as a table, within eighty columns' {
        $plan = Find-Patient -City Berlin -Filter 'Age -ge 40 -or Gender -eq "female"' -SortBy FamilyName -Explain
        ($plan | Out-String -Width 80) | Should -Match 'patients in .* ms, ordered by FamilyName'
        ($plan.Steps | Out-String -Width 80) | Should -Match 'Condition +Index +Terms'
        $plan.Steps.Count | Should -BeGreaterThan 2
        $plan.Total | Should -Be (Find-Patient -City Berlin -Filter 'Age -ge 40 -or Gender -eq "female"' -CountOnly)
    }

    It 'reads just the properties that are chosen' {
        $patient = Find-Patient -First 1 -Property City, Mrn, Document.name.given
        $patient.PSObject.Properties.Name | Should -Be 'City', 'Mrn', 'Document.name.given'
        (Find-Patient -First 1 -Property *).PSObject.Properties.Name | Should -Contain 'Condition'
        (Find-Patient -Property Id, City -First 3 | Set-Patient -Title Dr. -PassThru).Title | Should -Be 'Dr.', 'Dr.', 'Dr.'
    }

    It 'counts as Group-Object does: <_>' -ForEach 'City', 'Gender', 'Country', 'Title' {
        $property = $_
        $expected = Find-Patient | Group-Object $property -CaseSensitive | ForEach-Object { "$($_.Count) $($_.Values[0])" } | Sort-Object
        Measure-Patient -GroupBy $property | ForEach-Object { "$($_.Count) $($_.$property)" } | Sort-Object | Should -Be $expected
    }

    It 'tells the ages of the patients' {
        $figures = Measure-Patient -Gender female
        $ages = Find-Patient -Gender female | Where-Object { $null -ne $_.Age } | Measure-Object Age -Minimum -Maximum -Average
        $figures.MinimumAge, $figures.MaximumAge | Should -Be $ages.Minimum, $ages.Maximum
        [math]::Abs($figures.AverageAge - $ages.Average) | Should -BeLessThan 0.000001
        $figures.Count - $figures.UnknownAge | Should -Be $ages.Count
        $figures.Missing.Email | Should -Be (Find-Patient -Gender female -Filter { Email -eq $null } -CountOnly)
    }

    It 'completes properties and values at the prompt' {
        (TabExpansion2 'Find-Patient -SortBy FamilyN' 28).CompletionMatches.CompletionText | Should -Be 'FamilyName'
        (TabExpansion2 'Find-Patient -City Berl' 23).CompletionMatches[0].CompletionText | Should -Be 'Berlin'
        $line = "Find-Patient -Filter 'City -eq ""Berl"
        (TabExpansion2 $line $line.Length).CompletionMatches[0].CompletionText | Should -Be "'City -eq ""Berlin"""
    }

    It 'ranks who is written like it, the most alike first' {
        'Schmidt', 'Schmitz', 'Schmied' | ForEach-Object { New-Patient -FamilyName $_ -City Tippfehlerhausen | Out-Null }
        $found = Find-Patient Schmitd -Fuzzy -City Tippfehlerhausen
        $found[0].FamilyName | Should -Be 'Schmidt'
        $found.Score | Should -Be ($found.Score | Sort-Object -Descending)
        ($found | Out-String -Width 80) | Should -Match 'Score FamilyName'
    }
}
